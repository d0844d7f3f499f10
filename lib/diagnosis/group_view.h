// A group of training runs as the group rules see it: each member by what remains of it when its
// points are gone, so that a hundred thousand runs can be compared.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "lib/diagnosis/finding.h"
#include "lib/model/experiment.h"
#include "lib/model/training_run.h"

namespace telltale::diagnosis {

// The level of a loss (Shape): lower is better.
struct LevelFacts {
  size_t n = 0;  // points, cleaned, at most 200
  double start = 0;
  double min = 0;
};

struct MemberFacts {
  LevelFacts train = {};
  LevelFacts validation = {};
  // The best level of the validation metric where there is one, else of train's, turned so that
  // lower is better; empty where there are fewer than 3 points.
  std::optional<double> metric = {};
  double metric_sign = 0;  // +1 higher is better, -1 lower, 0 no metric
  // Of the training curve (else the metric) and the validation loss: equal where all their points
  // are. Empty where the curve does not move.
  std::optional<std::pair<uint64_t, uint64_t>> fingerprint = {};
  size_t points = 0;                            // of that curve
  std::vector<std::string_view> findings = {};  // ids, of the rules
};

MemberFacts FactsOf(const model::Experiment& experiment, const model::TrainingRun& training_run,
                    const Diagnosis& diagnosis);

struct GroupMember {
  std::string name = {};
  const model::TrainingRun* training_run = nullptr;  // its name and parameters
  MemberFacts facts = {};
};

struct GroupView {
  std::string name = {};
  model::GroupKind kind = model::GroupKind::kSeeds;
  std::vector<std::string> differing = {};
  std::vector<GroupMember> members = {};
};

// `facts`: one for each of grouping.training_runs; those of the group's are looked at.
GroupView MakeGroupView(const model::Grouping& grouping, const model::Group& group,
                        std::span<const MemberFacts> facts);

// The same where the points are there, and the diagnoses of all training runs.
GroupView MakeGroupView(const model::Experiment& experiment, const model::Grouping& grouping,
                        const model::Group& group, const std::vector<Diagnosis>& diagnoses);

}  // namespace telltale::diagnosis
