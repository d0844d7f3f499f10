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

constexpr ParamSpec kRise{"rise", 0.05, 0.005, 1,
                          "rise of the validation loss above its minimum, as a share of it"};
constexpr ParamSpec kNoise{"noise", 4, 0, 50, "the same rise in standard errors"};
constexpr ParamSpec kParams[] = {kRise, kNoise};

void Check(Context& ctx) {
  if (!Has(ctx, Needs::kLossPair, 8)) return;
  const RunView& view = ctx.view();
  const Shape& train = view.loss_train;
  const Shape& validation = view.loss_validation;
  const size_t best = validation.argmin;
  if (validation.min <= 0 || best + 4 > validation.n) return;
  if (validation.end > train.end || train.end >= train.level[best]) return;
  const double by = validation.end - validation.min;
  const double rise = by / validation.min;
  const double error = validation.noise / std::sqrt(static_cast<double>(LevelWindow(validation.n)));
  if (rise < ctx.param(kRise) || by < ctx.param(kNoise) * error) return;
  if (by < 0.02 * validation.fall) return;
  const auto after = std::span<const double>(view.loss.validation).subspan(best);
  if (MannKendall(after).tau < 0.2) return;
  Finding finding{.severity = Severity::kInfo};
  finding.confidence = Grade(0.5, 0.85, Strength(rise, ctx.param(kRise), 4));
  finding.first_step = view.loss.steps[best];
  finding.last_step = view.loss.steps.back();
  finding.summary = absl::StrFormat(
      "Validation loss rises from %s at step %d to %s, though it stays below the training loss.",
      Num(validation.min), view.loss.steps[best], Num(validation.end));
  finding.evidence = {{.name = "rise_over_minimum",
                       .value = 100 * rise,
                       .unit = "%",
                       .series = view.validation_loss->name},
                      {.name = "gap_at_end", .value = validation.end - train.end}};
  finding.remedies = {
      absl::StrFormat("Keep the weights of step %d.", view.loss.steps[best]),
      "Log the training loss in evaluation mode: mixup, distillation and strong augmentation lift "
      "it and hide the gap.",
      "Then regularise as for overfitting: more data, weight decay, a smaller network."};
  finding.ruled_out = {"Divergence: the training loss goes on falling."};
  finding.alternatives = {"Labels or targets of the training loss that change over time."};
  ctx.Report(std::move(finding));
}

constexpr std::string_view kExplainedBy[] = {
    "overfitting",      "divergence",  "loss-increasing",         "noisy-validation",
    "late-oscillation", "label-noise", "loss-metric-disagreement"};

}  // namespace

extern constinit const Rule val_degrading_no_gap{
    .id = "val-degrading-no-gap",
    .severity = Severity::kInfo,
    .summary = "the validation loss turns up although it lies below the training loss",
    .doc = R"(## What it finds
A validation loss that ends at least 5 % above its minimum, as a trend, below a training loss that keeps falling.
## Why it matters
It is what `overfitting` looks like when the training loss is lifted by mixup, distillation or augmentation; less sure, as the gap is missing.
## What to try
Keep the best checkpoint; log the training loss in evaluation mode; regularise.
## Known limits
Measured on published histories, such rises are mild (3-10 %) and sometimes harmless.
)",
    .params = kParams,
    .explained_by = kExplainedBy,
    .check = Check,
};

}  // namespace telltale::diagnosis::rules
