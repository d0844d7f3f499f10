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

constexpr ParamSpec kKnee{"knee", 0.4, 0.02, 0.9, "share of the run by which all is learned"};
constexpr ParamSpec kLeft{"left", 0.01, 0.0005, 0.2,
                          "share of the fall that may happen afterwards, in either loss"};
constexpr ParamSpec kParams[] = {kKnee, kLeft};

// First index from which the level stays within a margin of the end: what is left and what the
// noise allows.
size_t Knee(const Shape& shape, double left) {
  const size_t flat = FlatSince(shape, std::max(left * shape.fall, 2 * shape.noise));
  // A loss that still halves has not stopped, however small it is by now.
  size_t since = shape.n;
  while (since > flat && shape.level[since - 1] <= 1.2 * shape.end) --since;
  return shape.end > 0 ? since : flat;
}

void Check(Context& ctx) {
  if (!Has(ctx, Needs::kLossPair, 20)) return;
  const RunView& view = ctx.view();
  const Shape& train = view.loss_train;
  const Shape& validation = view.loss_validation;
  // Where the noise is a fair part of the fall, "flat" means nothing.
  for (const Shape* shape : {&train, &validation}) {
    if (shape->fall < 0.2 * std::abs(shape->start) || shape->noise > 0.02 * shape->fall) return;
  }
  const size_t knee = std::max(Knee(train, ctx.param(kLeft)), Knee(validation, ctx.param(kLeft)));
  const double share = ShareOf(knee, train.n);
  if (knee >= train.n || share > ctx.param(kKnee)) return;
  Finding finding{.severity = Severity::kInfo};
  finding.confidence = Grade(0.6, 0.9, Strength(1 - share, 1 - ctx.param(kKnee), 2));
  finding.first_step = view.loss.steps[knee];
  finding.last_step = view.loss.steps.back();
  finding.summary = absl::StrFormat(
      "Both losses are as low by step %d, %s into the run, as at its end; %s of the steps changed "
      "nothing.",
      view.loss.steps[knee], Percent(share), Percent(1 - share));
  finding.evidence = {
      {.name = "knee", .value = static_cast<double>(view.loss.steps[knee]), .unit = "step"},
      {.name = "wasted", .value = 100 * (1 - share), .unit = "%"},
      {.name = "train_fall_after",
       .value = 100 * train.ShareOfFall(share, 1),
       .unit = "%",
       .series = view.train_loss->name},
      {.name = "validation_fall_after",
       .value = 100 * validation.ShareOfFall(share, 1),
       .unit = "%",
       .series = view.validation_loss->name}};
  finding.remedies = {
      absl::StrFormat("Train for about %d steps, or stop with patience 10 and min_delta 0.001.",
                      view.loss.steps[knee]),
      "If the level is not good enough: lower the learning rate 3-10 times at the knee "
      "(ReduceLROnPlateau, factor 0.1, patience 5)."};
  finding.alternatives = {
      "A long wait before the next fall (a later drop of the learning rate, delayed "
      "generalisation): one longer run tells."};
  ctx.Report(std::move(finding));
}

constexpr std::string_view kExplainedBy[] = {
    "plateau",    "not-learning", "underfitting",        "early-lr-decay", "overfitting",
    "divergence", "label-noise",  "validation-mismatch", "class-imbalance"};

}  // namespace

extern constinit const Rule saturated_early{
    .id = "saturated-early",
    .severity = Severity::kInfo,
    .summary = "both losses are flat long before the run ends",
    .doc = R"(## What it finds
A train and a validation loss that reach their final level (within 1 % of their fall) in the first 40 % of the run.
## Why it matters
The rest of the time was not needed, or the learning rate should have been lowered at the knee.
## What to try
Fewer steps, early stopping (patience 10, min_delta 0.001), or a lower learning rate from the knee on.
## Known limits
Grokking and later drops of the learning rate begin with the same flat stretch. Noisy losses are not judged. `plateau` takes over where
the level reached is high.
)",
    .params = kParams,
    .explained_by = kExplainedBy,
    .check = Check,
};

}  // namespace telltale::diagnosis::rules
