#include <cmath>
#include <string>

#include "absl/strings/str_format.h"
#include "lib/diagnosis/context.h"
#include "lib/diagnosis/level.h"
#include "lib/diagnosis/wording.h"

namespace telltale::diagnosis::rules {
namespace {

constexpr ParamSpec kRise{"rise", 0.05, 0.001, 10,
                          "rise of the train loss over the run, as a share of its first value"};
constexpr ParamSpec kSteadyRise{"steady-rise", 0.002, 1e-5, 1,
                                "the same where it rises at nearly every point"};
constexpr ParamSpec kFirstFall{
    "first-fall", 0.1, 0, 0.5,
    "largest fall before the rise, as a share of the first value: beyond it, it is a divergence"};
constexpr ParamSpec kParams[] = {kRise, kSteadyRise, kFirstFall};

double RisingShare(const std::vector<double>& values) {
  size_t rising = 0;
  for (size_t i = 1; i < values.size(); ++i) rising += values[i] > values[i - 1] ? 1 : 0;
  return values.size() > 1 ? static_cast<double>(rising) / static_cast<double>(values.size() - 1)
                           : 0;
}

void Check(Context& ctx) {
  if (!Has(ctx, Needs::kTrainLoss, 4)) return;
  const RunView& view = ctx.view();
  const Shape& train = view.train;
  const double rise = train.end - train.start;
  if (rise <= 0 || rise < 3 * train.noise) return;
  if (train.fall > ctx.param(kFirstFall) * std::abs(train.start)) return;
  // The second half rises too: a jump that settles is another matter.
  const bool steady =
      train.n >= 8 && train.trend.tau > 0.9 && rise > ctx.param(kSteadyRise) * train.scale;
  if (!steady && (train.trend.tau < 0.5 || rise < ctx.param(kRise) * train.scale)) return;
  const bool validation_too = view.validation.n >= 3 && view.validation.end > view.validation.start;
  Finding finding{.severity = Severity::kError};
  finding.confidence =
      Grade(0.8, 0.97, steady ? 1 : Strength(rise / train.scale, ctx.param(kRise), 10));
  finding.summary =
      absl::StrFormat("Training loss rises from %s to %s over the whole run%s.", Num(train.start),
                      Num(train.end), validation_too ? ", and the validation loss with it" : "");
  finding.first_step = view.trend.steps.front();
  finding.last_step = view.trend.steps.back();
  finding.evidence = {
      {.name = "rise", .value = 100 * rise / train.scale, .unit = "%", .series = view.trend.name},
      {.name = "rising_share", .value = RisingShare(view.trend.values), .series = view.trend.name},
      {.name = "kendall_tau", .value = train.trend.tau, .series = view.trend.name}};
  finding.remedies = {
      "Check the sign: the optimiser must minimise; look for a missing minus, maximize=True, or a "
      "reward used as a loss.",
      "Check that the loss goes with the outputs (logits or probabilities, class order, "
      "reduction).",
      "Lower the learning rate 10 times: if the loss still rises, it is the sign, not the rate.",
      "Fit one batch: its loss must fall to almost zero in a few hundred steps.",
  };
  finding.ruled_out = {"Divergence after learning: there was no fall before the rise."};
  finding.alternatives = {
      "A loss weight that is scheduled to grow: compare with a metric, which would still improve."};
  ctx.Report(std::move(finding));
}

}  // namespace

extern constinit const Rule loss_increasing{
    .id = "loss-increasing",
    .severity = Severity::kError,
    .summary = "the training loss rises from the start",
    .doc = R"(## What it finds
A training loss that ends above its start, rising over the whole run with no fall to speak of before (Mann-Kendall).
## Why it matters
Training makes the model worse: the usual cause is gradient ascent, a sign or label error, and not a matter of tuning.
## What to try
Check the sign of the loss and the optimiser's direction, the pairing of loss and outputs; then a 10 times lower
learning rate; then fit a single batch.
If the validation loss rises with it (which the summary says; elsewhere called `both-rising`, and no finding of its own, as it has the same causes),
look also at the network's structure, the settings and the cleaning of the data.
## Known limits
Adversarial losses and losses whose weights are scheduled can rise and be fine.
)",
    .params = kParams,
    .check = Check,
};

}  // namespace telltale::diagnosis::rules
