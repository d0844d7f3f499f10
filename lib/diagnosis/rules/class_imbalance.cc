#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "absl/strings/str_format.h"
#include "lib/diagnosis/context.h"
#include "lib/diagnosis/level.h"
#include "lib/diagnosis/wording.h"

namespace telltale::diagnosis::rules {
namespace {

constexpr ParamSpec kMajority{"majority", 0.65, 0.5, 0.95,
                              "least accuracy that counts as the share of a majority class"};
constexpr ParamSpec kStuck{"stuck", 0.6, 0.2, 0.95,
                           "share of the evaluations at which the accuracy must sit at one value"};
constexpr ParamSpec kLossMoves{
    "loss-moves", 0.3, 0.01, 0.9,
    "change of the validation or train loss during that time, as a share of its level"};
constexpr ParamSpec kEntropy{
    "entropy", 0.5, 0.1, 1,
    "train loss over the entropy of the majority share: confident models lie far below 1"};
constexpr ParamSpec kParams[] = {kMajority, kStuck, kLossMoves, kEntropy};

struct Stuck {
  double value = 0;  // the accuracy that it sits at
  double share = 0;  // of the evaluations
  size_t since = 0;  // first evaluation there
};

// The value at which most evaluations sit, to within a quarter of a per cent: a constant answer
// gives a constant accuracy.
Stuck FindStuck(const std::vector<double>& accuracy) {
  Stuck stuck{.value = Median(accuracy)};
  const auto at_it = [&](double a) { return std::abs(a - stuck.value) <= 0.0025; };
  stuck.share = static_cast<double>(std::count_if(accuracy.begin(), accuracy.end(), at_it)) /
                static_cast<double>(accuracy.size());
  stuck.since =
      static_cast<size_t>(std::find_if(accuracy.begin(), accuracy.end(), at_it) - accuracy.begin());
  return stuck;
}

double Entropy(double p) { return -p * std::log(p) - (1 - p) * std::log(1 - p); }

void Check(Context& ctx) {
  if (!Has(ctx, Needs::kMetric, 6)) return;
  const RunView& view = ctx.view();
  if (view.validation_metric->role.quantity != model::Quantity::kAccuracy)
    return ctx.NotAssessable("needs a validation accuracy");
  if (view.trend.size() < 6) return ctx.NotAssessable("needs 6 points of the training loss");
  const std::vector<double> accuracy = AsShares(view.validation_metric->values);
  const Stuck stuck = FindStuck(accuracy);
  if (stuck.value < ctx.param(kMajority) || stuck.value > 0.993 || stuck.share < ctx.param(kStuck))
    return;
  // Until the minority is learned, nothing can be better than the majority's share.
  if (*std::max_element(accuracy.begin(), accuracy.end()) > stuck.value + 0.003) return;
  // Train accuracy, where there is one, sits there as well.
  double train_accuracy = stuck.value;
  if (view.train_metric != nullptr) {
    const std::vector<double> train = AsShares(view.train_metric->values);
    const Stuck train_stuck = FindStuck(train);
    train_accuracy = train_stuck.value;
    // Better on the training data: it has learned something.
    if (train_stuck.value > stuck.value + 0.012 || train_stuck.value < stuck.value - 0.05 ||
        train_stuck.share < ctx.param(kStuck)) {
      return;
    }
  }
  // Meanwhile the loss moves: the scores change, the answers do not.
  const Shape& train = view.train;
  const double since = ShareOf(stuck.since, accuracy.size());
  const double moved = (train.At(since) - train.end) / std::max(std::abs(train.At(since)), 1e-300);
  if (moved < ctx.param(kLossMoves)) return;
  const double entropy = Entropy(std::clamp(train_accuracy, 0.01, 0.99));
  if (train.end < ctx.param(kEntropy) * entropy || train.end > 2.5 * entropy) return;
  // A confident model is far below the entropy of guessing on validation data as well.
  const double validation_entropy = Entropy(std::clamp(stuck.value, 0.01, 0.99));
  if (view.validation.n > 0 && view.validation.end < ctx.param(kEntropy) * validation_entropy)
    return;
  Finding finding{.severity = Severity::kWarning};
  finding.confidence = Grade(0.6, 0.92, Strength(stuck.share, ctx.param(kStuck), 2));
  finding.first_step = view.validation_metric->steps[stuck.since];
  finding.last_step = view.validation_metric->steps.back();
  finding.summary = absl::StrFormat(
      "Accuracy sits at %s from step %d on (%s of the evaluations) while training loss falls by "
      "%s: one class is answered for all.",
      Percent(stuck.value), *finding.first_step, Percent(stuck.share), Percent(moved));
  finding.evidence = {
      {.name = "accuracy", .value = stuck.value, .series = view.validation_metric->name},
      {.name = "share_of_evaluations_there",
       .value = 100 * stuck.share,
       .unit = "%",
       .series = view.validation_metric->name},
      {.name = "fall_of_train_loss_meanwhile",
       .value = 100 * moved,
       .unit = "%",
       .series = view.trend.name},
      {.name = "train_loss_over_majority_entropy",
       .value = train.end / entropy,
       .unit = "x",
       .series = view.trend.name}};
  finding.remedies = {
      "Look at per-class recall and the confusion matrix: accuracy hides a class that is never "
      "answered.",
      absl::StrFormat("Weight the classes (for 8:2, {0: 1.2, 1: 0.8} or inverse frequency) or "
                      "sample them evenly; the majority looks like %s.",
                      Percent(stuck.value)),
      "Judge by balanced accuracy, F1 or average precision, and stratify the split.",
      "Move the decision threshold, or use a focal loss (gamma 2).",
  };
  finding.ruled_out = {
      "Saturated at perfect accuracy: it is below 99.3 %.",
      "A confident, correct model: the loss is that of guessing by class frequency."};
  finding.alternatives = {
      "A validation set so small that the accuracy has few values: see `tiny-validation`."};
  ctx.Report(std::move(finding));
}

constexpr std::string_view kExplainedBy[] = {"not-learning", "divergence", "loss-increasing",
                                             "early-lr-decay"};

}  // namespace

extern constinit const Rule class_imbalance{
    .id = "class-imbalance",
    .severity = Severity::kWarning,
    .summary = "the accuracy sits at a majority share while the loss still moves",
    .doc = R"(## What it finds
A validation accuracy (and train accuracy) that sits at one value below 99.3 % for most of the run while the train loss goes on
falling, at a loss that fits the entropy of guessing by class frequency.
## Why it matters
The model answers the majority class for everything; the accuracy is only the share of that class.
## What to try
Per-class metrics, class weights ({0: 1.2, 1: 0.8} for 8:2), balanced sampling, a moved threshold, a focal loss.
## Known limits
Only accuracies show it; per-class counts are not in the logs. A validation set of a few dozen examples looks similar.
)",
    .params = kParams,
    .explained_by = kExplainedBy,
    .check = Check,
};

}  // namespace telltale::diagnosis::rules
