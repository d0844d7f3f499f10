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

constexpr ParamSpec kDelta{"delta", 0.1, 0.01, 10,
                           "change of the loss from epoch to epoch, in its own unit"};
constexpr ParamSpec kShare{"share", 0.5, 0.05, 1, "share of the epochs of the second half"};
constexpr ParamSpec kParams[] = {kDelta, kShare};

void Check(Context& ctx) {
  if (!Has(ctx, Needs::kTrainLoss, 10)) return;
  const RunView& view = ctx.view();
  const Curve* loss = view.train_loss;
  // The figure is one for cross-entropies by the epoch; other losses have other units.
  if (loss == nullptr || !IsClassification(view) || loss->size() > 1000) return;
  if (view.train.min <= 0 || view.train.start > 10) return;
  const bool epochs =
      loss->steps.back() - loss->steps.front() + 1 == static_cast<int64_t>(loss->size());
  if (!epochs && loss->role.cadence != model::Cadence::kEpoch) return;
  const auto& values = loss->values;
  const size_t half = values.size() / 2;
  size_t beyond = 0, turns = 0;
  double largest = 0;
  for (size_t i = half; i + 1 < values.size(); ++i) {
    const double delta = values[i + 1] - values[i];
    beyond += std::abs(delta) > ctx.param(kDelta) ? 1 : 0;
    turns += i > half && delta * (values[i] - values[i - 1]) < 0 ? 1 : 0;
    largest = std::max(largest, std::abs(delta));
  }
  const auto epochs_counted = static_cast<double>(values.size() - half - 1);
  const double share = static_cast<double>(beyond) / epochs_counted;
  if (share < ctx.param(kShare) || static_cast<double>(turns) < 0.3 * epochs_counted) return;
  Finding finding{.severity = Severity::kInfo};
  finding.confidence = Grade(0.5, 0.8, Strength(share, ctx.param(kShare), 2));
  finding.first_step = loss->steps[half];
  finding.last_step = loss->steps.back();
  finding.summary = absl::StrFormat(
      "Training loss changes by more than %s in %s of the epochs of the second half, up and down.",
      Num(ctx.param(kDelta)), Percent(share));
  finding.evidence = {
      {.name = "share_beyond", .value = 100 * share, .unit = "%", .series = loss->name},
      {.name = "largest_change", .value = largest, .series = loss->name}};
  finding.remedies = {
      "Lower the learning rate 3-10 times, or let it decay (0.01, times 0.96 each 1000 steps); "
      "changes within 0.05 an epoch are normal by then.",
      "Enlarge the batch (16-256); clip gradients by value at 1.0."};
  finding.alternatives = {
      "A loss that is summed over many outputs: then the figure does not "
      "apply."};
  ctx.Report(std::move(finding));
}

constexpr std::string_view kExplainedBy[] = {"oscillation",     "late-oscillation", "divergence",
                                             "loss-increasing", "non-finite",       "lr-too-high",
                                             "loss-spikes",     "not-learning",     "slow-start"};

}  // namespace

extern constinit const Rule delta_out_of_range{
    .id = "delta-out-of-range",
    .severity = Severity::kInfo,
    .summary = "the loss still changes by more than 0.1 from epoch to epoch late in the run",
    .doc = R"(## What it finds
A classifier's training loss that changes by more than 0.1 an epoch, up and down, in half of the epochs of the second half. Changes within 0.05
are normal then. (Changes near zero for long are `not-learning` or `plateau`.)
## Why it matters
The step overshoots the valley that it is in.
## What to try
A lower or decaying learning rate, larger batches, clipping.
## Known limits
The figure is one for cross-entropy per example; `oscillation` judges any loss by its own scale and takes precedence.
)",
    .params = kParams,
    .explained_by = kExplainedBy,
    .check = Check,
};

}  // namespace telltale::diagnosis::rules
