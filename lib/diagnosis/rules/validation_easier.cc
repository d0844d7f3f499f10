#include <algorithm>
#include <cmath>
#include <string>

#include "absl/strings/str_format.h"
#include "lib/diagnosis/context.h"
#include "lib/diagnosis/level.h"
#include "lib/diagnosis/wording.h"

namespace telltale::diagnosis::rules {
namespace {

constexpr ParamSpec kRatio{
    "ratio", 0.7, 0.2, 0.99,
    "validation loss over train loss, below which dropout and augmentation do not explain it"};
constexpr ParamSpec kGap{"gap", 0.065, 0.005, 1,
                         "the gap as a share of the fall of the train loss"};
constexpr ParamSpec kHalfway{
    "halfway", 0.7, 0.2, 0.99,
    "the ratio when the train loss has made half of its fall, corrected for the lag of running "
    "means: dropout and augmentation hardly matter that early"};
constexpr ParamSpec kPersistence{
    "persistence", 0.9, 0.5, 1, "share of the later evaluations at which validation must be lower"};
constexpr ParamSpec kParams[] = {kRatio, kGap, kHalfway, kPersistence};

// The train loss half an epoch later: a running mean over the epoch lags by that much.
double Unlagged(const std::vector<double>& train, size_t i) {
  return i + 1 < train.size() ? 0.5 * (train[i] + train[i + 1]) : train[i];
}

double RatioHalfway(const Pair& pair, const Shape& train) {
  size_t i = 0;
  while (i + 1 < pair.size() && train.start - pair.train[i] < 0.5 * train.fall) ++i;
  return pair.validation[i] / Unlagged(pair.train, i);
}

// Share of the evaluations after the first tenth at which validation lies below the train loss half
// an epoch later. A train loss that is averaged while the epoch runs lags by half an epoch, so it
// is compared with the mean of two neighbours.
double ShareBelow(const Pair& pair) {
  size_t below = 0, counted = 0;
  for (size_t i = pair.size() / 10 + 1; i < pair.size(); ++i) {
    const double train = Unlagged(pair.train, i);
    below += pair.validation[i] < train ? 1 : 0;
    ++counted;
  }
  return counted > 0 ? static_cast<double>(below) / static_cast<double>(counted) : 0;
}

void Check(Context& ctx) {
  if (!Has(ctx, Needs::kLossPair, 4)) return;
  const RunView& view = ctx.view();
  const Shape& train = view.loss_train;
  const Shape& validation = view.loss_validation;
  if (train.min <= 0 || validation.min <= 0) return ctx.NotAssessable("needs positive losses");
  const double gap = train.end - validation.end;
  const double ratio = validation.end / train.end;
  if (ratio > ctx.param(kRatio) || train.fall <= 0 || gap < ctx.param(kGap) * train.fall) return;
  const double persistence = ShareBelow(view.loss);
  if (persistence < ctx.param(kPersistence) || gap < 2 * std::max(train.noise, validation.noise))
    return;
  const double halfway = RatioHalfway(view.loss, train);
  if (halfway > ctx.param(kHalfway)) return;
  Finding finding{.severity = Severity::kWarning};
  finding.confidence = Grade(0.6, 0.92, Strength(gap / train.fall, ctx.param(kGap), 5));
  finding.first_step = view.loss.steps[view.loss.size() / 10];
  finding.last_step = view.loss.steps.back();
  finding.summary = absl::StrFormat(
      "Validation loss lies below training loss throughout: %s against %s at the end, %s of it.",
      Num(validation.end), Num(train.end), Percent(ratio));
  finding.evidence = {
      {.name = "validation_over_train", .value = ratio, .unit = "x"},
      {.name = "validation_over_train_halfway", .value = halfway, .unit = "x"},
      {.name = "gap_at_end", .value = gap},
      {.name = "gap_over_fall", .value = 100 * gap / train.fall, .unit = "%"},
      {.name = "share_of_evaluations_below", .value = 100 * persistence, .unit = "%"}};
  finding.remedies = {
      "Compute the training loss once in evaluation mode, on training data without augmentation: "
      "if the gap goes, the metric was the cause.",
      "Check how the validation set was chosen: easy or duplicated examples, another class mix, "
      "examples of the training set (leak).",
      "Split again at random (80/20, by patient, user or time where that applies) and compare.",
      "If dropout or augmentation is that strong, weaken it: dropout 0.1-0.3.",
  };
  finding.ruled_out = {
      "Half an epoch of lag of a running average: the gap stays when the train loss is shifted by "
      "it.",
      "Dropout or augmentation: those hardly matter early, and here validation is already far "
      "lower "
      "when the train loss is half-way down."};
  finding.alternatives = {
      "Label noise in the training data only (`label-noise`): then the train loss stays high and "
      "its accuracy low.",
      "Label smoothing or a penalty that only the train loss includes: see the code of the loss."};
  ctx.Report(std::move(finding));
}

constexpr std::string_view kExplainedBy[] = {"not-learning", "divergence", "loss-increasing"};

}  // namespace

extern constinit const Rule validation_easier{
    .id = "validation-easier",
    .severity = Severity::kWarning,
    .summary = "the validation loss lies far below the training loss throughout",
    .doc = R"(## What it finds
A validation loss below 0.7 times the training loss at nearly every evaluation, with a gap of more than 6.5 % of the fall.
## Why it matters
The validation set does not measure what training works on: it is easier, leaks, or the two losses are not the same quantity.
Choices made by it are not safe.
## What to try
Evaluate the training data in evaluation mode; look at how the split was made; look for duplicates; split again.
## Known limits
Label smoothing, strong dropout, mixup and penalties that only the training loss includes look the same.
)",
    .params = kParams,
    .explained_by = kExplainedBy,
    .check = Check,
};

}  // namespace telltale::diagnosis::rules
