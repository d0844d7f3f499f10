// Runs the rules over a training run and weighs what they say.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "lib/diagnosis/finding.h"
#include "lib/diagnosis/group_view.h"
#include "lib/diagnosis/rule.h"
#include "lib/model/training_run.h"

namespace telltale::diagnosis {

// A user's word that a finding is known and accepted. `run` and `id` are globs (`*`, `?`).
struct Suppression {
  std::string run = "*";
  std::string id = {};
  std::string reason = {};
};

struct Options {
  // "rule-id.param" -> value. Values out of a parameter's bounds must have been refused before
  // (lib/config).
  absl::flat_hash_map<std::string, double> params = {};
  std::vector<std::string> disabled = {};  // rule ids
  std::vector<Suppression> suppressions = {};
};

// Diagnoses one training run of `experiment`. Pure: the same input gives the same output. Cost: O(n
// log n) in its points.
Diagnosis Diagnose(const model::Experiment& experiment, const model::TrainingRun& training_run,
                   const Options& options = {});

// Findings about a group as a whole, given the diagnoses of all training runs (indexed as
// grouping.training_runs).
std::vector<Finding> DiagnoseGroup(const model::Experiment& experiment,
                                   const model::Grouping& grouping, const model::Group& group,
                                   const std::vector<Diagnosis>& diagnoses,
                                   const Options& options = {});

// The same where the points are gone: `facts` of each training run (FactsOf).
std::vector<Finding> DiagnoseGroup(const model::Grouping& grouping, const model::Group& group,
                                   std::span<const MemberFacts> facts, const Options& options = {});

}  // namespace telltale::diagnosis
