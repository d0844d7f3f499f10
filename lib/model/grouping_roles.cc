// The roles of a training run: by name, by the user's word, and in the light of each other.
#include <algorithm>
#include <set>
#include <string>
#include <tuple>

#include "lib/base/str.h"
#include "lib/model/grouping_internal.h"
#include "lib/model/role_inference.h"
#include "lib/model/run_names.h"

namespace telltale::model {
namespace {

using Names = std::set<std::string_view>;

bool IsHeldOut(const Role& role) {
  return role.split == Split::kValidation || role.split == Split::kTest;
}

bool IsLearning(const Role& role) {
  return role.quantity == Quantity::kLoss || role.quantity == Quantity::kAccuracy ||
         role.quantity == Quantity::kMetric;
}

bool IsWholeLoss(const Role& role) { return role.quantity == Quantity::kLoss && !role.component; }

// A training run's roles while they are made to agree. The steps change `role` of what the user did
// not set.
class Reconciler {
 public:
  explicit Reconciler(std::vector<RoleInContext>& series) : series_(series) {}

  void Run() {
    RetireSummaries();
    PromoteObjective();
    InferTrainSplit();
    AcceptEvaluationSets();
    PromoteOnlyTerm();
    PairMainLosses();
    DemoteNamedLosses();
  }

 private:
  template <typename Predicate>
  Names NamesWhere(Predicate predicate) const {
    Names names;
    for (const RoleInContext& each : series_) {
      if (predicate(each)) names.insert(each.role.name);
    }
    return names;
  }

  template <typename Change>
  void ForEachInferred(Change change) {
    for (RoleInContext& each : series_) {
      if (!each.user_set) change(each.role);
    }
  }

  Names WholeLosses(Split split) const {
    return NamesWhere([split](const RoleInContext& each) {
      return IsWholeLoss(each.role) && each.role.split == split;
    });
  }

  // HuggingFace's "train/train_loss" is the mean over the run, logged once at its end: beside the
  // curve "train/loss" it is no curve.
  void RetireSummaries() {
    std::set<std::tuple<Split, Quantity, std::string_view>> curves;
    for (const RoleInContext& each : series_) {
      if (each.points > 1) curves.emplace(each.role.split, each.role.quantity, each.role.name);
    }
    for (RoleInContext& each : series_) {
      if (each.user_set || each.points > 1 || !IsLearning(each.role)) continue;
      Role& role = each.role;
      // Without a split: HuggingFace's trainer_state has "loss" for the curve.
      const bool of_training = role.split == Split::kTrain &&
                               curves.contains({Split::kUnknown, role.quantity, role.name});
      if (of_training || curves.contains({role.split, role.quantity, role.name})) {
        role.quantity = Quantity::kOther;
      }
    }
  }

  // The metrics that are a loss under another name, the likeliest first.
  static constexpr std::string_view kObjectives[] = {
      "mse",   "mae",        "rmse", "huber", "smooth_l1", "msle", "rmsle", "nrmse",
      "hinge", "perplexity", "bpc",  "bpb",   "bpd",       "mape", "smape", "crps"};

  // A training run that logs no loss, but logs "mse", most likely minimises it.
  void PromoteObjective() {
    const bool has_loss = std::any_of(
        series_.begin(), series_.end(),
        [](const RoleInContext& each) { return each.role.quantity == Quantity::kLoss; });
    if (has_loss) return;
    const auto metrics = [&](bool held_out) {
      return NamesWhere([held_out](const RoleInContext& each) {
        return each.role.quantity == Quantity::kMetric && IsHeldOut(each.role) == held_out;
      });
    };
    const Names train = metrics(false), held_out = metrics(true);
    // One that is there for both splits is worth more than a likelier one that is not.
    std::string objective;
    for (const bool both : {true, false}) {
      for (const std::string_view name : kObjectives) {
        if (!objective.empty()) break;
        const bool in_train = train.contains(name), in_held_out = held_out.contains(name);
        if (both ? in_train && in_held_out : in_train || in_held_out) objective = name;
      }
    }
    if (objective.empty()) return;
    ForEachInferred([&](Role& role) {
      if (role.quantity == Quantity::kMetric && role.name == objective) {
        role.quantity = Quantity::kLoss;
      }
    });
  }

  // Without a split word, what stands beside a series of held-out data is of the training data:
  // Keras' "loss" beside "val_loss". And only training logs a loss for each step.
  void InferTrainSplit() {
    const Names held_out = NamesWhere(
        [](const RoleInContext& each) { return IsLearning(each.role) && IsHeldOut(each.role); });
    const Names train = NamesWhere([](const RoleInContext& each) {
      return IsLearning(each.role) && each.role.split == Split::kTrain;
    });
    ForEachInferred([&](Role& role) {
      if (role.split != Split::kUnknown || !IsLearning(role)) return;
      const bool per_step = role.quantity == Quantity::kLoss && role.cadence == Cadence::kStep;
      const bool counterpart = held_out.contains(role.name) && !train.contains(role.name);
      // Not any metric: "f1" beside "val_loss" may well have been measured on the validation set.
      const bool beside = !held_out.empty() && train.empty() && role.quantity != Quantity::kMetric;
      if (per_step || counterpart || beside) role.split = Split::kTrain;
    });
  }

