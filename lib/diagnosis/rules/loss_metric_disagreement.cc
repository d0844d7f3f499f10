#include <algorithm>
#include <cmath>
#include <string>

#include "absl/strings/str_format.h"
#include "lib/diagnosis/context.h"
#include "lib/diagnosis/level.h"
#include "lib/diagnosis/wording.h"

namespace telltale::diagnosis::rules {
namespace {

constexpr ParamSpec kLossRise{
    "loss-rise", 0.15, 0.02, 2,
    "rise of the validation loss above its minimum while the metric still improves"};
constexpr ParamSpec kLossFall{
    "loss-fall", 0.3, 0.05, 0.99,
    "fall of the validation loss during which the metric does not improve"};
constexpr ParamSpec kMetricGain{"metric-gain", 0.03, 0.001, 0.5,
                                "least change of the metric that counts, as a share of its level"};
constexpr ParamSpec kParams[] = {kLossRise, kLossFall, kMetricGain};

struct Sides {
  Shape metric = {};  // higher is better
  Shape loss = {};
};

void Tell(Context& ctx, const Sides& s, std::string summary, size_t from, double confidence) {
  const RunView& view = ctx.view();
  const Pair& both = view.metric_and_loss;
  Finding finding{
      .severity = Severity::kWarning, .confidence = confidence, .summary = std::move(summary)};
  finding.first_step = both.steps[from];
  finding.last_step = both.steps.back();
  finding.evidence = {
      {.name = "metric_then",
       .value = view.metric_sign * s.metric.level[from],
       .series = view.validation_metric->name},
      {.name = "metric_at_end",
       .value = view.metric_sign * s.metric.end,
       .series = view.validation_metric->name},
      {.name = "loss_then", .value = s.loss.level[from], .series = view.validation_loss->name},
      {.name = "loss_at_end", .value = s.loss.end, .series = view.validation_loss->name},
      {.name = "rank_correlation", .value = Spearman(both.train, both.validation)}};
  finding.remedies = {
      "Choose checkpoints and stop early by the metric that the task is judged by, not by the "
      "loss.",
      "Check the code of the metric: threshold, class index, masks, argmax axis, averaging (macro "
      "or micro).",
      "If the loss rises because answers get over-confident: label smoothing 0.1, temperature "
      "scaling, weight decay.",
      "Take a loss closer to the metric (Dice or IoU loss for segmentation, class weights for "
      "imbalance).",
  };
  finding.ruled_out = {"Scatter: the change of both is beyond their noise."};
  finding.alternatives = {"Class imbalance: a metric that most classes do not move."};
  ctx.Report(std::move(finding));
}

// The loss turns up, the metric goes on improving: more certain errors, not more errors.
bool CheckRise(Context& ctx, const Sides& s) {
  const size_t best = s.loss.argmin;
  if (best + 4 > s.loss.n || s.loss.min <= 0) return false;
  if (s.loss.end < (1 + ctx.param(kLossRise)) * s.loss.min) return false;
  const double gain = s.metric.end - s.metric.level[best];
  const double whole = s.metric.max - s.metric.level.front();
  if (gain < ctx.param(kMetricGain) * std::abs(s.metric.level[best]) || gain < 2 * s.metric.noise ||
      gain < 0.1 * whole)
    return false;
  const RunView& view = ctx.view();
  Tell(
      ctx, s,
      absl::StrFormat("Validation loss rises from %s to %s after step %d while %s still improves, "
                      "from %s to %s.",
                      Num(s.loss.min), Num(s.loss.end), view.metric_and_loss.steps[best],
                      view.validation_metric->name, Num(view.metric_sign * s.metric.level[best]),
                      Num(view.metric_sign * s.metric.end)),
      best,
      Grade(0.6, 0.92, Strength(gain / std::abs(s.metric.level[best]), ctx.param(kMetricGain), 6)));
  return true;
}

// The loss falls far, the metric gets no better.
void CheckFall(Context& ctx, const Sides& s) {
  if (s.loss.start <= 0 || s.loss.start - s.loss.end < ctx.param(kLossFall) * s.loss.start) return;
  const RunView& view = ctx.view();
  const double start = s.metric.level.front();
  const double best = s.metric.max - start;
  const double tolerance = std::max(ctx.param(kMetricGain) * std::abs(start), s.metric.noise);
  // Nothing to gain near a perfect score (accuracy, F1, ... at 0.9; an error near 0).
  if (view.metric_sign > 0 && start > 0.6) return;
  if (view.metric_sign < 0 && std::abs(s.metric.end) < 0.05 * std::abs(start)) return;
  const bool stuck = best <= tolerance;
  const bool worse =
      s.metric.end < start - tolerance || (s.metric.end <= start && s.metric.trend.z < -2);
  // A metric near zero that never leaves it, whatever its scatter.
  const bool never = view.metric_sign > 0 && s.metric.max < 0.1 && s.metric.end <= start + 0.01;
  if (!stuck && !worse && !never) return;
  Tell(ctx, s,
       absl::StrFormat("Validation loss falls from %s to %s, but %s does not improve with it: %s "
                       "at first, %s at the end.",
                       Num(s.loss.start), Num(s.loss.end), view.validation_metric->name,
                       Num(view.metric_sign * start), Num(view.metric_sign * s.metric.end)),
       0, worse ? 0.9 : 0.8);
}

void Check(Context& ctx) {
  if (!Has(ctx, Needs::kMetric, 6)) return;
  const RunView& view = ctx.view();
  if (view.metric_and_loss.size() < 6)
    return ctx.NotAssessable("needs a validation loss beside the metric");
  const Sides sides{.metric = MakeShape(view.metric_and_loss.train),
                    .loss = MakeShape(view.metric_and_loss.validation)};
  if (!CheckRise(ctx, sides)) CheckFall(ctx, sides);
}

constexpr std::string_view kExplainedBy[] = {"class-imbalance", "divergence", "loss-increasing",
                                             "noisy-validation", "validation-mismatch"};

}  // namespace

extern constinit const Rule loss_metric_disagreement{
    .id = "loss-metric-disagreement",
    .severity = Severity::kWarning,
    .summary = "the validation loss and the validation metric say opposite things",
    .doc = R"(## What it finds
A validation loss that rises by 15 % or more from its minimum while the validation metric goes on improving; or one that falls
by 30 % or more while the metric gets no better or worse.
## Why it matters
One of the two is the wrong thing to steer by: the checkpoint with the best loss is not the one with the best metric. A metric
that does not react at all is often computed wrongly.
## What to try
Steer by the task's metric; check its code; treat over-confidence (label smoothing 0.1, temperature); a loss closer to the
metric (Dice, IoU). Pixel accuracy of 99.9 % can mean that nothing was found.
## Known limits
Metrics whose better direction is not known are not used. Metrics close to perfect cannot improve.
)",
    .params = kParams,
    .explained_by = kExplainedBy,
    .check = Check,
};

}  // namespace telltale::diagnosis::rules
