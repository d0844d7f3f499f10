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

constexpr ParamSpec kLate{"late", 0.2, 0.02, 0.9,
                          "share of validation's own gain that comes after training is done"};
constexpr ParamSpec kRebound{"rebound", 0.1, 0.01, 5,
                             "rise of the validation loss before it recovers, over its minimum"};
constexpr ParamSpec kParams[] = {kLate, kRebound};

void Say(Context& ctx, size_t from, std::string summary, std::vector<Evidence> evidence) {
  const RunView& view = ctx.view();
  Finding finding{.severity = Severity::kInfo, .confidence = 0.7};
  finding.summary = std::move(summary);
  finding.first_step = view.loss.steps[from];
  finding.last_step = view.loss.steps.back();
  finding.evidence = std::move(evidence);
  finding.remedies = {
      "Do not stop early here: a patience of 10 would have missed it. Give patience in shares of "
      "the run (a quarter) for this task.",
      "More weight decay (up to 1e-2) and more data bring the moment forward."};
  finding.alternatives = {"A drop of the learning rate at that step, or another change by hand."};
  ctx.Report(std::move(finding));
}

// Validation gains late, when the training loss has long been at its end.
bool GainsLate(Context& ctx, const Shape& train, const Shape& validation) {
  const size_t done = FlatSince(train, std::max(0.01 * train.fall, 2 * train.noise));
  const double share = ShareOf(done, train.n);
  if (share > 0.6) return false;
  // From a while after: what still comes with the end of training does not count.
  const double from = share + 0.1;
  const double gained = validation.ShareOfFall(from, 1);
  const double by = validation.At(from) - validation.end;
  if (gained < ctx.param(kLate) || by < 5 * validation.noise) return false;
  const auto at = static_cast<size_t>(from * static_cast<double>(train.n - 1));
  Say(ctx, at,
      absl::StrFormat("Training loss is done by step %d; validation loss makes %s of its fall "
                      "after that, from %s to %s.",
                      ctx.view().loss.steps[done], Percent(gained), Num(validation.At(from)),
                      Num(validation.end)),
      {{.name = "late_share", .value = 100 * gained, .unit = "%"},
       {.name = "training_done",
        .value = static_cast<double>(ctx.view().loss.steps[done]),
        .unit = "step"}});
  return true;
}

// The loss rises after a minimum and later falls below it again.
void Recovers(Context& ctx, const Shape& validation) {
  double lowest = validation.level.front(), deepest = 0;
  size_t at = 0;
  double peak = lowest;
  size_t top = 0, valley = 0;
  for (size_t i = 1; i < validation.n; ++i) {
    const double v = validation.level[i];
    if (v < lowest) {
      // Back below an old minimum: how high was it in between?
      if (peak - lowest > deepest) {
        deepest = peak - lowest;
        valley = at;
        top = i;
      }
      lowest = peak = v;
      at = i;
    }
    peak = std::max(peak, v);
  }
  if (top == 0 || !(validation.level[valley] > 0)) return;
  const double rise = deepest / validation.level[valley];
  if (rise < ctx.param(kRebound) || deepest < 5 * validation.noise) return;
  if (ShareOf(valley, validation.n) < 0.05 || top - valley < validation.n / 10) return;
  Say(ctx, valley,
      absl::StrFormat("Validation loss rises by %s after step %d and is below that minimum again "
                      "from step %d on: a second descent.",
                      Percent(rise), ctx.view().loss.steps[valley], ctx.view().loss.steps[top]),
      {{.name = "rebound", .value = 100 * rise, .unit = "%"},
       {.name = "recovered_at",
        .value = static_cast<double>(ctx.view().loss.steps[top]),
        .unit = "step"}});
}

void Check(Context& ctx) {
  if (!Has(ctx, Needs::kLossPair, 20)) return;
  const Shape& train = ctx.view().loss_train;
  const Shape& validation = ctx.view().loss_validation;
  if (train.fall <= 5 * train.noise || validation.fall <= 5 * validation.noise) return;
  if (train.end - train.min > 0.1 * train.fall) return;  // not done, but unsettled
  if (!GainsLate(ctx, train, validation)) Recovers(ctx, validation);
}

constexpr std::string_view kExplainedBy[] = {"noisy-validation", "divergence", "late-oscillation",
                                             "oscillation", "loss-metric-disagreement"};

}  // namespace

extern constinit const Rule delayed_generalization{
    .id = "delayed-generalization",
    .severity = Severity::kInfo,
    .summary = "validation improves long after training is done, or recovers from a rise",
    .doc = R"(## What it finds
A validation loss that makes a fifth of its fall after the training loss has reached its end; and one that rises by 10 % or more, for a tenth of the run, and later
falls below its old minimum (late recovery, epoch-wise double descent; no finding of its own, as the advice is the same).
## Why it matters
Early stopping would have missed the better model.
## What to try
Longer patience for this task; weight decay and data bring the moment forward.
## Known limits
A drop of the learning rate does the same; see `lr-schedule-event`.
)",
    .params = kParams,
    .explained_by = kExplainedBy,
    .check = Check,
};

}  // namespace telltale::diagnosis::rules
