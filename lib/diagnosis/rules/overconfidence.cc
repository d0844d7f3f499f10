#include <algorithm>
#include <cmath>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_format.h"
#include "lib/diagnosis/context.h"
#include "lib/diagnosis/level.h"
#include "lib/diagnosis/stats.h"
#include "lib/diagnosis/wording.h"

namespace telltale::diagnosis::rules {
namespace {

constexpr ParamSpec kRise{"rise", 0.1, 0.005, 10,
                          "rise of the validation loss above its minimum, as a share of it"};
constexpr ParamSpec kLoss{"loss", 0.1, 0, 1,
                          "share of its own gain that the metric may lose meanwhile"};
constexpr ParamSpec kParams[] = {kRise, kLoss};

void Check(Context& ctx) {
  if (!Has(ctx, Needs::kMetric, 8)) return;
  const RunView& view = ctx.view();
  const Pair& pair = view.metric_and_loss;
  if (pair.size() < 8) return ctx.NotAssessable("needs a validation loss beside the metric");
  const Shape loss = MakeShape(pair.validation);
  std::vector<double> worse;  // the metric as something that falls
  for (const double v : pair.train) worse.push_back(-v);
  const Shape metric = MakeShape(worse);
  const size_t best = loss.argmin;
  if (loss.min <= 0 || best + 4 > loss.n || metric.fall <= 0) return;
  const double rise = (loss.end - loss.min) / loss.min;
  const double error = loss.noise / std::sqrt(static_cast<double>(LevelWindow(loss.n)));
  if (rise < ctx.param(kRise) || loss.end - loss.min < 2 * error) return;
  if (MannKendall(std::span<const double>(pair.validation).subspan(best)).tau < 0.2) return;
  const double lost = (metric.end - metric.level[best]) / metric.fall;
  if (lost > ctx.param(kLoss)) return;
  Finding finding{.severity = Severity::kInfo};
  finding.confidence = Grade(0.55, 0.9, Strength(rise, ctx.param(kRise), 6));
  finding.first_step = pair.steps[best];
  finding.last_step = pair.steps.back();
  const double then = view.metric_sign * -metric.level[best];
  const double now = view.metric_sign * -metric.end;
  finding.summary = absl::StrFormat(
      "Validation loss rises by %s from step %d on while %s goes from %s to %s: the errors get "
      "more certain, not more.",
      Percent(rise), pair.steps[best], view.validation_metric->role.name, Num(then), Num(now));
  finding.evidence = {
      {.name = "loss_rise", .value = 100 * rise, .unit = "%", .series = view.validation_loss->name},
      {.name = "metric_then", .value = then, .series = view.validation_metric->name},
      {.name = "metric_now", .value = now, .series = view.validation_metric->name}};
  finding.remedies = {
      "Choose the checkpoint by the metric that counts, not by the loss.",
      "Label smoothing 0.1, weight decay, or fit a temperature on the validation set afterwards.",
      "If probabilities are used (thresholds, ranking), keep the weights of the lowest loss."};
  finding.alternatives = {
      "Imbalanced classes: the metric stays high on the large ones; look at recall per class."};
  ctx.Report(std::move(finding));
}

constexpr std::string_view kExplainedBy[] = {"loss-metric-disagreement", "divergence",
                                             "loss-increasing"};

}  // namespace

extern constinit const Rule overconfidence{
    .id = "overconfidence",
    .severity = Severity::kInfo,
    .summary = "the validation loss rises but the metric does not fall",
    .doc = R"(## What it finds
A validation loss that ends at least 10 % above its minimum, as a trend, while the validation metric keeps at least 90 % of what it gained.
## Why it matters
The model is not wrong more often, it is surer when it is: a matter of calibration. Stopping at the lowest loss may cost accuracy.
## What to try
Choose checkpoints by the metric; label smoothing, temperature scaling.
## Known limits
With imbalanced classes a steady accuracy says little.
)",
    .params = kParams,
    .explained_by = kExplainedBy,
    .check = Check,
};

}  // namespace telltale::diagnosis::rules
