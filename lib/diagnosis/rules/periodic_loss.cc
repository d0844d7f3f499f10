#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "absl/strings/str_format.h"
#include "lib/diagnosis/context.h"
#include "lib/diagnosis/wording.h"

namespace telltale::diagnosis::rules {
namespace {

constexpr ParamSpec kCorrelation{
    "correlation", 0.5, 0.2, 0.99,
    "autocorrelation of the detrended log loss at the period (shuffled data stay below 0.3)"};
constexpr ParamSpec kPeriods{"periods", 4, 3, 50, "least number of periods in the log"};
constexpr ParamSpec kParams[] = {kCorrelation, kPeriods};

constexpr size_t kMostPoints = 3000;
constexpr size_t kShortestPeriod = 4;

// Log loss without its trend. The trend is a moving average over `window` points, so periods up to
// the window survive.
std::vector<double> Detrended(const std::vector<double>& values, size_t window) {
  const bool positive = *std::min_element(values.begin(), values.end()) > 0;
  std::vector<double> y(values.size());
  std::transform(values.begin(), values.end(), y.begin(),
                 [positive](double v) { return positive ? std::log(v) : v; });
  std::vector<double> sums(y.size() + 1, 0.0);
  for (size_t i = 0; i < y.size(); ++i) sums[i + 1] = sums[i] + y[i];
  std::vector<double> out(y.size());
  for (size_t i = 0; i < y.size(); ++i) {
    const size_t reach = std::min({window / 2, i, y.size() - 1 - i});
    const size_t begin = i - reach, end = i + reach + 1;
    out[i] = y[i] - (sums[end] - sums[begin]) / static_cast<double>(end - begin);
  }
  // A spike is not a period.
  const double limit = 3 * MedianDeviation(out);
  if (limit > 0) {
    for (double& v : out) v = std::clamp(v, -limit, limit);
  }
  // The window shrinks at both ends, where it follows the values themselves: not used.
  const size_t cut = std::min(window / 4, y.size() / 8);
  return {out.begin() + static_cast<std::ptrdiff_t>(cut),
          out.end() - static_cast<std::ptrdiff_t>(cut)};
}

// Best period of `curve` at several widths of the trend, so that neither slow nor fast periods are
// lost.
Period BestPeriod(const std::vector<double>& values, double periods) {
  Period best;
  for (const size_t divisor : {size_t{4}, size_t{8}, size_t{16}}) {
    const size_t window = values.size() / divisor | 1;
    if (window < 2 * kShortestPeriod) continue;
    const Period period = FindPeriod(Detrended(values, window), kShortestPeriod);
    if (period.lag == 0 ||
        static_cast<double>(period.lag) * periods > static_cast<double>(values.size()))
      continue;
    // A period longer than the window would be the trend's own doing.
    if (period.lag > window) continue;
    if (period.correlation > best.correlation) best = period;
  }
  return best;
}

bool RateHasPeriod(const RunView& view) {
  size_t rises = 0;
  for (size_t i = 1; i < view.trend_lr.size(); ++i)
    rises += view.trend_lr[i] > 1.2 * view.trend_lr[i - 1] ? 1 : 0;
  return rises >= 2;
}

void Check(Context& ctx) {
  if (!Has(ctx, Needs::kTrainLoss, 8)) return;
  const RunView& view = ctx.view();
  const Curve& all = *view.train_loss_steps;
  // Points of whole epochs cannot show what happens within one.
  const size_t evaluations =
      view.validation_loss != nullptr ? view.validation_loss->size() : all.size() / 40;
  if (all.size() < 40 || all.size() < 3 * evaluations ||
      (view.validation_loss == nullptr && all.size() < 120))
    return ctx.NotAssessable("needs the training loss step by step (40 points)");
  // The end of a long log at full resolution, else all of it.
  std::vector<double> values = all.values;
  if (values.size() > kMostPoints)
    values.erase(values.begin(), values.end() - static_cast<std::ptrdiff_t>(kMostPoints));
  Period period = BestPeriod(values, ctx.param(kPeriods));
  double points_per_value = 1;
  if (period.correlation < ctx.param(kCorrelation) && all.size() > kMostPoints) {
    period = BestPeriod(BlockMeans(all.values, kMostPoints), ctx.param(kPeriods));
    points_per_value = static_cast<double>(all.size()) / static_cast<double>(kMostPoints);
  }
  if (period.correlation < ctx.param(kCorrelation)) return;
  const double steps_per_point = static_cast<double>(all.steps.back() - all.steps.front()) /
                                 static_cast<double>(all.size() - 1);
  const double length = static_cast<double>(period.lag) * points_per_value * steps_per_point;
  Finding finding{.severity = Severity::kWarning};
  finding.confidence = Grade(0.55, 0.97, (period.correlation - ctx.param(kCorrelation)) / 0.3);
  finding.first_step = all.steps.front();
  finding.last_step = all.steps.back();
  finding.summary = absl::StrFormat(
      "Training loss repeats itself every %s steps (autocorrelation %.2f over %d periods): the "
      "data come in the same order each epoch.",
      Num(length), period.correlation,
      static_cast<int>(static_cast<double>(values.size()) / static_cast<double>(period.lag)));
  finding.evidence = {
      {.name = "period", .value = length, .unit = "steps", .series = all.name},
      {.name = "autocorrelation_at_period", .value = period.correlation, .series = all.name}};
  finding.remedies = {
      "Shuffle the training data anew each epoch (shuffle=True; tf.data: shuffle(buffer as large "
      "as the data, reshuffle_each_iteration=True)).",
      "If the data are sorted by class or source, shuffle the files as well as the buffer.",
      "With a distributed sampler, call set_epoch(epoch).",
  };
  if (RateHasPeriod(view)) {
    finding.severity = Severity::kInfo;
    finding.alternatives.push_back(
        "The learning rate restarts with a period of its own: compare the two periods.");
  } else {
    finding.ruled_out.push_back(view.trend_lr.empty()
                                    ? "Nothing about the learning rate: it is not logged."
                                    : "Restarts of the learning rate: it has no period.");
  }
  finding.alternatives.push_back(
      "Batches bucketed by length, or a logged running mean that starts anew each epoch.");
  ctx.Report(std::move(finding));
}

constexpr std::string_view kExplainedBy[] = {"divergence", "loss-increasing"};

}  // namespace

extern constinit const Rule periodic_loss{
    .id = "periodic-loss",
    .severity = Severity::kWarning,
    .summary = "the step loss repeats the same pattern each epoch",
    .doc = R"(## What it finds
A peak of at least 0.5 in the autocorrelation of the detrended log loss over at least four periods. The period is found from the loss alone.
## Why it matters
Data that come in the same order, or sorted, give gradients that are biased for long stretches; the model forgets and relearns each epoch.
## What to try
Shuffle each epoch, with a buffer as large as the data; shuffle files too; set_epoch for distributed samplers.
## Known limits
Needs the loss at least ten times per epoch. Length-bucketed batches, restarts of the learning rate and running means that are reset each epoch have a
period too.
)",
    .params = kParams,
    .explained_by = kExplainedBy,
    .check = Check,
};

}  // namespace telltale::diagnosis::rules
