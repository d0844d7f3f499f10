// Diagnoses any number of runs in the memory of a few: part by part, each forgotten when it has
// been told.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "lib/base/problem.h"
#include "lib/diagnosis/engine.h"
#include "lib/diagnosis/finding.h"
#include "lib/model/training_run.h"
#include "lib/report/report.h"
#include "lib/workflow/load.h"

namespace telltale::workflow {

struct PartsOptions {
  LoadOptions load = {};
  diagnosis::Options rules = {};
  // False: they are only read and grouped. Then each is told with an empty diagnosis, and groups
  // have no findings.
  bool diagnose = true;
  size_t jobs = 0;  // threads; 0 means one per core
  // So many bytes of files are read at a time, or one part where it is larger: their points take
  // less memory. A part counts for 16 KiB more than its files have. Up to four times as much where
  // there would be fewer parts than threads.
  uint64_t bytes_at_once = uint64_t{48} << 20;
  // Called with each training run in the order of names, as soon as it and all before it are
  // diagnosed; false ends the work early.
  std::function<bool(const report::RunReport&)> training_run = {};
  // Called with all training runs that were read together, after they have been told; false ends
  // the work early. Sessions of one directory are never in different parts.
  std::function<bool(const report::PathReport&)> part = {};
};

// What remains of all of them.
struct PartsDiagnosed {
  // Training runs without series, runs and reasons; groups.
  model::Grouping grouping = {};
  std::vector<std::vector<diagnosis::Finding>> group_findings = {};  // one for each group
  std::vector<Problem> problems = {};                                // sorted
  bool ended_early = false;
};

// What Load and Diagnose say of `path`, in the same order. A format that cannot be divided is read
// as a whole. Errors: those of Load; where a later part cannot be read that is a problem.
absl::StatusOr<PartsDiagnosed> DiagnoseParts(const std::string& path,
                                             const PartsOptions& options = {});

}  // namespace telltale::workflow
