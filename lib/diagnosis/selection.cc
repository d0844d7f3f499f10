#include "lib/diagnosis/selection.h"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <vector>

namespace telltale::diagnosis {
namespace {

using model::Cadence;
using model::Direction;
using model::Quantity;
using model::Split;

constexpr size_t kPairPoints = 400;  // more evaluations than this are averaged

bool IsOneOf(std::string_view name, std::initializer_list<std::string_view> names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// Two losses that work against each other, or losses of reinforcement learning, need not fall.
LossMeaning MeaningOf(const std::vector<std::unique_ptr<Curve>>& curves) {
  bool generator = false, discriminator = false, policy = false;
  for (const auto& curve : curves) {
    if (curve->role.quantity != Quantity::kLoss) continue;
    const std::string_view name = curve->role.name;
    generator |= IsOneOf(name, {"g_loss", "gen_loss", "generator_loss", "adversarial_loss"});
    discriminator |= IsOneOf(name, {"d_loss", "disc_loss", "discriminator_loss", "critic_loss"});
    policy |= IsOneOf(
        name, {"policy_loss", "policy_gradient_loss", "actor_loss", "value_loss", "td_loss"});
  }
  if (generator && discriminator) return LossMeaning::kAdversarial;
  return policy ? LossMeaning::kReinforcement : LossMeaning::kObjective;
}

std::vector<const Curve*> Candidates(const RunView& view, Quantity quantity, Split split) {
  std::vector<const Curve*> out;
  for (const auto& curve : view.curves) {
    if (curve->role.quantity == quantity && curve->role.split == split && !curve->empty()) {
      out.push_back(curve.get());
    }
  }
  return out;
}

bool SameSteps(const Curve& a, const Curve& b) { return a.steps == b.steps; }

// How good a choice the two are together; either may be absent.
int Score(const Curve* train, const Curve* validation) {
  int score = 0;
  for (const Curve* curve : {train, validation}) {
    if (curve == nullptr) continue;
    score += 1000;
    if (!curve->role.component) score += 4000;
    if (IsOneOf(curve->role.name, {"loss", "total_loss", "accuracy"})) score += 200;
    if (curve->role.cadence == Cadence::kEpoch) score += 20;
    if (curve->size() >= 3) score += 500;
  }
  if (train != nullptr && validation != nullptr) {
    if (train->role.name == validation->role.name) score += 2000;
    if (SameSteps(*train, *validation)) score += 100;
  }
  return score;
}

struct Choice {
  const Curve* train = nullptr;
  const Curve* validation = nullptr;
};

Choice BestPair(const std::vector<const Curve*>& trains,
                const std::vector<const Curve*>& validations) {
  std::vector<const Curve*> left = trains, right = validations;
  if (left.empty()) left.push_back(nullptr);
  if (right.empty()) right.push_back(nullptr);
  Choice best;
  int best_score = -1;
  for (const Curve* validation : right) {
    for (const Curve* train : left) {
      if (const int score = Score(train, validation); score > best_score) {
        best_score = score;
        best = {.train = train, .validation = validation};
      }
    }
  }
  return best;
}

// Held-out data under whatever name: validation before test.
std::vector<const Curve*> HeldOut(const RunView& view, Quantity quantity) {
  std::vector<const Curve*> out = Candidates(view, quantity, Split::kValidation);
  return out.empty() ? Candidates(view, quantity, Split::kTest) : out;
}

std::vector<const Curve*> Training(const RunView& view, Quantity quantity) {
  std::vector<const Curve*> out = Candidates(view, quantity, Split::kTrain);
  return out.empty() ? Candidates(view, quantity, Split::kUnknown) : out;
}

void SelectLoss(RunView& view) {
  const std::vector<const Curve*> trains = Training(view, Quantity::kLoss);
  const Choice choice = BestPair(trains, HeldOut(view, Quantity::kLoss));
  view.validation_loss = choice.validation;
  view.train_loss = view.train_loss_steps = choice.train;
  if (choice.train == nullptr) return;
  // The same quantity logged more often is the step-level series ("batch/loss" beside
  // "train/loss").
  std::vector<const Curve*> finer = trains;
  for (const Curve* other : Candidates(view, Quantity::kLoss, Split::kUnknown))
    finer.push_back(other);
  for (const Curve* other : finer) {
    if (other->role.name == choice.train->role.name &&
        other->role.component == choice.train->role.component &&
        other->size() > view.train_loss_steps->size()) {
      view.train_loss_steps = other;
    }
  }
}

void SelectMetric(RunView& view) {
  for (const Quantity quantity : {Quantity::kAccuracy, Quantity::kMetric}) {
    std::vector<const Curve*> trains = Training(view, quantity), held_out = HeldOut(view, quantity);
    if (quantity == Quantity::kMetric) {
      const auto unknown = [](const Curve* c) { return c->role.direction == Direction::kUnknown; };
      std::erase_if(trains, unknown);
      std::erase_if(held_out, unknown);
    }
    if (held_out.empty() && (trains.empty() || view.train_metric != nullptr)) continue;
    const Choice choice = BestPair(trains, held_out);
    view.train_metric = choice.train;
    view.validation_metric = choice.validation;
    // A metric of another name is another metric.
    if (choice.train != nullptr && choice.validation != nullptr &&
        choice.train->role.name != choice.validation->role.name) {
      view.train_metric = nullptr;
    }
    if (view.validation_metric != nullptr) return;
  }
}

const Curve* Longest(const RunView& view, Quantity quantity) {
  const Curve* best = nullptr;
  for (const auto& curve : view.curves) {
    if (curve->role.quantity != quantity || curve->empty()) continue;
    if (best == nullptr || curve->size() > best->size()) best = curve.get();
  }
  return best;
}

}  // namespace

void SelectCurves(RunView& view) {
  view.meaning = MeaningOf(view.curves);
  if (view.meaning == LossMeaning::kObjective) SelectLoss(view);
  SelectMetric(view);
  view.learning_rate = Longest(view, Quantity::kLearningRate);
  view.gradient_norm = Longest(view, Quantity::kGradientNorm);
  view.update_ratio = Longest(view, Quantity::kUpdateRatio);
}

int64_t StepMap::operator()(int64_t step) const {
  if (scale == 1 && offset == 0) return step;
  const double mapped = (static_cast<double>(step) + offset) * scale;
  return static_cast<int64_t>(std::llround(std::clamp(mapped, -9e18, 9e18)));
}

StepMap MapSteps(std::span<const int64_t> from, std::span<const int64_t> to) {
  if (from.empty() || to.empty()) return {};
  const auto last_from = static_cast<double>(from.back()), last_to = static_cast<double>(to.back());
  // An axis that starts at 0 names the beginning of an epoch; its values stand at the end.
  const double offset = from.front() == 0 ? 1 : 0;
  if (!(last_from + offset > 0) || !(last_to > 0)) return {};
  const double ratio = last_to / (last_from + offset);
  if (ratio < 3 && ratio > 1.0 / 3) return {};
  return {.scale = ratio, .offset = offset};
}

Pair MakePair(const Curve& train, const Curve& validation) {
  Pair pair{.train_curve = &train, .validation_curve = &validation};
  if (train.empty() || validation.empty()) return pair;
  const Curve held_out = Coarse(validation, kPairPoints);
  std::vector<double> trains, validations;
  if (SameSteps(train, held_out)) {
    pair.steps = held_out.steps;
    pair.train = train.values;
    pair.validation = held_out.values;
    return pair;
  }
  const StepMap map = MapSteps(held_out.steps, train.steps);
  std::vector<int64_t> grid;
  const bool train_is_finer = train.size() >= held_out.size();
  if (train_is_finer) {
    std::vector<int64_t> mapped;
    for (const int64_t s : held_out.steps) mapped.push_back(map(s));
    trains = AverageBetween(train, mapped);
    validations = held_out.values;
    grid = held_out.steps;
  } else {
    const StepMap back = MapSteps(train.steps, held_out.steps);
    std::vector<int64_t> mapped;
    for (const int64_t s : train.steps) mapped.push_back(back(s));
    validations = AverageBetween(held_out, mapped);
    trains = train.values;
    grid = train.steps;
  }
  for (size_t i = 0; i < grid.size(); ++i) {
    if (!std::isfinite(trains[i]) || !std::isfinite(validations[i])) continue;
    pair.steps.push_back(grid[i]);
    pair.train.push_back(trains[i]);
    pair.validation.push_back(validations[i]);
  }
  return pair;
}

}  // namespace telltale::diagnosis
