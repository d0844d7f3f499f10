#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_format.h"
#include "lib/diagnosis/context.h"
#include "lib/diagnosis/stats.h"
#include "lib/diagnosis/wording.h"

namespace telltale::diagnosis::rules {
namespace {

constexpr ParamSpec kRatio{"ratio", 1.5, 1.05, 100,
                           "training over validation loss, at every evaluation"};
constexpr ParamSpec kParams[] = {kRatio};

void Check(Context& ctx) {
  if (!Has(ctx, Needs::kLossPair, 5)) return;
  const RunView& view = ctx.view();
  const Pair& pair = view.loss;
  std::vector<double> ratios;
  for (size_t i = 0; i < pair.size(); ++i) {
    if (!(pair.validation[i] > 0) || !(pair.train[i] > 0)) return;
    ratios.push_back(pair.train[i] / pair.validation[i]);
  }
  const double lowest = *std::min_element(ratios.begin(), ratios.end());
  const bool other_loss = view.train_loss->role.name != view.validation_loss->role.name;
  // A difference of definition shows from the first evaluation on; different names only say that it
  // is to be expected.
  const double needed = other_loss ? std::max(1.05, 0.7 * ctx.param(kRatio)) : ctx.param(kRatio);
  if (lowest < needed) return;
  Finding finding{.severity = Severity::kInfo};
  finding.confidence = Grade(0.5, 0.85, Strength(lowest, needed, 4));
  finding.first_step = pair.steps.front();
  finding.last_step = pair.steps.back();
  finding.summary = absl::StrFormat(
      "Training loss is at least %s times the validation loss at each of %d evaluations: they are "
      "probably not the same quantity.",
      Num(lowest), pair.size());
  finding.evidence = {{.name = "lowest_ratio", .value = lowest, .unit = "x"},
                      {.name = "median_ratio", .value = Median(ratios), .unit = "x"},
                      {.name = "first_ratio", .value = ratios.front(), .unit = "x"}};
  finding.remedies = {
      "Log the training loss in evaluation mode too: no dropout, no augmentation, no mixup, no "
      "label smoothing.",
      "Log penalties and auxiliary losses under tags of their own.",
      "Check that both are averaged alike: per example, per token, per batch."};
  finding.ruled_out = {
      "Usual dropout and augmentation: those seldom exceed a ratio of 1.5 at "
      "every evaluation."};
  finding.alternatives = {
      "A validation set that is easier than the training set: then the ratio "
      "grows with time."};
  ctx.Report(std::move(finding));
}

constexpr std::string_view kExplainedBy[] = {"validation-easier", "label-noise", "not-learning",
                                             "divergence", "loss-increasing"};

}  // namespace

extern constinit const Rule loss_scale_not_comparable{
    .id = "loss-scale-not-comparable",
    .severity = Severity::kInfo,
    .summary = "training and validation loss do not seem to be the same quantity",
    .doc = R"(## What it finds
A training loss that is at least 1.5 times the validation loss at every single evaluation (with different names of the two: 1.05 times).
## Why it matters
The gap between the two then says nothing about generalisation; its change still does.
## What to try
Log the training loss in evaluation mode; log penalties, mixup and distillation losses separately.
## Known limits
Strong dropout does the same. `validation-easier` speaks up, at a higher severity, when the gap is large beside the fall of the loss.
)",
    .params = kParams,
    .explained_by = kExplainedBy,
    .check = Check,
};

}  // namespace telltale::diagnosis::rules
