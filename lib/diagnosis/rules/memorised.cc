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

constexpr ParamSpec kAccuracy{"accuracy", 0.999, 0.9, 1, "final training accuracy, at least"};
constexpr ParamSpec kBehind{"behind", 0.05, 0.001, 0.9, "by how much validation lies below it"};
constexpr ParamSpec kParams[] = {kAccuracy, kBehind};

void Check(Context& ctx) {
  const RunView& view = ctx.view();
  if (view.metric.size() < 5 || view.train_metric->role.quantity != model::Quantity::kAccuracy) {
    return ctx.NotAssessable("needs a training and a validation accuracy");
  }
  const std::vector<double> train = AsShares(view.metric.train);
  const std::vector<double> validation = AsShares(view.metric.validation);
  const Shape fitted = MakeShape(train);
  const double behind = fitted.end - MakeShape(validation).end;
  if (fitted.end < ctx.param(kAccuracy) || behind < ctx.param(kBehind)) return;
  size_t since = train.size();
  while (since > 0 && train[since - 1] >= ctx.param(kAccuracy)) --since;
  since = std::min(since, train.size() - 1);
  Finding finding{.severity = Severity::kInfo};
  finding.confidence = Grade(0.6, 0.9, Strength(behind, ctx.param(kBehind), 5));
  finding.first_step = view.metric.steps[since];
  finding.last_step = view.metric.steps.back();
  finding.summary = absl::StrFormat(
      "Training accuracy is %s from step %d on, validation accuracy %s: the training data are "
      "known by heart.",
      Num(fitted.end), view.metric.steps[since], Num(fitted.end - behind));
  finding.evidence = {
      {.name = "train_accuracy", .value = fitted.end, .series = view.train_metric->name},
      {.name = "accuracy_gap", .value = behind},
      {.name = "memorised_at",
       .value = static_cast<double>(view.metric.steps[since]),
       .unit = "step"}};
  finding.remedies = {
      "As a baseline this is good: the model is large enough. Now regularise: augmentation, "
      "dropout 0.1-0.5, weight decay.",
      "Nothing more is learned from examples that are all right: stop, or add data."};
  finding.alternatives = {
      "A task that a small model learns completely; then validation would "
      "follow.",
      "Generalisation that comes much later: one long run tells."};
  ctx.Report(std::move(finding));
}

constexpr std::string_view kExplainedBy[] = {
    "overfitting", "validation-mismatch", "generalization-gap", "label-noise", "class-imbalance"};

}  // namespace

extern constinit const Rule memorised{
    .id = "memorised",
    .severity = Severity::kInfo,
    .summary = "every training example is right, and validation stays behind",
    .doc = R"(## What it finds
A final training accuracy of 0.999 or more with a validation accuracy at least 0.05 below.
## Why it matters
Capacity is not the limit any more; the data or the regularisation is.
## What to try
Augmentation, dropout, weight decay, more data.
## Known limits
Sometimes validation follows much later (`delayed-generalization`).
)",
    .params = kParams,
    .explained_by = kExplainedBy,
    .check = Check,
};

}  // namespace telltale::diagnosis::rules
