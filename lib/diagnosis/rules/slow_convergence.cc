#include <algorithm>
#include <cmath>
#include <optional>
#include <string>

#include "absl/strings/str_format.h"
#include "lib/diagnosis/context.h"
#include "lib/diagnosis/level.h"
#include "lib/diagnosis/wording.h"

namespace telltale::diagnosis::rules {
namespace {

constexpr ParamSpec kLate{
    "late", 0.1, 0.02, 0.5,
    "share of the fall in the last quarter: an even pace would make a quarter of it"};
constexpr ParamSpec kEven{
    "even", 0.6, 0.3, 0.95,
    "largest share of the fall in the first third: fast starters are not slow"};
constexpr ParamSpec kLeft{"left", 0.5, 0.1, 1,
                          "train loss left at the end, as a share of its start"};
constexpr ParamSpec kParams[] = {kLate, kEven, kLeft};

void Check(Context& ctx) {
  if (!Has(ctx, Needs::kTrainLoss, 8)) return;
  const RunView& view = ctx.view();
  const Shape& train = CalmerLoss(view);
  const std::optional<double> remaining = RemainingLoss(view);
  if (!remaining) return ctx.NotAssessable("needs a positive loss whose floor is known");
  if (*remaining < ctx.param(kLeft) || train.fall < 0.04 * train.start) return;
  if (train.fall < 6 * train.noise) return;
  const double late = train.ShareOfFall(0.75, 1), early = train.ShareOfFall(0, 1.0 / 3);
  if (late < ctx.param(kLate) || early > ctx.param(kEven)) return;
  const Shape& validation = view.validation;
  if (validation.n >= 6 && validation.ShareOfFall(0.75, 1) < 0.5 * ctx.param(kLate)) return;
  const std::optional<double> rate = RelativeRate(view, 0.75);
  if (rate && *rate < 0.1) return;
  Finding finding{.severity = Severity::kWarning};
  finding.confidence = Grade(0.6, 0.9, Strength(late, ctx.param(kLate), 2.5));
  finding.first_step = view.trend.steps.front();
  finding.last_step = view.trend.steps.back();
  finding.summary = absl::StrFormat(
      "Training loss falls at an almost even pace from %s to %s and has %s of its start left: the "
      "steps are too small.",
      Num(train.start), Num(train.end), Percent(*remaining));
  finding.evidence = {{.name = "share_of_fall_in_first_third",
                       .value = 100 * early,
                       .unit = "%",
                       .series = view.trend.name},
                      {.name = "share_of_fall_in_last_quarter",
                       .value = 100 * late,
                       .unit = "%",
                       .series = view.trend.name},
                      {.name = "remaining_loss",
                       .value = 100 * *remaining,
                       .unit = "%",
                       .series = view.trend.name}};
  std::string now;
  if (!view.trend_lr.empty()) {
    const double peak = *std::max_element(view.trend_lr.begin(), view.trend_lr.end());
    finding.evidence.push_back(
        {.name = "peak_learning_rate", .value = peak, .series = view.learning_rate->name});
    now = absl::StrFormat(" (now %s, so try %s to %s)", Num(peak), Num(3 * peak), Num(10 * peak));
  }
  if (view.update_ratio != nullptr) {
    finding.evidence.push_back({.name = "update_ratio",
                                .value = Median(view.update_ratio->values),
                                .series = view.update_ratio->name});
  }
  finding.remedies = {
      absl::StrFormat("Raise the learning rate 3-10 times%s; usual values lie in 1e-5 to 1e-2.",
                      now),
      "Use Adam, or momentum 0.9 instead of plain SGD; normalise the inputs.",
      "Look at the update-to-weight ratio: about 1e-3 is healthy, below 1e-4 is slow.",
      "Check that the layers that matter are not frozen.",
  };
  finding.ruled_out = {"A plateau: the loss is still falling.",
                       "A decayed learning rate: it is above a tenth of its peak."};
  finding.alternatives = {
      "A budget too short for a normal pace (`undertrained`): one run at 3 times the rate tells "
      "within a few epochs."};
  ctx.Report(std::move(finding));
}

constexpr std::string_view kExplainedBy[] = {"not-learning", "divergence",     "loss-increasing",
                                             "oscillation",  "early-lr-decay", "slow-start"};

}  // namespace

extern constinit const Rule slow_convergence{
    .id = "slow-convergence",
    .severity = Severity::kWarning,
    .summary = "the loss falls evenly, slowly, and is far from done",
    .doc = R"(## What it finds
A train loss that falls at an almost even pace (a healthy one makes most of its fall early), with more than half of its start left at the
end and no decay of the learning rate to explain it.
## Why it matters
At this pace the run needs many times its length. The step size is the usual limit, not the number of epochs.
## What to try
A learning rate 3-10 times higher (range 1e-5 to 1e-2), momentum or Adam, normalised inputs, nothing frozen by mistake.
## Known limits
A run that was stopped very early looks the same; a sibling run with a higher rate decides.
)",
    .params = kParams,
    .explained_by = kExplainedBy,
    .check = Check,
};

}  // namespace telltale::diagnosis::rules
