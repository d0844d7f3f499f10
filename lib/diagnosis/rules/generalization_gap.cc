#include <algorithm>
#include <cmath>
#include <optional>
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

constexpr ParamSpec kGap{"gap", 0.3, 0.02, 10,
                         "gap at the end as a share of the fall of the validation loss"};
constexpr ParamSpec kClear{"clear", 0.6, 0.05, 20, "the same from which it is a warning"};
constexpr ParamSpec kAccuracy{"accuracy", 0.1, 0.01, 0.9,
                              "training less validation accuracy at the end, where logged"};
constexpr ParamSpec kParams[] = {kGap, kClear, kAccuracy};

// Training less validation accuracy at the end; empty without both.
std::optional<double> AccuracyGap(const RunView& view) {
  if (view.metric.size() < 3 || view.train_metric->role.quantity != model::Quantity::kAccuracy) {
    return std::nullopt;
  }
  const Shape train = MakeShape(AsShares(view.metric.train));
  const Shape validation = MakeShape(AsShares(view.metric.validation));
  return train.end - validation.end;
}

void Describe(const RunView& view, double gap, double share, std::optional<double> accuracy,
              Finding& finding) {
  const Shape& train = view.loss_train;
  const Shape& validation = view.loss_validation;
  finding.first_step = view.loss.steps[view.loss.size() * 2 / 3];
  finding.last_step = view.loss.steps.back();
  finding.summary = absl::StrFormat(
      "Validation loss settles at %s while training loss gets to %s: a gap of %s, %s of what "
      "validation gained.",
      Num(validation.end), Num(train.end), Num(gap), Percent(share));
  finding.evidence = {
      {.name = "gap_at_end", .value = gap},
      {.name = "gap_over_validation_fall", .value = 100 * share, .unit = "%"},
      {.name = "validation_over_train", .value = validation.end / train.end, .unit = "x"}};
  if (accuracy) finding.evidence.push_back({.name = "accuracy_gap", .value = *accuracy});
  finding.remedies = {
      "Add data, or augment it (flips, rotation 0.1, zoom 0.1 for images).",
      "Regularise: dropout 0.1-0.5, weight decay 1e-4 to 1e-2, label smoothing 0.1.",
      "Use a smaller network, or freeze more of a pretrained one."};
  finding.ruled_out = {
      "A rise of the validation loss (`overfitting`): it is flat in the last "
      "third."};
  finding.alternatives = {
      "Validation data of another kind: then the gap is there from the first evaluations.",
      "A hard task: gaps of 0.1-0.3 of a cross-entropy are usual, above 0.5 seldom."};
}

void Check(Context& ctx) {
  if (!Has(ctx, Needs::kLossPair, 9)) return;
  const RunView& view = ctx.view();
  const Shape& train = view.loss_train;
  const Shape& validation = view.loss_validation;
  if (!(train.end > 0) || validation.fall <= 0) return;
  const double gap = validation.end - train.end;
  const double share = gap / validation.fall;
  if (share < ctx.param(kGap) || gap < 3 * std::max(train.noise, validation.noise)) return;
  const auto tail =
      std::span<const double>(view.loss.validation).subspan(validation.n - validation.n / 3);
  const double margin = std::max(2 * validation.noise, 0.1 * validation.fall);
  if (!TestFlat(tail, margin).flat) return;
  const auto accuracy = AccuracyGap(view);
  if (accuracy && *accuracy < 0.5 * ctx.param(kAccuracy)) return;
  const bool clear = share >= ctx.param(kClear) && train.end < 0.3 * validation.end && accuracy &&
                     *accuracy >= ctx.param(kAccuracy);
  Finding finding{.severity = clear ? Severity::kWarning : Severity::kInfo};
  finding.confidence =
      Grade(clear ? 0.7 : 0.5, clear ? 0.95 : 0.8, Strength(share, ctx.param(kGap), 4));
  Describe(view, gap, share, accuracy, finding);
  ctx.Report(std::move(finding));
}

constexpr std::string_view kExplainedBy[] = {
    "overfitting", "validation-mismatch", "class-imbalance",          "label-noise",
    "divergence",  "loss-increasing",     "loss-metric-disagreement", "noisy-validation"};

}  // namespace

extern constinit const Rule generalization_gap{
    .id = "generalization-gap",
    .severity = Severity::kWarning,
    .summary = "the validation loss settles far above the training loss",
    .doc = R"(## What it finds
A validation loss that is flat in the last third, above the training loss by more than 30 % of all that it gained; where accuracies are logged they must
differ as well. With 60 %, an accuracy gap of 0.1 and a training loss below a third of it, it is a warning.
## Why it matters
Half of the models that memorise do not show a rising validation loss: it saturates.
## What to try
More or augmented data, dropout 0.1-0.5, weight decay, label smoothing, a smaller network.
## Known limits
A training loss with penalties hides the gap, validation data of another kind make one (`validation-mismatch`).
)",
    .params = kParams,
    .explained_by = kExplainedBy,
    .check = Check,
};

}  // namespace telltale::diagnosis::rules
