#include <algorithm>
#include <cmath>
#include <optional>
#include <string>

#include "absl/strings/str_format.h"
#include "lib/diagnosis/context.h"
#include "lib/diagnosis/level.h"
#include "lib/diagnosis/wording.h"

namespace telltale::diagnosis::rules {
namespace {

constexpr ParamSpec kLeft{
    "left", 0.6, 0.3, 0.95,
    "loss at the end over its start: a fall that is small beside what is there"};
constexpr ParamSpec kScatter{"scatter", 0.04, 0.005, 1,
                             "scatter of the train loss, as a share of its level"};
constexpr ParamSpec kEarly{
    "early", 0.7, 0.3, 1,
    "largest share of the fall in the first quarter: a fall that is spread out"};
constexpr ParamSpec kAccurate{"accurate", 0.75, 0.3, 1,
                              "accuracy at the first evaluation, where there is one"};
constexpr ParamSpec kParams[] = {kLeft, kScatter, kEarly, kAccurate};

std::optional<double> FirstAccuracy(const RunView& view) {
  for (const Curve* curve : {view.validation_metric, view.train_metric}) {
    if (curve == nullptr || curve->role.quantity != model::Quantity::kAccuracy || curve->empty())
      continue;
    return AsShares(curve->values).front();
  }
  return std::nullopt;
}

double Thirds(std::span<const double> values) {
  const size_t third = std::max<size_t>(1, values.size() / 3);
  return Mean(values.last(third)) / Mean(values.first(third));
}

void Check(Context& ctx) {
  if (!Has(ctx, Needs::kTrainLoss, 8)) return;
  const RunView& view = ctx.view();
  const Shape& train = view.train;
  if (train.min <= 0) return;
  const std::optional<double> accuracy = FirstAccuracy(view);
  if (accuracy ? *accuracy < ctx.param(kAccurate) : view.validation_loss == nullptr) return;
  const Curve fine = Coarse(*view.train_loss_steps, 2000);
  const double scatter = DifferenceNoise(fine.values) / Median(fine.values);
  if (scatter < ctx.param(kScatter)) return;
  const bool judged_by_validation = view.validation_loss != nullptr;
  const std::vector<double>& judged =
      judged_by_validation ? view.validation_loss->values : view.trend.values;
  const Shape& shape = judged_by_validation ? view.validation : train;
  // It falls, as a trend, and not by much; and the train loss neither rises nor falls far.
  const double left = Thirds(judged);
  const double train_left = Thirds(view.trend.values);
  // Without an accuracy only a small fall says that the model was good before.
  if (!accuracy && left < 0.8) return;
  if (left >= 0.995 || left < ctx.param(kLeft) || train_left > 1.1 || train_left < ctx.param(kLeft))
    return;
  if (judged.size() >= 8 ? shape.trend.tau > -0.3 : judged.back() >= judged.front()) return;
  if (shape.n >= 8 && shape.ShareOfFall(0, 0.25) > ctx.param(kEarly)) return;
  Finding finding{.severity = Severity::kInfo};
  finding.confidence = Grade(0.6, 0.9, std::min(1.0, scatter / (4 * ctx.param(kScatter))));
  finding.first_step = view.trend.steps.front();
  finding.last_step = view.trend.steps.back();
  const Slope slope = TheilSen(judged);
  finding.summary = absl::StrFormat(
      "Loss is small and noisy (scatter %s of %s) but still comes down, by %s from the first to "
      "the last third: a late, normal phase of training.",
      Percent(scatter), Num(Median(fine.values)), Percent(1 - left));
  finding.evidence = {
      {.name = "train_scatter", .value = 100 * scatter, .unit = "%", .series = fine.name},
      {.name = "slope_per_evaluation",
       .value = slope.value,
       .series = judged_by_validation ? view.validation_loss->name : view.trend.name,
       .low = slope.low,
       .high = slope.high},
      {.name = "fall_between_thirds", .value = 100 * (1 - left), .unit = "%"}};
  if (accuracy) finding.evidence.push_back({.name = "accuracy_at_start", .value = *accuracy});
  finding.remedies = {
      "Nothing has to be done. To squeeze out more: lower the learning rate 3-10 times, or average "
      "the weights."};
  finding.ruled_out = {"Oscillation: there is progress beneath the noise.",
                       "Not learning: the model is good from the first point on."};
  ctx.Report(std::move(finding));
}

constexpr std::string_view kExplainedBy[] = {
    "divergence",      "loss-increasing",  "oscillation",         "late-oscillation",
    "overfitting",     "noisy-validation", "loss-spikes",         "periodic-loss",
    "class-imbalance", "label-noise",      "validation-mismatch", "not-learning"};

}  // namespace

extern constinit const Rule fine_tuning_phase{
    .id = "fine-tuning-phase",
    .severity = Severity::kInfo,
    .summary = "a small, noisy loss that still comes down: a normal late phase",
    .doc = R"(## What it finds
A loss whose scatter is much larger than its slope, that falls all the same, slowly and spread over the run, in a model that is good from the first point on.
## Why it matters
It looks like a flat, noisy curve and is not a fault: this is what the late phase, or fine-tuning of a trained model, looks like.
## What to try
Nothing has to be done; a lower learning rate or averaged weights bring the noise down.
## Known limits
Without an accuracy it cannot tell a model that is good from one whose task is hard, and needs a validation loss.
)",
    .params = kParams,
    .explained_by = kExplainedBy,
    .check = Check,
};

}  // namespace telltale::diagnosis::rules
