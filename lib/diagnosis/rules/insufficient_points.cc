#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/str_format.h"
#include "lib/diagnosis/context.h"
#include "lib/diagnosis/wording.h"

namespace telltale::diagnosis::rules {
namespace {

constexpr ParamSpec kEvaluations{"evaluations", 5, 2, 1000,
                                 "points of a loss or metric, below which trends are not judged"};
constexpr ParamSpec kParams[] = {kEvaluations};

struct Longest {
  size_t points = 0;
  std::string name = {};
  std::optional<int64_t> first = {};
  std::optional<int64_t> last = {};
};

void Take(const Curve* curve, Longest& longest) {
  if (curve == nullptr || curve->size() <= longest.points) return;
  longest = {.points = curve->size(), .name = curve->name};
  longest.first = curve->steps.front();
  longest.last = curve->steps.back();
}

std::string Summary(const Longest& train, const Longest& held_out) {
  if (train.points + held_out.points == 0) {
    return "No series is recognised as a loss or a metric with a known direction, so nothing is "
           "judged.";
  }
  if (held_out.points == 0 || held_out.points >= train.points) {
    return absl::StrFormat("The longest loss or metric has %d points: too few to judge a trend.",
                           std::max(train.points, held_out.points));
  }
  return absl::StrFormat(
      "Validation has %d points beside %d of training: too few to judge how it generalises.",
      held_out.points, train.points);
}

void Check(Context& ctx) {
  const RunView& view = ctx.view();
  Longest train, held_out;
  for (const Curve* curve : {view.train_loss, view.train_loss_steps, view.train_metric}) {
    Take(curve, train);
  }
  for (const Curve* curve : {view.validation_loss, view.validation_metric}) Take(curve, held_out);
  if (view.meaning != LossMeaning::kObjective && held_out.points == 0) return;
  const auto needed = static_cast<size_t>(ctx.param(kEvaluations));
  const bool no_validation = held_out.points == 0 && train.points >= needed;
  if (no_validation || held_out.points >= needed) return;
  Finding finding{.severity = Severity::kInfo, .confidence = 1};
  finding.summary = Summary(train, held_out);
  const Longest& shown = held_out.points > 0 ? held_out : train;
  finding.first_step = shown.first;
  finding.last_step = shown.last;
  finding.evidence = {{.name = "train_points", .value = static_cast<double>(train.points)},
                      {.name = "validation_points", .value = static_cast<double>(held_out.points)},
                      {.name = "needed", .value = static_cast<double>(needed)}};
  finding.remedies = {"Log the loss every 50-100 batches, and evaluate at least 10 times in a run.",
                      "If a tag is a loss under another name, say so: --role TAG=validation:loss."};
  ctx.Report(std::move(finding));
}

constexpr std::string_view kExplainedBy[] = {"non-finite"};

}  // namespace

extern constinit const Rule insufficient_points{
    .id = "insufficient-points",
    .severity = Severity::kInfo,
    .summary = "too few points of every loss and metric to judge a trend",
    .doc = R"(## What it finds
A run without a loss or metric of at least five points, or whose validation has fewer. Rules that need more are not run; `not_assessable`
lists them with what each needs.
## Why it matters
"No finding" is not "healthy" here.
## What to try
Log every 50-100 batches, evaluate at least 10 times in a run; name the roles of tags that were not recognised.
## Known limits
A run that has just begun looks the same.
)",
    .params = kParams,
    .explained_by = kExplainedBy,
    .check = Check,
};

}  // namespace telltale::diagnosis::rules
