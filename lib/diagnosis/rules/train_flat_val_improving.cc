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

constexpr ParamSpec kFlat{"flat", 0.03, 0.001, 0.3,
                          "drift of the training loss over the run, as a share of its start"};
constexpr ParamSpec kFall{"fall", 0.1, 0.01, 1, "fall of the validation loss, in the same way"};
constexpr ParamSpec kClear{"clear", 0.3, 0.02, 1, "the same from which it is a warning"};
constexpr ParamSpec kParams[] = {kFlat, kFall, kClear};

void Check(Context& ctx) {
  if (!Has(ctx, Needs::kLossPair, 8)) return;
  const RunView& view = ctx.view();
  const Shape& train = view.loss_train;
  const Shape& validation = view.loss_validation;
  if (!(train.start > 0) || !(validation.start > 0)) return;
  const double drift = std::abs(train.end - train.start) / train.start;
  if (drift > ctx.param(kFlat) || train.max - train.min > 3 * ctx.param(kFlat) * train.start)
    return;
  if (!TestFlat(view.loss.train, ctx.param(kFlat) * train.start).flat) return;
  const double fall = (validation.start - validation.end) / validation.start;
  if (fall < ctx.param(kFall) || validation.trend.tau > -0.5) return;
  if (validation.start - validation.end < 5 * validation.noise) return;
  Finding finding{.severity = fall >= ctx.param(kClear) ? Severity::kWarning : Severity::kInfo};
  finding.confidence = Grade(0.6, 0.92, Strength(fall, ctx.param(kFall), 5));
  finding.first_step = view.loss.steps.front();
  finding.last_step = view.loss.steps.back();
  finding.summary = absl::StrFormat(
      "Training loss stays at %s while validation loss falls from %s to %s: what is logged as "
      "training is not what the model learns from.",
      Num(train.end), Num(validation.start), Num(validation.end));
  finding.evidence = {
      {.name = "train_drift", .value = 100 * drift, .unit = "%", .series = view.train_loss->name},
      {.name = "validation_fall",
       .value = 100 * fall,
       .unit = "%",
       .series = view.validation_loss->name}};
  finding.remedies = {
      "Look at the training data first: labels, annotations, what the loader returns.",
      "Check the code that averages the training loss (a value that is never reset, a constant "
      "penalty that outweighs it).",
      "Compute the training loss once in evaluation mode."};
  finding.ruled_out = {"A training loss that merely falls slowly: its drift is shown to be small."};
  finding.alternatives = {"Very strong dropout or augmentation, whose floor hides the progress.",
                          "Statistics of batch normalisation that settle: only the first "
                          "evaluations would improve."};
  ctx.Report(std::move(finding));
}

}  // namespace

extern constinit const Rule train_flat_val_improving{
    .id = "train-flat-val-improving",
    .severity = Severity::kWarning,
    .summary = "the training loss is flat while the validation loss falls",
    .doc = R"(## What it finds
A training loss that is shown to drift by less than 3 % over the run beside a validation loss that falls by 10 % or more; from 30 % it is a warning.
## Why it matters
A model cannot get better on new data without getting better on its own, unless its own are mislabelled or the number is wrong: check the data set.
## What to try
Annotations, loader, the averaging of the loss; the training loss in evaluation mode.
## Known limits
Dropout, augmentation and mixup set a floor under the training loss.
)",
    .params = kParams,
    .check = Check,
};

}  // namespace telltale::diagnosis::rules
