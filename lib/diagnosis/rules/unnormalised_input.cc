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

constexpr ParamSpec kDrop{"drop", 10, 2, 10000,
                          "first loss over the level it falls to in the first tenth of the run"};
constexpr ParamSpec kStuck{"stuck", 0.15, 0.01, 0.9,
                           "share of that level that may be gained in the rest of the run"};
constexpr ParamSpec kAccuracy{"accuracy", 0.5, 0.05, 0.99, "final accuracy, at most"};
constexpr ParamSpec kParams[] = {kDrop, kStuck, kAccuracy};

void Check(Context& ctx) {
  if (!Has(ctx, Needs::kTrainLoss, 8)) return;
  const RunView& view = ctx.view();
  const auto accuracy = FinalAccuracy(view);
  if (!accuracy) return ctx.NotAssessable("needs an accuracy");
  const double first = view.train_loss_steps->values.front();
  const Shape& train = view.train;
  const double settled = train.At(0.1);
  if (!(settled > 0) || !(train.end > 0) || first < ctx.param(kDrop) * settled) return;
  if (train.At(0.1) - train.end > ctx.param(kStuck) * settled) return;
  if (*accuracy > ctx.param(kAccuracy)) return;
  Finding finding{.severity = Severity::kWarning};
  finding.confidence = Grade(0.6, 0.9, Strength(first / settled, ctx.param(kDrop), 10));
  finding.first_step = view.train_loss_steps->steps.front();
  finding.last_step = view.trend.steps.back();
  finding.summary = absl::StrFormat(
      "Training loss begins at %s, drops to %s at once and stays there, with an accuracy of %s: "
      "inputs of a large scale do that.",
      Num(first), Num(settled), Num(*accuracy));
  finding.evidence = {{.name = "first_over_settled",
                       .value = first / settled,
                       .unit = "x",
                       .series = view.train_loss_steps->name},
                      {.name = "settled_loss", .value = settled, .series = view.trend.name},
                      {.name = "classes_that_guess_so_well",
                       .value = std::round(std::exp(std::min(settled, 20.0)))},
                      {.name = "final_accuracy", .value = *accuracy}};
  finding.remedies = {
      "Scale the inputs to [-1, 1], or to zero mean and unit variance by the training set's own "
      "figures; or put batch normalisation first (either is enough).",
      "Not where the scale is the signal: style transfer, tasks that depend on sizes.",
      "Lower the learning rate 10 times for the first epoch, or warm it up."};
  finding.alternatives = {
      "A last layer initialised far too wide: normalised inputs would show it."};
  ctx.Report(std::move(finding));
}

}  // namespace

extern constinit const Rule unnormalised_input{
    .id = "unnormalised-input",
    .severity = Severity::kWarning,
    .summary = "the loss begins enormous, drops at once and is then stuck",
    .doc = R"(## What it finds
A classifier whose first loss is ten times the level that it has after a tenth of the run, that then hardly moves, and whose accuracy stays low.
## Why it matters
Raw pixel values or unscaled columns saturate the first layers; the first steps silence the network instead of teaching it.
## What to try
Normalise the data or use batch normalisation.
## Known limits
A far too wide initialisation looks the same.
)",
    .params = kParams,
    .check = Check,
};

}  // namespace telltale::diagnosis::rules
