#include <cmath>
#include <optional>
#include <string>

#include "absl/strings/str_format.h"
#include "lib/diagnosis/context.h"
#include "lib/diagnosis/level.h"
#include "lib/diagnosis/wording.h"

namespace telltale::diagnosis::rules {
namespace {

constexpr ParamSpec kHigh{"high", 0.35, 0.05, 1,
                          "final train loss as a share of its first value, from which it is high"};
constexpr ParamSpec kAccurate{"accurate", 0.8, 0.3, 1,
                              "train accuracy from which the model is taken to fit its data"};
constexpr ParamSpec kGap{
    "gap", 0.4, 0.05, 2,
    "largest gap between validation and train loss, as a share of the train loss"};
constexpr ParamSpec kStillFalling{
    "still-falling", 0.12, 0.01, 0.5,
    "share of the fall in the last quarter from which the run is unfinished instead"};
constexpr ParamSpec kParams[] = {kHigh, kAccurate, kGap, kStillFalling};

void Check(Context& ctx) {
  if (!Has(ctx, Needs::kTrainLoss, 12)) return;
  const RunView& view = ctx.view();
  const Shape& train = view.train;
  const std::optional<double> remaining = RemainingLoss(view);
  if (!remaining) return ctx.NotAssessable("needs a positive loss whose floor is known");
  const std::optional<double> accuracy = FinalAccuracy(view);
  if (*remaining < ctx.param(kHigh) || *remaining > 0.97) return;
  if (accuracy && *accuracy > ctx.param(kAccurate)) return;
  if (train.ShareOfFall(0.75, 1) > ctx.param(kStillFalling)) return;
  if (view.validation.n >= 6 && view.validation.ShareOfFall(0.75, 1) > ctx.param(kStillFalling))
    return;
  const double gap = view.validation.n >= 3 ? view.validation.end - train.end : 0;
  if (gap > ctx.param(kGap) * train.end) return;
  // Where validation never falls, what little is learned is memorised: another matter.
  if (view.validation.n >= 3 && view.validation.fall < 0.01 * view.validation.start) return;
  Finding finding{.severity = accuracy ? Severity::kError : Severity::kWarning};
  finding.confidence = Grade(accuracy ? 0.65 : 0.5, accuracy ? 0.9 : 0.75,
                             Strength(*remaining, ctx.param(kHigh), 2.5));
  finding.summary = absl::StrFormat(
      "Training loss settles at %s, %s of where it began (%s)%s, and the validation loss is no "
      "better served: the model does not fit its own training data.",
      Num(train.end), Percent(*remaining), Num(train.start),
      accuracy ? absl::StrFormat(", at an accuracy of %s", Percent(*accuracy)) : "");
  finding.first_step =
      view.trend.steps[static_cast<size_t>(0.75 * static_cast<double>(train.n - 1))];
  finding.last_step = view.trend.steps.back();
  finding.evidence = {
      {.name = "remaining_loss", .value = 100 * *remaining, .unit = "%", .series = view.trend.name},
      {.name = "share_of_fall_in_last_quarter",
       .value = 100 * train.ShareOfFall(0.75, 1),
       .unit = "%",
       .series = view.trend.name},
      {.name = "gap_at_end", .value = gap}};
  if (accuracy) finding.evidence.push_back({.name = "final_accuracy", .value = *accuracy});
  finding.remedies = {
      "Give the model more capacity: another convolution (64 to 128 filters), a wider dense layer "
      "(256), more layers.",
      "Take regularisation back: dropout towards 0.1, weight decay 10 times lower, milder "
      "augmentation.",
      "Raise the learning rate 3 times or train longer if the loss still creeps down.",
      "Look at the inputs: features that are missing, scaled away or cropped cannot be learned.",
  };
  finding.ruled_out = {"Not enough epochs: little of the fall lies in the last quarter.",
                       "Overfitting: the validation loss is close to the training loss."};
  finding.alternatives = {
      "The task's own noise: a larger model that reaches the same loss says so.",
      "A bottleneck of the optimisation (`plateau`): a 3-10 times different learning rate then "
      "moves the loss at once."};
  ctx.Report(std::move(finding));
}

constexpr std::string_view kExplainedBy[] = {"not-learning",     "divergence", "oscillation",
                                             "late-oscillation", "non-finite", "loss-increasing",
                                             "label-noise"};

}  // namespace

extern constinit const Rule underfitting{
    .id = "underfitting",
    .severity = Severity::kError,
    .summary = "the training loss settles high, with the validation loss beside it",
    .doc = R"(## What it finds
A training loss that has almost stopped falling while more than a third of it is left, a validation loss close to it, and
an accuracy (where there is one) that says the same.
## Why it matters
The model is too weak, too restrained or not given what it needs; more data will not help.
## What to try
More capacity, less dropout and weight decay, a higher learning rate, better features.
## Known limits
How low a loss can get is not in the curves: a task with much noise looks the same. Without an accuracy it is a warning.
It says nothing of losses that are not positive or that have a floor of their own (variational bounds).
)",
    .params = kParams,
    .explained_by = kExplainedBy,
    .check = Check,
};

}  // namespace telltale::diagnosis::rules
