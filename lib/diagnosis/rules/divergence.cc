#include <algorithm>
#include <cmath>
#include <string>

#include "absl/strings/str_format.h"
#include "lib/diagnosis/context.h"
#include "lib/diagnosis/level.h"
#include "lib/diagnosis/wording.h"

namespace telltale::diagnosis::rules {
namespace {

constexpr ParamSpec kFactor{"factor", 2, 1.1, 100, "final train loss over its minimum"};
constexpr ParamSpec kUndone{
    "undone", 0.3, 0.05, 10,
    "share of the fall that is undone again; keeps tiny losses that double from counting"};
constexpr ParamSpec kFirstFall{
    "first-fall", 0.1, 0.01, 0.5,
    "least fall before the rise, as a share of the first value: below it, the loss only ever rose"};
constexpr ParamSpec kJump{"jump", 0.1, 0.01, 10,
                          "final train loss above its start, as a share of it, when the loss jumps "
                          "at once and never learns"};
constexpr ParamSpec kParams[] = {kJump, kFactor, kUndone, kFirstFall};

// First index after the minimum from which the level never returns to the lower half of the rise; n
// if it does.
size_t RiseBegin(const Shape& train) {
  const double half = train.min + 0.5 * (train.end - train.min);
  size_t begin = train.n;
  for (size_t i = train.n; i-- > train.argmin;) {
    if (train.level[i] < half) break;
    begin = i;
  }
  return begin;
}

void Describe(const RunView& view, size_t begin, Finding& finding) {
  const Shape& train = view.train;
  const size_t low = train.best;
  finding.summary = absl::StrFormat(
      "Training loss falls to %s at step %d, then climbs to %s and does not come back.",
      Num(train.min), view.trend.steps[low], Num(train.end));
  finding.first_step = view.trend.steps[low];
  finding.last_step = view.trend.steps.back();
  if (train.min > 0) {
    finding.evidence.push_back({.name = "end_over_minimum",
                                .value = train.end / train.min,
                                .unit = "x",
                                .series = view.trend.name});
  }
  finding.evidence.push_back({.name = "minimum", .value = train.min, .series = view.trend.name});
  finding.evidence.push_back({.name = "turn",
                              .value = static_cast<double>(view.trend.steps[begin]),
                              .unit = "step",
                              .series = view.trend.name});
  std::string rate;
  if (!view.trend_lr.empty()) {
    finding.evidence.push_back({.name = "learning_rate_at_turn",
                                .value = view.trend_lr[begin],
                                .series = view.learning_rate->name});
    rate = absl::StrFormat(" (it was %s at the turn)", Num(view.trend_lr[begin]));
  }
  finding.remedies = {
      absl::StrFormat(
          "Resume from the checkpoint at step %d with a learning rate 3-10 times lower%s.",
          view.trend.steps[low], rate),
      "Add warm-up (5 % of the steps) and let the rate decay; clip gradients (global norm 1.0).",
      "Look at the gradient norm just before the turn; check the batches there for outliers.",
  };
  finding.ruled_out = {"A spike that returns: the loss stays above half of the rise to the end."};
  finding.alternatives = {
      "The data or the loss weights changed at that step: look at the schedule there."};
}

// It jumps above its start at once and stays there: a first step that was far too large.
bool CheckAtOnce(Context& ctx) {
  const RunView& view = ctx.view();
  const Shape& train = view.train;
  const size_t soon = std::max<size_t>(2, train.n / 10);
  if (train.n < 5 || train.trend.tau > 0.5) return false;
  const double rise = train.end - train.start;
  const double lowest =
      *std::min_element(train.level.begin() + static_cast<std::ptrdiff_t>(soon), train.level.end());
  if (rise < ctx.param(kJump) * train.scale || lowest < train.start + 0.5 * rise) return false;
  Finding finding{.severity = Severity::kError, .confidence = 0.85};
  finding.summary = absl::StrFormat(
      "Training loss jumps from %s at step %d to %s by step %d and never gets back below its "
      "start.",
      Num(train.start), view.trend.steps.front(), Num(train.level[soon]), view.trend.steps[soon]);
  finding.first_step = view.trend.steps.front();
  finding.last_step = view.trend.steps.back();
  finding.evidence = {{.name = "rise_over_start",
                       .value = 100 * rise / train.scale,
                       .unit = "%",
                       .series = view.trend.name}};
  finding.remedies = {
      "Lower the learning rate 10-100 times, add warm-up (5 % of the steps) and clip gradients "
      "(global norm 1.0).",
      "Check the initialisation and the scale of inputs and targets."};
  finding.ruled_out = {"A loss that rises steadily (`loss-increasing`): it jumps and stays."};
  finding.alternatives = {
      "The sign of the loss is wrong and it saturates: fit one batch at a tiny learning rate."};
  ctx.Report(std::move(finding));
  return true;
}

void Check(Context& ctx) {
  if (!Has(ctx, Needs::kTrainLoss, 5)) return;
  if (CheckAtOnce(ctx)) return;
  const RunView& view = ctx.view();
  const Shape& train = view.train;
  const double rise = train.end - train.min;
  if (train.min > 0 && train.end < ctx.param(kFactor) * train.min) return;
  if (rise < ctx.param(kUndone) * train.fall || rise < 4 * train.noise) return;
  if (train.fall <= 0 || train.fall < ctx.param(kFirstFall) * std::abs(train.start)) return;
  const size_t begin = RiseBegin(train);
  if (begin >= train.n || train.argmin + 1 >= train.n) return;
  // The rise lasts: it is not the last point or two.
  if (train.n - begin < std::max<size_t>(2, train.n / 20)) return;
  Finding finding{.severity = Severity::kError};
  const double factor = train.min > 0 ? train.end / train.min : 1 + rise / train.fall;
  finding.confidence = Grade(0.7, 0.97, Strength(factor, ctx.param(kFactor), 4));
  Describe(view, begin, finding);
  ctx.Report(std::move(finding));
}

}  // namespace

extern constinit const Rule divergence{
    .id = "divergence",
    .severity = Severity::kError,
    .summary = "the training loss falls, then climbs and stays up",
    .doc = R"(## What it finds
A training loss (rolling median) whose end is at least twice its minimum, undoing a good part of the fall, and that does
not return to the lower half of the rise.
## Why it matters
The weights at the end are worse than those long before; every step after the turn was wasted.
## What to try
Resume before the turn with a learning rate 3-10 times lower, warm-up, decay, gradient clipping (norm 1.0).
## Known limits
Restarts of the learning rate that have not settled when the log ends look the same. For a loss that is not positive only
the share of the fall that is undone counts.
)",
    .params = kParams,
    .check = Check,
};

}  // namespace telltale::diagnosis::rules
