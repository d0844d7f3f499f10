#include <algorithm>
#include <cmath>
#include <string>

#include "absl/strings/str_format.h"
#include "lib/diagnosis/context.h"
#include "lib/diagnosis/level.h"
#include "lib/diagnosis/wording.h"

namespace telltale::diagnosis::rules {
namespace {

constexpr ParamSpec kAmplitude{
    "amplitude", 0.1, 0.01, 2,
    "scatter of the train loss from point to point, as a share of its level"};
constexpr ParamSpec kProgress{
    "progress", 0.1, 0, 0.9,
    "fall of the loss from which the run is getting somewhere, as a share of its level"};
constexpr ParamSpec kParams[] = {kAmplitude, kProgress};

// Relative fall between the averages of the first and the last third.
double Progress(std::span<const double> values) {
  const size_t third = std::max<size_t>(1, values.size() / 3);
  const double first = Mean(values.first(third)), last = Mean(values.last(third));
  const double scale = std::max(std::abs(first), std::abs(last));
  return scale > 0 ? (first - last) / scale : 0;
}

// Share of changes of direction; 2/3 for pure noise, 0 for a monotone curve.
double TurnShare(std::span<const double> values) {
  size_t turns = 0;
  for (size_t i = 2; i < values.size(); ++i) {
    turns += (values[i] - values[i - 1]) * (values[i - 1] - values[i - 2]) < 0 ? 1 : 0;
  }
  return values.size() > 2 ? static_cast<double>(turns) / static_cast<double>(values.size() - 2)
                           : 0;
}

void Check(Context& ctx) {
  if (!Has(ctx, Needs::kTrainLoss, 10)) return;
  const RunView& view = ctx.view();
  const Curve fine = Coarse(*view.train_loss_steps, 2000);
  const double level = std::abs(Median(fine.values));
  if (!(level > 0)) return;
  const double amplitude = DifferenceNoise(fine.values) / level;
  if (amplitude < ctx.param(kAmplitude) || TurnShare(fine.values) < 0.3) return;
  // Noise of single batches around a loss that goes down is not an oscillation.
  if (Progress(view.trend.values) > ctx.param(kProgress) && view.train.trend.tau < -0.25) return;
  const bool has_validation = view.validation_loss != nullptr && view.validation_loss->size() >= 2;
  const double validation_progress = has_validation ? Progress(view.validation_loss->values) : 0;
  const bool validation_shakes =
      view.validation.n >= 5 &&
      view.validation.noise > ctx.param(kAmplitude) * std::abs(view.validation.end);
  const bool validation_falls =
      view.validation.n >= 5 ? view.validation.trend.z < -2.5 : validation_progress > 0.02;
  if (has_validation && validation_progress > 0.02 && validation_falls && !validation_shakes)
    return;
  Finding finding{.severity = Severity::kWarning};
  finding.confidence = Grade(0.6, 0.92, Strength(amplitude, ctx.param(kAmplitude), 4));
  finding.first_step = fine.steps.front();
  finding.last_step = fine.steps.back();
  finding.summary = absl::StrFormat(
      "Training loss swings by %s of its level (%s) from point to point and makes no progress "
      "between %s.",
      Percent(amplitude), Num(level), Steps(fine.steps.front(), fine.steps.back()));
  finding.evidence = {
      {.name = "amplitude", .value = 100 * amplitude, .unit = "%", .series = fine.name},
      {.name = "share_of_turns",
       .value = 100 * TurnShare(fine.values),
       .unit = "%",
       .series = fine.name},
      {.name = "progress",
       .value = 100 * Progress(view.trend.values),
       .unit = "%",
       .series = view.trend.name}};
  if (has_validation) {
    finding.evidence.push_back({.name = "validation_progress",
                                .value = 100 * validation_progress,
                                .unit = "%",
                                .series = view.validation_loss->name});
  }
  finding.remedies = {
      "Lower the learning rate 3-10 times (from 0.01 to 0.001, say) and decay it (0.96 every 1000 "
      "steps).",
      "Clip gradients (clipvalue 1.0).",
      "Raise the batch size 2-4 times, or accumulate gradients.",
  };
  finding.ruled_out = {
      "Batch noise around a falling loss: neither the trend nor the validation loss falls."};
  finding.alternatives = {
      "Batches that differ much (lengths, classes): the swing stays when the learning rate is "
      "divided by 10."};
  ctx.Report(std::move(finding));
}

constexpr std::string_view kExplainedBy[] = {"divergence", "loss-increasing"};

}  // namespace

extern constinit const Rule oscillation{
    .id = "oscillation",
    .severity = Severity::kWarning,
    .summary = "the training loss swings up and down and gets nowhere",
    .doc = R"(## What it finds
A training loss that scatters by more than a tenth of its level from point to point, turns often, and makes no progress; nor
does the validation loss (or it swings as well).
## Why it matters
The steps are too large for the slope they stand on: the weights jump from side to side.
## What to try
A learning rate 3-10 times lower, decay, gradient clipping (clipvalue 1.0), a larger batch.
## Known limits
Losses of single batches are noisy by nature: as long as their average falls, they are left alone.
)",
    .params = kParams,
    .explained_by = kExplainedBy,
    .check = Check,
};

}  // namespace telltale::diagnosis::rules
