// What the renderers show. They are pure functions: values in, bytes out, no files, no terminal, no
// clock.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "lib/base/problem.h"
#include "lib/diagnosis/finding.h"
#include "lib/model/experiment.h"
#include "lib/model/training_run.h"

namespace telltale::report {

// One training run and what diagnosis says about it. The views must outlive the call that they are
// passed to.
struct RunReport {
  const model::Experiment& experiment;
  const model::TrainingRun& training_run;
  const diagnosis::Diagnosis& diagnosis;
};

// One group and what diagnosis says about it as a whole.
struct GroupReport {
  const model::Grouping& grouping;
  const model::Group& group;
  std::span<const diagnosis::Finding> findings;
};

// All that was found under one path that the user gave.
struct PathReport {
  const model::Experiment& experiment;
  const model::Grouping& grouping;
  std::span<const diagnosis::Diagnosis> diagnoses;  // one for each of grouping.training_runs
  std::span<const std::vector<diagnosis::Finding>> group_findings =
      {};  // one for each of grouping.groups
};

// "run:tag", as Evidence::series and Diagnosis::train_loss name a series.
std::string SeriesName(const model::Run& run, const model::Series& series);

// The series called `name` ("run:tag") of the training run, or nullptr.
const model::Series* FindSeries(const RunReport& report, std::string_view name);

}  // namespace telltale::report
