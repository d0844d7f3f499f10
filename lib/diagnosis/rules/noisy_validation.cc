#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_format.h"
#include "lib/diagnosis/context.h"
#include "lib/diagnosis/level.h"
#include "lib/diagnosis/wording.h"

namespace telltale::diagnosis::rules {
namespace {

constexpr ParamSpec kScatter{
    "scatter", 0.06, 0.005, 2,
    "scatter of the validation loss from evaluation to evaluation, as a share of its level"};
constexpr ParamSpec kOverTrain{"over-train", 3, 1, 50,
                               "the same scatter over that of the train loss (both relative)"};
constexpr ParamSpec kSmallSet{
    "small-set", 50, 5, 1000,
    "size of the validation set below which its accuracy is too coarse to steer by"};
constexpr ParamSpec kParams[] = {kScatter, kOverTrain, kSmallSet};

struct Noise {
  double validation = 0;  // relative to the level
  double train = 0;
};

// Both over the larger of the two levels: scatter far below the train loss is no matter.
Noise Measure(const RunView& view) {
  const double level = std::max(std::abs(Median(view.loss_validation.level)),
                                std::abs(Median(view.loss_train.level)));
  if (!(level > 0)) return {};
  return {.validation = view.loss_validation.noise / level, .train = view.loss_train.noise / level};
}

std::optional<EvaluationSize> SizeOfSet(const RunView& view) {
  const Curve* metric = view.validation_metric;
  if (metric == nullptr || metric->role.quantity != model::Quantity::kAccuracy) return std::nullopt;
  return RecoverEvaluationSize(AsShares(metric->values));
}

// Share of the evaluations at which the accuracy is another than before.
double ChangeShare(const std::vector<double>& values) {
  size_t changes = 0;
  for (size_t i = 1; i < values.size(); ++i) changes += values[i] != values[i - 1] ? 1 : 0;
  return values.size() > 1 ? static_cast<double>(changes) / static_cast<double>(values.size() - 1)
                           : 0;
}

void Check(Context& ctx) {
  if (!Has(ctx, Needs::kLossPair, 8)) return;
  const RunView& view = ctx.view();
  const Noise noise = Measure(view);
  const bool jagged = noise.validation > ctx.param(kScatter) &&
                      noise.validation > ctx.param(kOverTrain) * noise.train;
  const std::optional<EvaluationSize> set = SizeOfSet(view);
  const bool tiny = set && static_cast<double>(set->n) < ctx.param(kSmallSet) &&
                    ChangeShare(view.validation_metric->values) > 0.15;
  if (!jagged && !tiny) return;
  Finding finding{.severity = Severity::kWarning};
  finding.confidence =
      jagged ? Grade(0.6, 0.92, Strength(noise.validation, ctx.param(kScatter), 4)) : 0.85;
  finding.first_step = view.loss.steps.front();
  finding.last_step = view.loss.steps.back();
  finding.evidence = {{.name = "validation_scatter",
                       .value = 100 * noise.validation,
                       .unit = "%",
                       .series = view.validation_loss->name},
                      {.name = "train_scatter",
                       .value = 100 * noise.train,
                       .unit = "%",
                       .series = view.trend.name}};
  std::string size_text;
  if (set) {
    finding.evidence.push_back({.name = "validation_set_size",
                                .value = static_cast<double>(set->n),
                                .unit = "examples",
                                .series = view.validation_metric->name});
    finding.evidence.push_back({.name = "standard_error_of_accuracy",
                                .value = 100 * set->standard_error,
                                .unit = "%",
                                .series = view.validation_metric->name});
    size_text =
        absl::StrFormat("; its accuracies are multiples of 1/%d, so %s is one standard error",
                        set->n, Percent(set->standard_error));
  }
  finding.summary =
      jagged ? absl::StrFormat(
                   "Validation loss scatters by %s of its level from one evaluation to the next, "
                   "training loss by %s%s.",
                   Percent(noise.validation), Percent(noise.train), size_text)
             : absl::StrFormat(
                   "Validation accuracy moves in steps of %s%s: differences below %s say nothing.",
                   Percent(1.0 / static_cast<double>(set->n)), size_text,
                   Percent(2.83 * set->standard_error));
  finding.remedies = {
      tiny ? absl::StrFormat("Enlarge the validation set (about %d examples now; 20 %% of the "
                             "data, at least 1000 where possible) or use k-fold.",
                             set->n)
           : "Enlarge the validation set (20 % of the data), or evaluate all of it instead of a "
             "few batches.",
      "Judge by a running mean of 5 evaluations, and give early stopping more patience (10 or "
      "more).",
      "With batch normalisation: check momentum (0.9 for short runs) and that evaluation runs in "
      "evaluation mode.",
      "Lower or decay the learning rate; evaluate an exponential average of the weights.",
  };
  finding.ruled_out = {"Noise that training has as well: the train loss is calm."};
  finding.alternatives = {
      "A learning rate too high for the validation data's outliers: the scatter falls when it "
      "decays.",
      "Batch statistics that lag (batch normalisation): the scatter is worst in the first epochs."};
  ctx.Report(std::move(finding));
}

constexpr std::string_view kExplainedBy[] = {"divergence", "late-oscillation", "oscillation"};

}  // namespace

extern constinit const Rule noisy_validation{
    .id = "noisy-validation",
    .severity = Severity::kWarning,
    .summary = "the validation curve scatters far more than the training curve",
    .doc = R"(## What it finds
A validation loss that scatters by 6 % or more of its level from one evaluation to the next, three times as much as the train loss; or
an accuracy whose values are multiples of 1/n for an n below 50. n is recovered from the values alone.
## Why it matters
The best checkpoint, early stopping and comparisons between runs are then decided by chance.
## What to try
A larger validation set (20 % of the data) or k-fold, a running mean over 5 evaluations, more patience, a lower learning rate.
## Known limits
n may be a divisor of the true size. Macro-averaged metrics and averages of batches hide it.
)",
    .params = kParams,
    .explained_by = kExplainedBy,
    .check = Check,
};

}  // namespace telltale::diagnosis::rules
