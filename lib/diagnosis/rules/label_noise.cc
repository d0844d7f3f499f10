#include <algorithm>
#include <cmath>
#include <string>

#include "absl/strings/str_format.h"
#include "lib/diagnosis/context.h"
#include "lib/diagnosis/level.h"
#include "lib/diagnosis/wording.h"

namespace telltale::diagnosis::rules {
namespace {

constexpr ParamSpec kHigh{"high", 0.4, 0.2, 0.97,
                          "train loss that is left at the end, as a share of its first value"};
constexpr ParamSpec kGap{
    "gap", 0.4, 0.1, 5,
    "how far validation lies below train, as a share of the fall of the train loss"};
constexpr ParamSpec kPeakDrop{
    "peak-drop", 0.05, 0.01, 0.5,
    "fall of the validation metric from its peak when noise is memorised, as a share of the peak"};
constexpr ParamSpec kCross{"cross", 1.03, 0.7, 1.5,
                           "validation loss over train loss at the validation minimum: below it, "
                           "validation was the easier side until then"};
constexpr ParamSpec kParams[] = {kHigh, kGap, kPeakDrop, kCross};

std::vector<std::string> Remedies() {
  return {
      "Look at the 100 training examples with the highest loss: wrong labels show there first "
      "(confident learning).",
      "Check the join of inputs and labels, and the annotators' agreement per class.",
      "Train with label smoothing 0.1, a robust loss (generalised cross-entropy, MAE mix), or "
      "early stopping at the validation peak.",
      "Keep the validation labels clean: the verdict rests on them."};
}

// Noise that the model does not fit: train stays high, and the cleaner validation data do better.
bool CheckUnfitted(Context& ctx) {
  const RunView& view = ctx.view();
  const Shape& train = view.loss_train;
  const Shape& validation = view.loss_validation;
  if (train.fall <= 0.04 * train.start || train.min <= 0) return false;
  const double gap = train.end - validation.end;
  if (train.end < ctx.param(kHigh) * train.start || gap < ctx.param(kGap) * train.fall)
    return false;
  if (validation.end > 0.9 * train.end || gap < 2 * std::max(train.noise, validation.noise))
    return false;
  Finding finding{.severity = Severity::kWarning};
  finding.confidence = Grade(0.5, 0.85, Strength(gap / train.fall, ctx.param(kGap), 3));
  finding.first_step = view.loss.steps.front();
  finding.last_step = view.loss.steps.back();
  finding.summary = absl::StrFormat(
      "Training loss stays at %s, %s of its start, while the validation loss gets to %s: part of "
      "the training labels cannot be learned.",
      Num(train.end), Percent(train.end / train.start), Num(validation.end));
  finding.evidence = {
      {.name = "remaining_train_loss", .value = 100 * train.end / train.start, .unit = "%"},
      {.name = "validation_over_train", .value = validation.end / train.end, .unit = "x"},
      {.name = "gap_over_fall", .value = 100 * gap / train.fall, .unit = "%"}};
  if (view.metric.size() >= 3) {
    finding.evidence.push_back({.name = "final_train_metric",
                                .value = view.metric.train.back(),
                                .series = view.train_metric->name});
    finding.evidence.push_back({.name = "final_validation_metric",
                                .value = view.metric.validation.back(),
                                .series = view.validation_metric->name});
  }
  finding.remedies = Remedies();
  finding.ruled_out = {"Underfitting alone: the same model does much better on validation data."};
  finding.alternatives = {
      "An easier validation set (`validation-easier`): evaluate the training data with clean "
      "labels, or in evaluation mode.",
      "Very strong augmentation, mixup or dropout: switch them off for one epoch."};
  ctx.Report(std::move(finding));
  return true;
}

// Noise that the model memorises: validation first does better than train, then its metric falls
// back from its peak.
void CheckMemorised(Context& ctx) {
  const RunView& view = ctx.view();
  const Shape& train = view.loss_train;
  const Shape& validation = view.loss_validation;
  if (view.metric_and_loss.size() < 8 || validation.min <= 0) return;
  const Shape metric = MakeShape(view.metric_and_loss.train);
  const double peak_drop = metric.max - metric.end;
  const double floor =
      std::max(ctx.param(kPeakDrop) * std::abs(metric.max),
               3 * metric.noise / std::sqrt(static_cast<double>(LevelWindow(metric.n))));
  if (peak_drop < floor) return;
  if (view.validation_metric->role.quantity == model::Quantity::kAccuracy) {
    const auto size = RecoverEvaluationSize(AsShares(view.validation_metric->values));
    if (size && peak_drop < 2 * size->standard_error) return;
  }
  const size_t best = validation.argmin;
  if (best + 3 > validation.n || validation.end < 1.05 * validation.min) return;
  if (train.end > 0.8 * train.level[best]) return;
  const double cross = validation.min / train.level[best];
  if (cross > ctx.param(kCross)) return;
  const auto peak = static_cast<size_t>(std::max_element(metric.level.begin(), metric.level.end()) -
                                        metric.level.begin());
  Finding finding{.severity = Severity::kWarning};
  finding.confidence =
      Grade(0.55, 0.9, Strength(peak_drop / std::abs(metric.max), ctx.param(kPeakDrop), 4));
  finding.first_step = view.metric_and_loss.steps[peak];
  finding.last_step = view.metric_and_loss.steps.back();
  finding.summary = absl::StrFormat(
      "Metric %s peaks at %s at step %d and falls to %s while training loss goes on falling to %s: "
      "wrong "
      "labels are being memorised.",
      view.validation_metric->name, Num(view.metric_sign * metric.max), *finding.first_step,
      Num(view.metric_sign * metric.end), Num(train.end));
  finding.evidence = {
      {.name = "fall_from_peak", .value = peak_drop, .series = view.validation_metric->name},
      {.name = "validation_over_train_at_best", .value = cross, .unit = "x"},
      {.name = "rise_of_validation_loss",
       .value = 100 * (validation.end / validation.min - 1),
       .unit = "%",
       .series = view.validation_loss->name}};
  finding.remedies = Remedies();
  finding.remedies.insert(finding.remedies.begin(),
                          absl::StrFormat("Keep the weights of step %d.", *finding.first_step));
  finding.ruled_out = {
      "Plain overfitting: there validation is never the easier side, and its metric levels off "
      "rather than falls."};
  finding.alternatives = {
      "Overfitting of a model trained with strong dropout: relabel or drop the worst examples and "
      "see whether the peak stays."};
  ctx.Report(std::move(finding));
}

void Check(Context& ctx) {
  if (!Has(ctx, Needs::kLossPair, 6)) return;
  if (!CheckUnfitted(ctx)) CheckMemorised(ctx);
}

constexpr std::string_view kExplainedBy[] = {"not-learning", "divergence", "loss-increasing",
                                             "oscillation"};

}  // namespace

extern constinit const Rule label_noise{
    .id = "label-noise",
    .severity = Severity::kWarning,
    .summary = "part of the training labels looks wrong",
    .doc = R"(## What it finds
Two pictures of wrong training labels. Not fitted: the train loss stays high and the validation loss, on cleaner labels,
lies well below it. Memorised: validation does better than train at first, then its metric falls back from a peak as the
train loss goes towards zero.
## Why it matters
The model spends its capacity on errors; the best weights are those before it memorised them.
## What to try
Audit the examples with the highest loss, check the join of inputs and labels, label smoothing 0.1, a robust loss, early
stopping at the peak.
## Known limits
If the validation labels are as noisy as the training labels, neither picture shows. An easier validation set and strong
regularisation look like the first picture.
)",
    .params = kParams,
    .explained_by = kExplainedBy,
    .check = Check,
};

}  // namespace telltale::diagnosis::rules
