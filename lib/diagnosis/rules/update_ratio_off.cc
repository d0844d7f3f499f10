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

constexpr ParamSpec kLow{"low", 1e-4, 1e-8, 1e-3, "usual update over weight, at least"};
constexpr ParamSpec kHigh{"high", 1e-2, 1e-3, 1, "usual update over weight, at most"};
constexpr ParamSpec kParams[] = {kLow, kHigh};

void Check(Context& ctx) {
  const RunView& view = ctx.view();
  const Curve* ratio = view.update_ratio;
  if (ratio == nullptr || ratio->size() < 10) {
    return ctx.NotAssessable("needs the ratio of updates to weights");
  }
  // The first tenth is the optimiser's start; the last fifth a decayed learning rate.
  const Curve coarse = Coarse(*ratio, 2000);
  const std::span<const double> all = coarse.values;
  const size_t begin = all.size() / 10, end = all.size() - all.size() / 5;
  const auto counted = all.subspan(begin, end - begin);
  const double usual = Median(counted);
  const double low = ctx.param(kLow), high = ctx.param(kHigh);
  // Three quarters of the points must be beyond: schedules spread the ratio.
  if (Quantile(counted, 0.75) >= low && Quantile(counted, 0.25) <= high) return;
  if (!(usual > 0)) return;
  const bool above = usual > high;
  const double times = std::max(usual / 1e-3, 1e-3 / usual);
  Finding finding{.severity = Severity::kInfo};
  finding.confidence = Grade(0.5, 0.85, Strength(above ? usual / high : low / usual, 1, 10));
  finding.first_step = coarse.steps[begin];
  finding.last_step = coarse.steps[end - 1];
  finding.summary = absl::StrFormat(
      "An update changes the weights by %s of their size; about 0.1 %% is usual.", Percent(usual));
  if (!above) {
    finding.summary = absl::StrFormat(
        "An update changes the weights by a factor of %s only; about 0.001 is usual.", Num(usual));
  }
  finding.evidence = {{.name = "median_update_ratio", .value = usual, .series = ratio->name},
                      {.name = "times_off", .value = times, .unit = "x"}};
  finding.remedies = {
      absl::StrFormat("%s the learning rate about %s times.", above ? "Lower" : "Raise",
                      Num(std::clamp(std::round(times), 2.0, 30.0))),
      above ? "Clip gradients (norm 1.0), warm up."
            : "Look for frozen layers, and for a loss that "
              "is divided twice (by batch and by steps)."};
  finding.alternatives = {
      "Embeddings and biases, whose ratios differ, make up most of the figure."};
  ctx.Report(std::move(finding));
}

constexpr std::string_view kExplainedBy[] = {"lr-too-high", "slow-convergence", "divergence",
                                             "non-finite"};

}  // namespace

extern constinit const Rule update_ratio_off{
    .id = "update-ratio-off",
    .severity = Severity::kInfo,
    .summary = "updates are much larger or smaller than a thousandth of the weights",
    .doc = R"(## What it finds
A ratio of update to weight outside 1e-4 to 1e-2 in three quarters of the points, apart from the start and the decayed end of the run.
## Why it matters
About 1e-3 is healthy. Far above, steps overshoot; far below, nothing much happens.
## What to try
Scale the learning rate by how far the ratio is off.
## Known limits
Needs that ratio in the logs. Adaptive optimisers begin high; embeddings are updated rarely.
)",
    .params = kParams,
    .explained_by = kExplainedBy,
    .check = Check,
};

}  // namespace telltale::diagnosis::rules
