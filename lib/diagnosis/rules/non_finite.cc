#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_format.h"
#include "lib/base/str.h"
#include "lib/diagnosis/context.h"
#include "lib/diagnosis/wording.h"

namespace telltale::diagnosis::rules {
namespace {

using model::Quantity;

constexpr ParamSpec kVanished{
    "vanished", 0.05, 0.01, 0.5,
    "share of the run that the loss must be missing for, while the learning rate is "
    "still logged at the same steps, to be taken for values that could not be drawn"};
constexpr ParamSpec kParams[] = {kVanished};

bool IsSignal(Quantity quantity) {
  return quantity == Quantity::kLoss || quantity == Quantity::kAccuracy ||
         quantity == Quantity::kMetric || quantity == Quantity::kGradientNorm ||
         quantity == Quantity::kUpdateRatio;
}

std::vector<std::string> Remedies(int64_t step) {
  return {
      absl::StrFormat("Go back to a checkpoint before step %d and lower the learning rate by 3-10 "
                      "times, with warm-up.",
                      step),
      "Clip gradients (clipvalue 1.0, or a global norm of 1.0).",
      "Check that batch for NaN inputs, out-of-range labels, log(0), division by zero and empty "
      "masks.",
      "With mixed precision: use bfloat16 or float32 for the loss, and dynamic loss scaling.",
      "Stop the run when this happens (Keras TerminateOnNaN, Lightning check_finite).",
  };
}

std::string Order(std::vector<const SeriesNote*> bad) {
  std::stable_sort(bad.begin(), bad.end(), [](const SeriesNote* a, const SeriesNote* b) {
    return a->health.first_non_finite->step < b->health.first_non_finite->step;
  });
  std::string order;
  for (size_t i = 0; i < std::min<size_t>(bad.size(), 4); ++i) {
    StrAppend(&order, i == 0 ? "" : ", ", bad[i]->name, " at step ",
              bad[i]->health.first_non_finite->step);
  }
  return order;
}

// Reports what is NaN or infinite in the series of one kind; false when all is finite.
void ReportSeries(Context& ctx, const std::vector<const SeriesNote*>& bad, Severity severity) {
  const SeriesNote& first =
      **std::min_element(bad.begin(), bad.end(), [](const SeriesNote* a, const SeriesNote* b) {
        return a->health.first_non_finite->step < b->health.first_non_finite->step;
      });
  const SeriesHealth& health = first.health;
  Finding finding{.severity = severity, .confidence = severity == Severity::kError ? 0.99 : 0.9};
  finding.summary = absl::StrFormat(
      "Series %s is %s at step %d; %d of its %d points are not finite%s.", first.name,
      Num(health.first_non_finite->value), health.first_non_finite->step, health.non_finite,
      health.points, health.finite_after > 0 ? " and finite values follow" : ", up to the end");
  finding.first_step = health.first_non_finite->step;
  finding.last_step = std::max(health.last_step, health.first_non_finite->step);
  finding.evidence.push_back({.name = "non_finite_points",
                              .value = static_cast<double>(health.non_finite),
                              .unit = "points",
                              .series = first.name});
  if (health.last_finite_step) {
    finding.evidence.push_back(
        {.name = "last_finite_value", .value = health.last_finite_value, .series = first.name});
    finding.evidence.push_back({.name = "last_finite_step",
                                .value = static_cast<double>(*health.last_finite_step),
                                .unit = "step",
                                .series = first.name});
  }
  finding.remedies = Remedies(health.first_non_finite->step);
  finding.ruled_out = {
      "A tag that never held a finite value (a metric that is not computed) is not counted."};
  if (bad.size() > 1) finding.alternatives = {StrCat("First to go: ", Order(bad), ".")};
  ctx.Report(std::move(finding));
}

// Many loops skip what they cannot draw: the loss ends while the learning rate goes on at the very
// same steps.
void CheckVanished(Context& ctx) {
  const Curve* loss = ctx.view().train_loss_steps;
  const Curve* rate = ctx.view().learning_rate;
  if (loss == nullptr || rate == nullptr || loss->size() < 5 || rate->size() <= loss->size())
    return;
  if (!std::equal(loss->steps.begin(), loss->steps.end(), rate->steps.begin())) return;
  const auto missing = static_cast<double>(rate->size() - loss->size());
  if (missing < ctx.param(kVanished) * static_cast<double>(rate->size()) || missing < 3) return;
  Finding finding{.severity = Severity::kError, .confidence = 0.8};
  finding.summary = absl::StrFormat(
      "Series %s ends at step %d while the learning rate, logged at the same steps, goes on to "
      "step %d: "
      "what came after was most "
      "likely NaN and not written.",
      loss->name, loss->steps.back(), rate->steps.back());
  finding.first_step = loss->steps.back();
  finding.last_step = rate->steps.back();
  finding.evidence = {
      {.name = "missing_points", .value = missing, .unit = "points", .series = loss->name},
      {.name = "last_finite_value", .value = loss->values.back(), .series = loss->name}};
  finding.remedies = Remedies(loss->steps.back());
  finding.alternatives = {
      "The logging of the loss was switched off on purpose: look at the code that writes it."};
  ctx.Report(std::move(finding));
}

void Check(Context& ctx) {
  std::vector<const SeriesNote*> losses, others;
  for (const SeriesNote& note : ctx.view().notes) {
    if (!IsSignal(note.role.quantity) || note.health.non_finite == 0) continue;
    if (note.health.non_finite == note.health.points && note.health.points > 1 &&
        (note.role.quantity != Quantity::kLoss || note.role.component)) {
      continue;  // never computed
    }
    (note.role.quantity == Quantity::kLoss ? losses : others).push_back(&note);
  }
  if (!losses.empty()) return ReportSeries(ctx, losses, Severity::kError);
  if (!others.empty()) ReportSeries(ctx, others, Severity::kInfo);
  CheckVanished(ctx);
}

}  // namespace

extern constinit const Rule non_finite{
    .id = "non-finite",
    .severity = Severity::kError,
    .summary = "a loss is NaN or infinite, or vanishes from the plot",
    .doc = R"(## What it finds
The first NaN or infinity of a loss (error) or of a metric or gradient norm (info), how many there are, which tag went
first and the last finite value before it. Also a loss that ends while the learning rate goes on at the same steps:
plots do not draw NaN and many loops do not write it, so the curve just vanishes.
## Why it matters
One NaN in the weights makes every later value NaN. Nothing after that step was trained.
## What to try
Go back to the last finite checkpoint, lower the learning rate 3-10 times, clip gradients (clipvalue 1.0), check the
batch for NaN, log(0) and bad labels, compute the loss in float32 or bfloat16.
## Known limits
A metric that is never finite is taken as not computed. Infinite gradient norms alone can be a loss scaler at work.
)",
    .params = kParams,
    .check = Check,
};

}  // namespace telltale::diagnosis::rules
