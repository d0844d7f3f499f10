#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "absl/strings/str_format.h"
#include "lib/diagnosis/context.h"
#include "lib/diagnosis/level.h"
#include "lib/diagnosis/wording.h"

namespace telltale::diagnosis::rules {
namespace {

constexpr ParamSpec kGrowth{"growth", 4, 1.5, 100,
                            "scatter of the last third over that of the calm part before"};
constexpr ParamSpec kScatter{"scatter", 0.05, 0.005, 2,
                             "scatter of the last third as a share of its level"};
constexpr ParamSpec kParams[] = {kGrowth, kScatter};

// Scatter of the part [from, to) of the run.
double ScatterOf(std::span<const double> values, double from, double to) {
  const auto n = static_cast<double>(values.size());
  const auto begin = static_cast<size_t>(from * n), end = static_cast<size_t>(to * n);
  return DifferenceNoise(values.subspan(begin, end - begin));
}

void Check(Context& ctx) {
  if (!Has(ctx, Needs::kTrainLoss, 15)) return;
  const RunView& view = ctx.view();
  const Curve curve = Coarse(*view.train_loss_steps, 2000);
  const std::span<const double> values(curve.values);
  const double late = ScatterOf(values, 2.0 / 3, 1), calm = ScatterOf(values, 0.3, 0.55);
  const double level = std::abs(Median(values.subspan(2 * values.size() / 3)));
  if (!(level > 0) || late < ctx.param(kScatter) * level || late < ctx.param(kGrowth) * calm)
    return;
  // While the loss improves, more scatter is the price of learning; far above the calm level it is
  // a divergence.
  const double calm_level =
      std::abs(Median(values.subspan(values.size() * 3 / 10, values.size() / 4)));
  if (level < 0.8 * calm_level || level > 5 * calm_level) return;
  // Far below the first value nothing is at stake.
  if (late < 0.02 * view.train.fall) return;
  const size_t from = 2 * values.size() / 3;
  Finding finding{.severity = Severity::kWarning};
  finding.confidence =
      Grade(0.65, 0.92, Strength(late / std::max(calm, 1e-3 * late), ctx.param(kGrowth), 5));
  finding.first_step = curve.steps[from];
  finding.last_step = curve.steps.back();
  finding.summary = absl::StrFormat(
      "Training loss begins to swing late: its scatter over the last third is %s of its level, "
      "against %s of it before.",
      Percent(late / level), Percent(calm / level));
  finding.evidence = {
      {.name = "late_scatter", .value = 100 * late / level, .unit = "%", .series = curve.name},
      {.name = "late_over_calm_scatter",
       .value = std::min(late / std::max(calm, 1e-12), 9999.0),
       .unit = "x",
       .series = curve.name}};
  if (view.trend_lr.size() > 4) {
    finding.evidence.push_back({.name = "learning_rate_at_end",
                                .value = view.trend_lr.back(),
                                .series = view.learning_rate->name});
    finding.evidence.push_back({.name = "learning_rate_in_calm_part",
                                .value = view.trend_lr[view.trend_lr.size() * 2 / 5],
                                .series = view.learning_rate->name});
  }
  finding.remedies = {
      "Let the learning rate decay to 1-10 % of its peak by the end (cosine or steps), or lower it "
      "3-10 times from here.",
      absl::StrFormat("Keep a checkpoint from before step %d, or average the weights (EMA 0.999).",
                      curve.steps[from]),
      "With Adam: a larger epsilon (1e-6), beta2 0.99, or AMSGrad; with growing gradients, "
      "clipping.",
      "Enlarge the batch towards the end.",
  };
  finding.ruled_out = {"Noise from the start: the part before is calm."};
  finding.alternatives = {
      "The beginning of a divergence: see whether the level rises with the swing."};
  ctx.Report(std::move(finding));
}

constexpr std::string_view kExplainedBy[] = {"oscillation", "loss-increasing", "non-finite"};

}  // namespace

extern constinit const Rule late_oscillation{
    .id = "late-oscillation",
    .severity = Severity::kWarning,
    .summary = "a training loss that was calm begins to swing late in the run",
    .doc = R"(## What it finds
A train loss whose scatter over the last third is at least four times that of the calm middle, and 5 % of its level.
## Why it matters
The steps have become too large for where the weights are; the last checkpoint is a draw from the swing.
## What to try
Decay the learning rate, average weights, clip gradients, a larger epsilon with Adam, more validation data to choose by.
## Known limits
Needs 15 points. A loss that gets close to zero scatters less in absolute terms and is judged by that.
)",
    .params = kParams,
    .explained_by = kExplainedBy,
    .check = Check,
};

}  // namespace telltale::diagnosis::rules
