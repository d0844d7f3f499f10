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

constexpr ParamSpec kLength{"length", 0.5, 0.1, 0.95, "share of the run that must be flat"};
constexpr ParamSpec kFlat{
    "flat", 0.1, 0.005, 0.5,
    "drift over that part that still counts as flat, as a share of the whole fall"};
constexpr ParamSpec kHigh{
    "high", 0.35, 0.05, 1,
    "final train loss as a share of its first value, from which it is not converged"};
constexpr ParamSpec kAccurate{"accurate", 0.8, 0.3, 1,
                              "train accuracy from which the model is taken to have converged"};
constexpr ParamSpec kParams[] = {kLength, kFlat, kHigh, kAccurate};

// The part of the fall that lies after `from`, in either direction.
double DriftAfter(const Shape& shape, double from) {
  const double drift = shape.At(from) - shape.end;
  if (shape.fall <= 0 || std::abs(drift) < 2 * shape.noise) return 0;
  return drift / shape.fall;
}

void Check(Context& ctx) {
  if (!Has(ctx, Needs::kTrainLoss, 10)) return;
  const RunView& view = ctx.view();
  const Shape& train = view.train;
  const std::optional<double> remaining = RemainingLoss(view);
  if (!remaining) return ctx.NotAssessable("needs a positive loss whose floor is known");
  const std::optional<double> accuracy = FinalAccuracy(view);
  if (*remaining < ctx.param(kHigh) || *remaining > 0.97) return;
  if (accuracy && *accuracy > ctx.param(kAccurate)) return;
  const double from = 1 - ctx.param(kLength);
  const double drift = DriftAfter(train, from);
  const double validation_drift =
      view.validation.n >= 6 ? DriftAfter(view.validation, from) : drift;
  if (std::max(drift, validation_drift) > ctx.param(kFlat)) return;
  const size_t since = FlatSince(train, std::max(ctx.param(kFlat) * train.fall, 3 * train.noise));
  Finding finding{.severity = Severity::kWarning};
  finding.confidence = Grade(0.55, 0.85, 1 - ShareOf(since, train.n));
  finding.first_step = view.trend.steps[since];
  finding.last_step = view.trend.steps.back();
  finding.summary =
      absl::StrFormat("Training loss is flat from step %d on, at %s, %s of where it began (%s).",
                      *finding.first_step, Num(train.end), Percent(*remaining), Num(train.start));
  finding.evidence = {
      {.name = "flat_share_of_run",
       .value = 100 * (1 - ShareOf(since, train.n)),
       .unit = "%",
       .series = view.trend.name},
      {.name = "drift", .value = 100 * drift, .unit = "% of the fall", .series = view.trend.name},
      {.name = "noise", .value = train.noise, .series = view.trend.name},
      {.name = "remaining_loss",
       .value = 100 * *remaining,
       .unit = "%",
       .series = view.trend.name}};
  finding.remedies = {
      absl::StrFormat("Change the learning rate at step %d: divide it by 3-10 (ReduceLROnPlateau, "
                      "factor 0.1, patience 5), or warm-restart it.",
                      *finding.first_step),
      "Or change the batch size by 4 times: more gradient noise gets out of a flat place, less of "
      "it lets the loss settle lower.",
      "Check that all layers train: frozen layers, dead or saturated units, an activation before "
      "the softmax.",
      "If neither moves it, the architecture or the features are the limit (`underfitting`).",
  };
  finding.ruled_out = {"Converged: much of the initial loss is left."};
  finding.alternatives = {
      "The task's own noise floor: a stronger model that stops at the same loss says so.",
      "Learning rate already decayed to nothing: see the learning rate at that step."};
  ctx.Report(std::move(finding));
}

constexpr std::string_view kExplainedBy[] = {"early-lr-decay",  "not-learning",     "divergence",
                                             "oscillation",     "late-oscillation", "non-finite",
                                             "loss-increasing", "label-noise"};

}  // namespace

extern constinit const Rule plateau{
    .id = "plateau",
    .severity = Severity::kWarning,
    .summary = "the loss goes flat long before the end, at a level that is not converged",
    .doc = R"(## What it finds
A training loss (and validation loss) that drifts by less than a tenth of its fall over the second half of the run, while more than a
third of the initial loss is left.
## Why it matters
That half of the compute bought nothing: the run met a bottleneck.
## What to try
Divide the learning rate by 3-10 or restart it, change the batch size, look for frozen, dead or saturated layers.
## Known limits
A loss at the noise floor of its task is flat and fine. Without an accuracy, "high" is judged against the first value only.
)",
    .params = kParams,
    .explained_by = kExplainedBy,
    .check = Check,
};

}  // namespace telltale::diagnosis::rules
