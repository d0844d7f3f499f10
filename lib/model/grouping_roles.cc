#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string>

#include "absl/container/flat_hash_set.h"
#include "lib/base/str.h"
#include "lib/model/grouping_internal.h"
#include "lib/model/role_habits.h"
#include "lib/model/role_inference.h"
#include "lib/model/run_names.h"

namespace telltale::model {
namespace {

bool IsHeldOut(const Role& role) {
  return role.split == Split::kValidation || role.split == Split::kTest;
}

bool IsLearning(const Role& role) {
  return role.quantity == Quantity::kLoss || role.quantity == Quantity::kAccuracy ||
         role.quantity == Quantity::kMetric;
}

bool IsWholeLoss(const Role& role) { return role.quantity == Quantity::kLoss && !role.component; }

// InferRole with what is known of the tag and of the run; `split` is SplitOfRun(`run`).
Role RoleByName(std::string_view tag, std::string_view run, Split split, TagRoles& tags) {
  if (ParseAddScalarsRun(tag, run).has_value()) return InferRole(tag, run);
  Role role = tags.Of(tag);
  if (role.split == Split::kUnknown) role.split = split;
  return role;
}

// The user says split and quantity; the name is what pairs train and validation, so it is kept
// where it can be.
Role OverrideRole(const Role& inferred, const Role& wanted) {
  Role role = wanted;
  if (role.direction == Direction::kUnknown && inferred.quantity == role.quantity)
    role.direction = inferred.direction;
  if (role.cadence == Cadence::kUnknown) role.cadence = inferred.cadence;
  if (!role.name.empty()) return role;
  const bool plain_loss = role.quantity == Quantity::kLoss && inferred.quantity != Quantity::kLoss;
  role.name = plain_loss || inferred.name.empty() ? std::string(QuantityName(role.quantity))
                                                  : inferred.name;
  return role;
}

const RoleOverride* FindOverride(const std::vector<RoleOverride>& overrides, const Run& run,
                                 const Series& series) {
  const RoleOverride* found = nullptr;
  for (const RoleOverride& each : overrides) {
    const std::string_view tag = each.tag;
    // "run:tag" is the more exact word. Compared piecewise: both may hold any bytes, colons too.
    if (tag.size() == run.name.size() + 1 + series.tag.size() && tag.starts_with(run.name) &&
        tag[run.name.size()] == ':' && tag.ends_with(series.tag)) {
      return &each;
    }
    if (tag == series.tag && found == nullptr) found = &each;
  }
  return found;
}

// Names of the learning series that were measured on held-out data.
std::set<std::string> HeldOutNames(const std::vector<SeriesRef>& series) {
  std::set<std::string> names;
  for (const SeriesRef& ref : series) {
    if (IsLearning(ref.role) && IsHeldOut(ref.role)) names.insert(ref.role.name);
  }
  return names;
}

// Without a split word, what stands beside a series of held-out data is of the training data:
// Keras' "loss" beside "val_loss". And only training logs a loss for each step.
void InferTrainSplit(const std::vector<bool>& user_set, std::vector<SeriesRef>& series) {
  const std::set<std::string> held_out = HeldOutNames(series);
  std::set<std::string> train;
  for (const SeriesRef& ref : series) {
    if (IsLearning(ref.role) && ref.role.split == Split::kTrain) train.insert(ref.role.name);
  }
  for (size_t i = 0; i < series.size(); ++i) {
    Role& role = series[i].role;
    if (user_set[i] || role.split != Split::kUnknown || !IsLearning(role)) continue;
    const bool per_step_loss = role.quantity == Quantity::kLoss && role.cadence == Cadence::kStep;
    const bool counterpart = held_out.contains(role.name) && !train.contains(role.name);
    const bool only_one = !held_out.empty() && role.quantity != Quantity::kMetric && train.empty();
    if (per_step_loss || counterpart || only_one) role.split = Split::kTrain;
  }
}

// The metrics that are a loss under another name, the likeliest first.
constexpr std::array<std::string_view, 16> kObjectives = {
    "mse",   "mae",        "rmse", "huber", "smooth_l1", "msle", "rmsle", "nrmse",
    "hinge", "perplexity", "bpc",  "bpb",   "bpd",       "mape", "smape", "crps"};

// A training run that logs no loss, but logs "mse", most likely minimises it.
void PromoteObjective(const std::vector<bool>& user_set, std::vector<SeriesRef>& series) {
  std::set<std::string> train, held_out;
  for (const SeriesRef& ref : series) {
    if (ref.role.quantity == Quantity::kLoss) return;
    if (ref.role.quantity == Quantity::kMetric)
      (IsHeldOut(ref.role) ? held_out : train).insert(ref.role.name);
  }
  std::string_view objective;
  for (const std::string_view name : kObjectives) {
    const std::string key(name);
    if (train.contains(key) && held_out.contains(key)) {
      objective = name;
      break;
    }
    if (objective.empty() && (train.contains(key) || held_out.contains(key))) objective = name;
  }
  if (objective.empty()) return;
  for (size_t i = 0; i < series.size(); ++i) {
    Role& role = series[i].role;
    if (!user_set[i] && role.quantity == Quantity::kMetric && role.name == objective)
      role.quantity = Quantity::kLoss;
  }
}

// A term that is the only loss there is, is the loss ("margin_loss").
void PromoteOnlyTerm(const std::vector<bool>& user_set, std::vector<SeriesRef>& series) {
  std::set<std::string> terms;
  for (const SeriesRef& ref : series) {
    if (ref.role.quantity != Quantity::kLoss) continue;
    if (!ref.role.component) return;
    terms.insert(ref.role.name);
  }
  if (terms.size() != 1) return;
  for (size_t i = 0; i < series.size(); ++i) {
    if (!user_set[i] && series[i].role.quantity == Quantity::kLoss)
      series[i].role.component = false;
  }
}

// The whole loss of a split: the one named just "loss", or the only one; empty where that cannot be
// told.
std::string MainLoss(const std::vector<SeriesRef>& series, Split split) {
  std::set<std::string> names;
  for (const SeriesRef& ref : series) {
    if (IsWholeLoss(ref.role) && ref.role.split == split) names.insert(ref.role.name);
  }
  if (names.contains("loss")) return "loss";
  return names.size() == 1 ? *names.begin() : std::string();
}

// "loss/total" and "val/elbo_loss" are a pair although their names differ: each is the only whole
// loss of its split.
void PairMainLosses(const std::vector<bool>& user_set, std::vector<SeriesRef>& series) {
  const std::string train = MainLoss(series, Split::kTrain);
  if (train.empty()) return;
  for (const Split split : {Split::kValidation, Split::kTest}) {
    const std::string held_out = MainLoss(series, split);
    if (held_out.empty() || held_out == train) continue;
    bool paired = false;
    for (const SeriesRef& ref : series) {
      paired = paired || (ref.role.quantity == Quantity::kLoss &&
                          ((ref.role.split == split && ref.role.name == train) ||
                           (ref.role.split == Split::kTrain && ref.role.name == held_out)));
    }
    if (paired) continue;
    for (size_t i = 0; i < series.size(); ++i) {
      Role& role = series[i].role;
      if (!user_set[i] && IsWholeLoss(role) && role.split == split && role.name == held_out)
        role.name = train;
    }
  }
}

// Beside a loss named just "loss", losses with a name of their own are its terms, or other views of
// it.
void DemoteNamedLosses(const std::vector<bool>& user_set, std::vector<SeriesRef>& series) {
  const bool plain = std::any_of(series.begin(), series.end(), [](const SeriesRef& ref) {
    return IsWholeLoss(ref.role) && ref.role.name == "loss";
  });
  if (!plain) return;
  for (size_t i = 0; i < series.size(); ++i) {
    Role& role = series[i].role;
    if (!user_set[i] && IsWholeLoss(role) && role.name != "loss") role.component = true;
  }
}

}  // namespace

void AssignRoles(const Experiment& experiment, const std::vector<RoleOverride>& overrides,
                 TagRoles& tags, TrainingRun& training_run) {
  std::vector<bool> user_set;
  user_set.reserve(training_run.series.size());
  const Run* run_of_split = nullptr;
  Split split = Split::kUnknown;
  for (SeriesRef& ref : training_run.series) {
    const Run& run = experiment.runs[ref.run];
    const Series& series = run.series[ref.series];
    const std::string_view name = WithoutSession(run.name, run.session);
    if (run_of_split != &run) split = SplitOfRun(name);
    run_of_split = &run;
    ref.role = RoleByName(series.tag, name, split, tags);
    const RoleOverride* wanted = FindOverride(overrides, run, series);
    if (wanted != nullptr) {
      ref.role = OverrideRole(ref.role, wanted->role);
    } else if (series.role_from_user) {
      ref.role = OverrideRole(ref.role, series.role);
    }
    user_set.push_back(wanted != nullptr || series.role_from_user);
  }
  ReconcileRoles(user_set, training_run.series);
}

void ReconcileRoles(const std::vector<bool>& user_set, std::vector<SeriesRef>& series) {
  PromoteObjective(user_set, series);
  InferTrainSplit(user_set, series);
  PromoteOnlyTerm(user_set, series);
  PairMainLosses(user_set, series);
  DemoteNamedLosses(user_set, series);
}

}  // namespace telltale::model