  // HuggingFace names evaluations for their data ("eval_wikitext_loss"). Where the held-out data
  // has no whole loss, and training does not have a term of that name, it is no term but a data
  // set.
  void AcceptEvaluationSets() {
    if (WholeLosses(Split::kTrain).empty()) return;
    const Names terms = NamesWhere([](const RoleInContext& each) {
      return each.role.component && each.role.split == Split::kTrain;
    });
    for (const Split split : {Split::kValidation, Split::kTest}) {
      if (!WholeLosses(split).empty()) continue;
      const bool shared =
          std::any_of(series_.begin(), series_.end(), [&](const RoleInContext& each) {
            return each.role.component && each.role.split == split &&
                   terms.contains(each.role.name);
          });
      if (shared) continue;
      ForEachInferred([split](Role& role) {
        if (role.split == split) role.component = false;
      });
    }
  }

  // A term that is the only loss there is, is the loss ("margin_loss").
  void PromoteOnlyTerm() {
    const Names names =
        NamesWhere([](const RoleInContext& each) { return each.role.quantity == Quantity::kLoss; });
    if (names.size() == 1) ForEachInferred([](Role& role) { role.component = false; });
  }

  // The whole loss of a split: the one named just "loss", or the only one; else empty.
  std::string MainLoss(Split split) const {
    const Names names = WholeLosses(split);
    if (names.contains("loss")) return "loss";
    return names.size() == 1 ? std::string(*names.begin()) : std::string();
  }

  // "loss/total" and "val/elbo_loss" are a pair although their names differ, as each is the one
  // whole loss of its split. Where training logs the other's name too, the names pair what they
  // should.
  void PairMainLosses() {
    const std::string train = MainLoss(Split::kTrain);
    if (train.empty()) return;
    for (const Split split : {Split::kValidation, Split::kTest}) {
      const std::string held_out = MainLoss(split);
      if (held_out.empty() || held_out == train) continue;
      const bool paired =
          std::any_of(series_.begin(), series_.end(), [&](const RoleInContext& each) {
            const Role& role = each.role;
            return role.quantity == Quantity::kLoss &&
                   ((role.split == Split::kTrain && role.name == held_out) ||
                    (role.split == split && role.name == train));
          });
      if (paired) continue;
      ForEachInferred([&](Role& role) {
        if (IsWholeLoss(role) && role.split == split && role.name == held_out) role.name = train;
      });
    }
  }

  // Beside a loss named just "loss", those with a name of their own are its terms or other views of
  // it; unless the held-out data has only that one, which is then what can be compared.
  void DemoteNamedLosses() {
    const std::string validation = MainLoss(Split::kValidation), test = MainLoss(Split::kTest);
    std::set<Split> plain;
    for (const RoleInContext& each : series_) {
      if (IsWholeLoss(each.role) && each.role.name == "loss") plain.insert(each.role.split);
    }
    ForEachInferred([&](Role& role) {
      const bool named = IsWholeLoss(role) && role.name != "loss" && plain.contains(role.split);
      if (named && role.name != validation && role.name != test) role.component = true;
    });
  }

  std::vector<RoleInContext>& series_;
};

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
  const bool same_quantity = inferred.quantity == role.quantity;
  if (role.direction == Direction::kUnknown && same_quantity) role.direction = inferred.direction;
  if (role.cadence == Cadence::kUnknown) role.cadence = inferred.cadence;
  if (!role.name.empty()) return role;
  const bool plain_loss = role.quantity == Quantity::kLoss && !same_quantity;
  role.name = plain_loss || inferred.name.empty() ? std::string(QuantityName(role.quantity))
                                                  : inferred.name;
  return role;
}

// The override for a series: "run:tag" is the more exact word than "tag". Compared piecewise, as
// both may hold any bytes, colons too.
const RoleOverride* FindOverride(const std::vector<RoleOverride>& overrides, const Run& run,
                                 const Series& series) {
  const RoleOverride* found = nullptr;
  for (const RoleOverride& each : overrides) {
    const std::string_view tag = each.tag;
    const bool exact = tag.size() == run.name.size() + 1 + series.tag.size() &&
                       tag.starts_with(run.name) && tag[run.name.size()] == ':' &&
                       tag.ends_with(series.tag);
    if (exact) return &each;
    if (tag == series.tag && found == nullptr) found = &each;
  }
  return found;
}

}  // namespace

void AssignRoles(const Experiment& experiment, const std::vector<RoleOverride>& overrides,
                 TagRoles& tags, TrainingRun& training_run) {
  std::vector<RoleInContext> roles;
  roles.reserve(training_run.series.size());
  const Run* last_run = nullptr;
  Split split = Split::kUnknown;
  for (const SeriesRef& ref : training_run.series) {
    const Run& run = experiment.runs[ref.run];
    const Series& series = run.series[ref.series];
    const std::string_view name = WithoutSession(run.name, run.session);
    if (last_run != &run) split = SplitOfRun(name);
    last_run = &run;
    Role role = RoleByName(series.tag, name, split, tags);
    const RoleOverride* wanted = FindOverride(overrides, run, series);
    const bool user_set = wanted != nullptr || series.role_from_user;
    if (user_set) role = OverrideRole(role, wanted != nullptr ? wanted->role : series.role);
    roles.push_back({.role = std::move(role), .points = series.count(), .user_set = user_set});
  }
  ReconcileRoles(roles);
  for (size_t i = 0; i < roles.size(); ++i) {
    training_run.series[i].role = std::move(roles[i].role);
    training_run.series[i].role_from_user = roles[i].user_set;
  }
}

void ReconcileRoles(std::vector<RoleInContext>& series) { Reconciler(series).Run(); }

}  // namespace telltale::model
