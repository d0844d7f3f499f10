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

constexpr ParamSpec kDecay{"decay", 0.1, 0.001, 0.5,
                           "learning rate over its peak, from which it has as good as run out"};
constexpr ParamSpec kBefore{"before", 0.5, 0.1, 0.9, "share of the run by which that happens"};
constexpr ParamSpec kAfter{
    "after", 0.1, 0.005, 0.5,
    "largest share of the fall after that point: from there on the loss stands still"};
constexpr ParamSpec kLeft{"left", 0.15, 0.01, 0.95,
                          "train loss left at the end, as a share of its start"};
constexpr ParamSpec kParams[] = {kDecay, kBefore, kAfter, kLeft};

// First index from which the rate stays below `decay` times its peak; n when it does not.
size_t RunsOut(const std::vector<double>& rate, double decay) {
  const auto top = std::max_element(rate.begin(), rate.end());
  const double limit = decay * *top * (1 + 1e-6);
  size_t since = rate.size();
  for (size_t i = rate.size(); i-- > static_cast<size_t>(top - rate.begin());) {
    if (rate[i] > limit) break;
    since = i;
  }
  return since;
}

void Check(Context& ctx) {
  if (!Has(ctx, Needs::kTrainLoss, 8)) return;
  const RunView& view = ctx.view();
  if (view.trend_lr.size() < 8) return ctx.NotAssessable("needs the learning rate as a series");
  const Shape& train = view.train;
  const size_t since = RunsOut(view.trend_lr, ctx.param(kDecay));
  const double at = ShareOf(since, train.n);
  if (since >= train.n || since == 0 || at > ctx.param(kBefore)) return;
  if (train.fall < 0.04 * std::abs(train.start) || train.fall < 4 * train.noise) return;
  if (train.ShareOfFall(at, 1) > ctx.param(kAfter)) return;
  const double left = train.start > 0 && train.min > 0 ? train.end / train.start : 1;
  if (left < ctx.param(kLeft)) return;
  // It was still improving when the rate ran out: over the second half of the time until then.
  const double before = train.ShareOfFall(0.5 * at, at);
  const double pace_before = before / std::max(0.5 * at, 1e-9);
  const double pace_after = train.ShareOfFall(at, 1) / std::max(1 - at, 1e-9);
  if (pace_before < 3 * std::max(pace_after, 0.0) || pace_before < 0.3) return;
  Finding finding{.severity = Severity::kError};
  finding.confidence = Grade(0.65, 0.95, Strength(pace_before, 0.3, 10));
  finding.first_step = view.trend.steps[since];
  finding.last_step = view.trend.steps.back();
  const double peak = *std::max_element(view.trend_lr.begin(), view.trend_lr.end());
  finding.summary = absl::StrFormat(
      "Learning rate falls from %s to %s by step %d, %s into the run, and the training loss stops "
      "there, at %s.",
      Num(peak), Num(view.trend_lr[since]), *finding.first_step, Percent(at), Num(train.end));
  finding.evidence = {{.name = "share_of_run_at_decay",
                       .value = 100 * at,
                       .unit = "%",
                       .series = view.learning_rate->name},
                      {.name = "rate_over_peak_at_end",
                       .value = view.trend_lr.back() / peak,
                       .unit = "x",
                       .series = view.learning_rate->name},
                      {.name = "share_of_fall_after_decay",
                       .value = 100 * train.ShareOfFall(at, 1),
                       .unit = "%",
                       .series = view.trend.name},
                      {.name = "pace_before_over_after",
                       .value = std::min(pace_before / std::max(pace_after, 1e-3), 999.0),
                       .unit = "x",
                       .series = view.trend.name}};
  finding.remedies = {
      "With ReduceLROnPlateau: patience 5-10 instead of 1-2, factor 0.3-0.5, min_lr 1e-5, and "
      "watch a smoothed loss.",
      "With steps or exponential decay: begin after 50 % and 75 % of the epochs, or take cosine "
      "over the whole length.",
      absl::StrFormat("Resume from step %d at %s and compare after as many steps.",
                      *finding.first_step, Num(peak)),
  };
  finding.ruled_out = {"The planned end of a schedule: more than half of the run follows.",
                       "A warm restart: the rate does not come back."};
  finding.alternatives = {
      "Converged at that level anyway (noise floor): the resumed run would not improve."};
  ctx.Report(std::move(finding));
}

constexpr std::string_view kExplainedBy[] = {"divergence", "loss-increasing", "not-learning"};

}  // namespace

extern constinit const Rule early_lr_decay{
    .id = "early-lr-decay",
    .severity = Severity::kError,
    .summary = "the learning rate runs out early and the loss stops with it",
    .doc = R"(## What it finds
A learning rate that falls to a tenth of its peak or less within the first half of the run and stays there, a train loss that was improving until then
and makes less than 15 % of its fall afterwards.
## Why it matters
The flat curve looks converged and is not: the model was stopped. Impatient schedules (patience 2, factor 0.1) do this on noise.
## What to try
Patience 5-10, a milder factor (0.3-0.5), min_lr 1e-5, cosine over the full length; resume at the old rate to check.
## Known limits
Needs the learning rate in the logs.
)",
    .params = kParams,
    .explained_by = kExplainedBy,
    .check = Check,
};

}  // namespace telltale::diagnosis::rules
