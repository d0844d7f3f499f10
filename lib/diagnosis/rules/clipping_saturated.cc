#include <algorithm>
#include <cmath>
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

constexpr ParamSpec kShare{"share", 0.5, 0.01, 1, "share of the steps at the clipping threshold"};
constexpr ParamSpec kParams[] = {kShare};

// Threshold by the hyper-parameters, else the highest norm where many points share it.
struct Threshold {
  double value = 0;
  double share = 0;
  bool logged = false;
};

Threshold Find(const RunView& view, const Curve& norm) {
  Threshold out;
  const auto logged = NumericParam(
      view, {"max_grad_norm", "grad_clip", "clip_norm", "gradient_clip_val", "clip_grad_norm",
             "max_norm", "clipnorm", "global_clipnorm", "grad_clip_norm"});
  out.logged = logged.has_value() && *logged > 0;
  out.value = out.logged ? *logged : *std::max_element(norm.values.begin(), norm.values.end());
  if (!(out.value > 0)) return out;
  const auto at = std::count_if(norm.values.begin(), norm.values.end(),
                                [&](double v) { return v >= 0.9999 * out.value; });
  out.share = static_cast<double>(at) / static_cast<double>(norm.size());
  return out;
}

void Check(Context& ctx) {
  const RunView& view = ctx.view();
  const Curve* norm = view.gradient_norm;
  if (norm == nullptr || norm->size() < 20) return ctx.NotAssessable("needs the gradient norm");
  const Threshold threshold = Find(view, *norm);
  if (threshold.share < ctx.param(kShare) || !(threshold.value > 0)) return;
  const double median = Median(norm->values);
  Finding finding{.severity = Severity::kInfo};
  finding.confidence = Grade(0.6, 0.95, Strength(threshold.share, ctx.param(kShare), 2));
  finding.first_step = norm->steps.front();
  finding.last_step = norm->steps.back();
  finding.summary = absl::StrFormat(
      "Gradients are at or above %s, %s, in %s of the points.", Num(threshold.value),
      threshold.logged ? "where they are clipped" : "the highest norm there is",
      Percent(threshold.share));
  finding.evidence = {
      {.name = "share_clipped", .value = 100 * threshold.share, .unit = "%", .series = norm->name},
      {.name = "threshold", .value = threshold.value},
      {.name = "median_norm", .value = median, .series = norm->name}};
  finding.remedies = {
      threshold.logged && median > threshold.value
          ? absl::StrFormat("Raise the threshold to about %s (the median norm), so that it catches "
                            "outliers only, or lower the learning rate instead.",
                            Num(median))
          : "Raise the threshold to the median norm before clipping, or lower the learning rate: "
            "a step that is always clipped is a step of fixed length.",
      "Log the norm before clipping."};
  finding.alternatives = {
      "Intended: PPO, recurrent networks and normalised gradient descent clip "
      "most steps."};
  ctx.Report(std::move(finding));
}

}  // namespace

extern constinit const Rule clipping_saturated{
    .id = "clipping-saturated",
    .severity = Severity::kInfo,
    .summary = "most gradients are clipped",
    .doc = R"(## What it finds
A gradient norm that is at or above the clipping threshold (from the hyper-parameters, else the highest norm, which many points share) in more than half
of the points.
## Why it matters
Then the threshold, not the gradient, sets the length of the steps, and the learning rate means something else than it says.
## What to try
A higher threshold or a lower learning rate; log norms before clipping.
## Known limits
Some methods clip on purpose.
)",
    .params = kParams,
    .check = Check,
};

}  // namespace telltale::diagnosis::rules
