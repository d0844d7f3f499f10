// From a path to diagnoses: what the command line and the Python package both do.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "lib/diagnosis/engine.h"
#include "lib/diagnosis/finding.h"
#include "lib/diagnosis/group_view.h"
#include "lib/formats/format.h"
#include "lib/model/training_run.h"
#include "lib/report/report.h"
#include "lib/workflow/selection.h"

namespace telltale::workflow {

// What one path holds: read, grouped and, after Diagnose, diagnosed.
struct Loaded {
  model::Experiment experiment = {};
  model::Grouping grouping = {};
  std::vector<diagnosis::Diagnosis> diagnoses = {};
  std::vector<std::vector<diagnosis::Finding>> group_findings = {};

  report::PathReport report() const { return {experiment, grouping, diagnoses, group_findings}; }
};

struct LoadOptions {
  std::string from = {};  // id of a format; empty: what the path looks like
  // `select` leaves out runs of which it leaves no series.
  formats::ReadOptions read = {};
  model::GroupingOptions grouping = {};
};

// The format of `path`. InvalidArgument where none is called `from`; else the errors of
// formats::Detect.
absl::StatusOr<const formats::Format*> FormatOf(const std::string& path, const std::string& from);

// Runs of which a selection left nothing are not what the user asked about.
void DropEmptyRuns(model::Experiment& experiment);

// Reads and groups `path`. InvalidArgument where no format is called `from`; else the errors of
// formats::Detect and of the format.
absl::StatusOr<Loaded> Load(const std::string& path, const LoadOptions& options = {});

// What was said of the same logs before, under the same rules.
struct EarlierDiagnosis {
  const model::Experiment& experiment;
  const model::Grouping& grouping;
  const std::vector<diagnosis::Diagnosis>& diagnoses;  // one for each training run
};

struct DiagnoseOptions {
  diagnosis::Options rules = {};
  // Training runs that have not changed since then are not diagnosed again. Null: there is none.
  const EarlierDiagnosis* earlier = nullptr;
  size_t jobs = 0;  // threads; 0 means one per core
  // Called with the index of each training run, in order, as soon as its diagnosis and all before
  // it are there, from one thread at a time; false ends the work early. Empty: nobody waits.
  std::function<bool(size_t)> ready = {};
};

// What diagnosis says about an experiment's training runs and groups.
struct Diagnoses {
  std::vector<diagnosis::Diagnosis>& training_runs;      // one for each of grouping.training_runs
  std::vector<std::vector<diagnosis::Finding>>& groups;  // one for each of grouping.groups
  // What groups need of each training run, where it is wanted; else of the members of groups only.
  std::vector<diagnosis::MemberFacts>* facts = nullptr;
};

// Fills in `diagnoses`. False where `ready` ended it early.
bool Diagnose(const model::Experiment& experiment, const model::Grouping& grouping,
              const DiagnoseOptions& options, Diagnoses diagnoses);

// The same of what was loaded.
bool Diagnose(Loaded& loaded, const DiagnoseOptions& options = {});

}  // namespace telltale::workflow
