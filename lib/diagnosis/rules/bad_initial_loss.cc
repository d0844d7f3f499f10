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

constexpr ParamSpec kHigh{"high", 2, 1.1, 1000, "first loss over that of guessing, ln(classes)"};
constexpr ParamSpec kLow{"low", 0.5, 0.01, 0.95,
                         "the same ratio, below which the start was not a guess"};
constexpr ParamSpec kMostClasses{"most-classes", 1000, 2, 1e6,
                                 "classes that are assumed where their number is not logged"};
constexpr ParamSpec kParams[] = {kHigh, kLow, kMostClasses};

// Accuracy that a model of very many classes (tokens of a vocabulary) would not have at first.
constexpr double kFewClasses = 0.02;

double FirstAccuracy(const RunView& view) {
  const Curve* curve = view.train_metric != nullptr ? view.train_metric : view.validation_metric;
  return curve != nullptr && !curve->empty() ? AsShares(curve->values).front() : 0;
}

void Describe(const RunView& view, double first, double guess, std::string_view how,
              Finding& finding) {
  const Curve& loss = *view.train_loss_steps;
  finding.first_step = finding.last_step = loss.steps.front();
  finding.summary =
      absl::StrFormat("Training loss begins at %s, %s times what guessing costs (%s, %s).",
                      Num(first), Num(first / guess), Num(guess), std::string(how));
  finding.evidence = {
      {.name = "first_over_guess", .value = first / guess, .unit = "x", .series = loss.name},
      {.name = "first_loss", .value = first, .series = loss.name},
      {.name = "loss_of_guessing", .value = guess}};
}

void Check(Context& ctx) {
  if (!Has(ctx, Needs::kTrainLoss, 3)) return;
  const RunView& view = ctx.view();
  if (!IsClassification(view)) {
    return ctx.NotAssessable("needs an accuracy: only classification has a known first loss");
  }
  const auto classes = NumericParam(
      view, {"num_classes", "n_classes", "classes", "nb_classes", "num_labels", "n_labels"});
  const bool known = classes.has_value() && *classes >= 2;
  if (!known && FirstAccuracy(view) < kFewClasses) {
    return ctx.NotAssessable("needs the number of classes (hyper-parameter num_classes)");
  }
  const double guess = std::log(known ? *classes : ctx.param(kMostClasses));
  const double first = view.train_loss_steps->values.front();
  const double ratio = first / guess;
  Finding finding;
  if (ratio > ctx.param(kHigh)) {
    finding.severity = Severity::kWarning;
    finding.confidence = Grade(0.6, 0.95, Strength(ratio, ctx.param(kHigh), 10));
    Describe(view, first, guess, known ? "ln of the classes" : "even for a thousand classes",
             finding);
    finding.remedies = {
        "Scale the inputs to [-1, 1] or to zero mean and unit variance, or begin with batch "
        "normalisation.",
        "Initialise the last layer smaller (standard deviation 0.01, bias 0).",
        "Check the reduction: a sum over the batch is batch size times the mean."};
    finding.alternatives = {"A penalty inside the logged loss: log it apart.",
                            "A loss that is not a cross-entropy."};
  } else if (known && first > 0 && ratio < ctx.param(kLow)) {
    finding.severity = Severity::kInfo;
    finding.confidence = 0.5;
    Describe(view, first, guess, "ln of the classes", finding);
    finding.remedies = {
        "Nothing, for pretrained weights, or for a first point that is an average over an epoch.",
        "For weights from scratch look for labels among the inputs, and at the reduction."};
    finding.alternatives = {"The first point is late: much was learned before it."};
  } else {
    return;
  }
  ctx.Report(std::move(finding));
}

constexpr std::string_view kExplainedBy[] = {"unnormalised-input", "loss-increasing"};

}  // namespace

extern constinit const Rule bad_initial_loss{
    .id = "bad-initial-loss",
    .severity = Severity::kWarning,
    .summary = "the first loss is not that of guessing",
    .doc = R"(## What it finds
A classifier's first training loss above 2 or below 0.5 times ln(number of classes), which is what guessing costs: 2.303 for ten. Where the
number is not among the hyper-parameters, a thousand are assumed, and only a loss too high for those is reported.
## Why it matters
A healthy start is within a few per cent of it. Far above, the first steps only undo the initialisation, and may kill units on the way.
## What to try
Normalise inputs, a smaller last layer, the mean instead of the sum as reduction.
## Known limits
Pretrained weights begin lower. Label smoothing, penalties inside the loss and losses other than cross-entropy have another start.
A first point that averages an epoch hides it. Regression has no known first loss.
)",
    .params = kParams,
    .explained_by = kExplainedBy,
    .check = Check,
};

}  // namespace telltale::diagnosis::rules
