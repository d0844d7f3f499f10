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

constexpr ParamSpec kEvaluations{"evaluations", 10, 4, 10000,
                                 "evaluations with the same accuracy, for a warning"};
constexpr ParamSpec kHighest{"highest", 0.95, 0.5, 1, "accuracy from which being constant is fine"};
constexpr ParamSpec kParams[] = {kEvaluations, kHighest};

struct Values {
  size_t distinct = 0;  // after the first evaluation; counts to three
  double value = 0;     // the last one
  size_t n = 0;
};

Values Count(const Curve& curve) {
  Values out{.n = curve.size()};
  std::vector<double> shares = AsShares(curve.values);
  out.value = shares.back();
  std::sort(shares.begin() + 1, shares.end());
  out.distinct = 1;
  for (size_t i = 2; i < shares.size() && out.distinct < 3; ++i) {
    out.distinct += shares[i] != shares[i - 1] ? 1 : 0;
  }
  return out;
}

void Check(Context& ctx) {
  const RunView& view = ctx.view();
  const Curve* curve =
      view.validation_metric != nullptr ? view.validation_metric : view.train_metric;
  if (curve == nullptr || curve->role.quantity != model::Quantity::kAccuracy) {
    return ctx.NotAssessable("needs an accuracy");
  }
  if (curve->size() < 6) return;
  const Values values = Count(*curve);
  if (values.distinct > 2 || values.value >= ctx.param(kHighest)) return;
  // One value is not the model's answer where the loss is learned all the same: the metric may be
  // wrong for the task, or the held-out classes unknown.
  const auto left = RemainingLoss(view);
  const bool learns = left && *left < 0.8;
  const bool sure =
      values.distinct == 1 && !learns && static_cast<double>(values.n) >= ctx.param(kEvaluations);
  Finding finding{.severity = sure ? Severity::kWarning : Severity::kInfo};
  finding.confidence = sure ? 0.9 : 0.6;
  finding.first_step = curve->steps.front();
  finding.last_step = curve->steps.back();
  finding.summary = absl::StrFormat("Accuracy takes %s in %d evaluations (%s): %s.",
                                    values.distinct == 1 ? "one value" : "two values", values.n,
                                    Num(values.value),
                                    learns ? "it does not measure what the loss learns"
                                           : "the model answers the same whatever it is shown");
  finding.evidence = {{.name = "distinct_values",
                       .value = static_cast<double>(values.distinct),
                       .series = curve->name},
                      {.name = "accuracy", .value = values.value, .series = curve->name},
                      {.name = "classes_if_balanced",
                       .value = values.value > 0 ? std::round(1 / values.value) : 0}};
  finding.remedies = {
      "Look at the predictions of one batch: one class only means zero weights, dead ReLU units or "
      "a learning rate that killed them.",
      "Check the labels' encoding and that the loss fits the last layer (softmax once, not twice).",
      "If the value is the share of the largest class, weight the classes (for 8:2, {0: 1.2, 1: "
      "0.8}) and log recall per class."};
  finding.ruled_out = {"A perfect score: it is below the level at which being constant is fine."};
  finding.alternatives = {
      "An accuracy that does not fit the task (regression, several labels at once): exact matches "
      "hardly occur there.",
      "A validation set of a handful of examples, or of classes that training never saw."};
  ctx.Report(std::move(finding));
}

constexpr std::string_view kExplainedBy[] = {"not-learning", "class-imbalance", "non-finite",
                                             "divergence", "loss-increasing"};

}  // namespace

extern constinit const Rule constant_prediction{
    .id = "constant-prediction",
    .severity = Severity::kWarning,
    .summary = "the accuracy never changes",
    .doc = R"(## What it finds
An accuracy below 0.95 with at most two values in all evaluations after the first; with one value in ten or more, and a training
loss that hardly falls, it is a warning.
## Why it matters
A model that learns changes some answers. One that gives the same answer to everything scores the share of that class, for ever.
## What to try
Look at the predictions; zero initialisation, dead ReLU units, wrong label encoding, a doubled softmax; class weights.
## Known limits
A validation set of a few examples has few values to take.
)",
    .params = kParams,
    .explained_by = kExplainedBy,
    .check = Check,
};

}  // namespace telltale::diagnosis::rules
