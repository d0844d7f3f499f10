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

constexpr ParamSpec kSize{"size", 200, 2, 100000, "examples in the validation set, at least"};
constexpr ParamSpec kSure{"sure", 40, 2, 100000, "size from which downwards it is a warning"};
constexpr ParamSpec kError{"error", 0.02, 0, 0.5,
                           "standard error of the accuracy, from which that is too few"};
constexpr ParamSpec kShare{"share", 0.05, 0.001, 0.5,
                           "share of all examples in it, where both sizes are logged"};
constexpr ParamSpec kParams[] = {kSize, kSure, kError, kShare};

size_t Distinct(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return static_cast<size_t>(std::unique(values.begin(), values.end()) - values.begin());
}

struct Size {
  double n = 0;
  double accuracy = 0.5;
  bool logged = false;
};

Size Find(const RunView& view) {
  Size size;
  const auto logged = NumericParam(view, {"n_val", "val_size", "num_val", "n_valid", "val_samples",
                                          "validation_samples", "num_val_samples", "valid_size"});
  const Curve* metric = view.validation_metric;
  const bool accuracy =
      metric != nullptr && metric->role.quantity == model::Quantity::kAccuracy && !metric->empty();
  if (accuracy) size.accuracy = Median(AsShares(metric->values));
  if (logged && *logged > 1) {
    size.n = *logged;
    size.logged = true;
  } else if (accuracy) {
    const std::vector<double> shares = AsShares(metric->values);
    const auto recovered = RecoverEvaluationSize(shares);
    // A divisor of the size fits a few values by chance; five or more rule that out well enough.
    if (recovered && Distinct(shares) >= 5) size.n = static_cast<double>(recovered->n);
  }
  return size;
}

void Check(Context& ctx) {
  const RunView& view = ctx.view();
  const Size size = Find(view);
  if (size.n <= 0) {
    return ctx.NotAssessable("needs a validation accuracy with at least 5 distinct values");
  }
  const auto train = NumericParam(
      view, {"n_train", "train_size", "num_train", "train_samples", "num_train_samples"});
  const double share = size.logged && train && *train > 0 ? size.n / (size.n + *train) : 1;
  const double p = std::clamp(size.accuracy, 0.5 / size.n, 1 - 0.5 / size.n);
  const double error = std::sqrt(p * (1 - p) / size.n);
  const bool few = size.n < ctx.param(kSize) && error > ctx.param(kError);
  if (!few && size.n > ctx.param(kSure) && share >= ctx.param(kShare)) return;
  Finding finding{.severity = size.n <= ctx.param(kSure) ? Severity::kWarning : Severity::kInfo};
  finding.confidence = size.logged ? 0.97 : 0.85;
  const Curve* curve =
      view.validation_metric != nullptr ? view.validation_metric : view.validation_loss;
  if (curve != nullptr && !curve->empty()) {
    finding.first_step = curve->steps.front();
    finding.last_step = curve->steps.back();
  }
  finding.summary = absl::StrFormat(
      "The validation set has %s examples%s: one of them moves the accuracy by %s, and its "
      "standard error is %s.",
      Num(size.n), size.logged ? "" : " by the steps of its accuracy", Percent(1 / size.n),
      Percent(error));
  finding.evidence = {
      {.name = "validation_examples", .value = size.n},
      {.name = "accuracy_step", .value = 100 / size.n, .unit = "%"},
      {.name = "standard_error", .value = 100 * error, .unit = "%"},
      {.name = "smallest_difference", .value = 100 * 2 * std::sqrt(2.0) * error, .unit = "%"}};
  finding.remedies = {
      absl::StrFormat("Do not take differences below %s for real.",
                      Percent(2 * std::sqrt(2.0) * error)),
      "Hold back a fifth of the data (80/20), or use 5-fold cross-validation when data are few.",
      "Let the schedule and early stopping watch a median of several evaluations (patience 5-10)."};
  finding.ruled_out = {
      "An average over classes or batches: all values are multiples of one "
      "fraction."};
  finding.alternatives = {
      "The set is a multiple of that size and its values happen to share a "
      "divisor; unlikely with many values."};
  ctx.Report(std::move(finding));
}

}  // namespace

extern constinit const Rule tiny_validation{
    .id = "tiny-validation",
    .severity = Severity::kInfo,
    .summary = "the validation set is too small for its figures to mean much",
    .doc = R"(## What it finds
The size of the validation set, from the fraction that all its accuracies are multiples of (or from the hyper-parameters), below 200 with a standard error above 2 %; with 40 or fewer
it is a warning. A share below 5 % of all examples counts too where both sizes are logged.
## Why it matters
With 30 images one more right answer is 3.3 %, and the standard error at 50 % is 9 %: schedules and early stopping then follow chance.
## What to try
A fifth of the data for validation, cross-validation, decisions on medians of several evaluations.
## Known limits
Averages over classes, AUC and averages over batches have no such steps. What is found is the size or a divisor of it.
)",
    .params = kParams,
    .check = Check,
};

}  // namespace telltale::diagnosis::rules
