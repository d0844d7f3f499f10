// What a rule finds, shown: its fixture testdata/diagnosis/<id>.curve, which is built in, with what
// the engine says about it.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "lib/diagnosis/finding.h"
#include "lib/diagnosis/rule.h"
#include "lib/model/experiment.h"
#include "lib/model/training_run.h"

namespace telltale::diagnosis {

struct Example {
  std::string caption = {};  // the fixture's first comment
  model::Experiment experiment = {};
  model::Grouping grouping = {};
  std::vector<Diagnosis> diagnoses = {};  // one for each of grouping.training_runs
  // The training run that the finding is about, or the group for a rule about groups: an index
  // into `grouping`.
  size_t subject = 0;
  Finding finding = {};  // as the engine says it among all rules
};

// The example of `rule`; nullopt where it has no fixture, or its fixture is not found by it (a test
// sees to it that it is).
std::optional<Example> ExampleOf(const Rule& rule);

}  // namespace telltale::diagnosis
