#include <algorithm>
#include <cmath>
#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_format.h"
#include "lib/diagnosis/context.h"
#include "lib/diagnosis/level.h"
#include "lib/diagnosis/stats.h"
#include "lib/diagnosis/wording.h"

namespace telltale::diagnosis::rules {
namespace {

constexpr ParamSpec kGrowth{"growth", 2, 1.1, 100,
                            "scatter in the last quarter over that in the second"};
constexpr ParamSpec kScatter{"scatter", 0.05, 0.001, 10,
                             "scatter in the last quarter as a share of the level"};
constexpr ParamSpec kStall{"stall", 0.02, 0, 0.5,
                           "share of the fall in the second half, with AdaGrad"};
constexpr ParamSpec kParams[] = {kGrowth, kScatter, kStall};

// Name of the optimiser, lower case; empty where it is not logged.
std::string Optimizer(const RunView& view) {
  for (const model::Param& param : view.params) {
    const auto* text = std::get_if<std::string>(&param.value);
    std::string name = absl::AsciiStrToLower(param.name);
    if (const size_t slash = name.rfind('/'); slash != std::string::npos) name.erase(0, slash + 1);
    const bool fits = name == "optimizer" || name == "optim" || name == "opt" ||
                      name == "optimizer_name" || name == "optimizer_type" || name == "optimiser";
    if (text != nullptr && fits) return absl::AsciiStrToLower(*text);
  }
  return {};
}

bool RateIsConstant(const RunView& view) {
  const auto& rate = view.trend_lr;
  if (rate.empty()) return true;  // nothing says that it changes
  const auto [low, high] = std::minmax_element(rate.begin(), rate.end());
  return *low > 0.9 * *high;
}

void ReportScatter(Context& ctx, double growth, double scatter) {
  const RunView& view = ctx.view();
  Finding finding{.severity = Severity::kInfo};
  finding.confidence = Grade(0.4, 0.7, Strength(growth, ctx.param(kGrowth), 5));
  finding.first_step = view.trend.steps[view.trend.size() - view.trend.size() / 4];
  finding.last_step = view.trend.steps.back();
  finding.summary = absl::StrFormat(
      "Adam at a constant learning rate scatters %s times more in the last quarter than in the "
      "second: its second moment forgets.",
      Num(growth));
  finding.evidence = {
      {.name = "scatter_growth", .value = growth, .unit = "x", .series = view.trend.name},
      {.name = "scatter_over_level",
       .value = 100 * scatter,
       .unit = "%",
       .series = view.trend.name}};
  finding.remedies = {
      "Let the learning rate decay to a tenth or less (cosine), or switch to SGD with momentum 0.9 "
      "for the last part.",
      "AMSGrad, or beta2 0.999 instead of 0.99; epsilon 1e-6 where gradients are tiny."};
  finding.alternatives = {"Harder data late in the run."};
  ctx.Report(std::move(finding));
}

void ReportStall(Context& ctx, double gained, double left) {
  const RunView& view = ctx.view();
  Finding finding{.severity = Severity::kInfo, .confidence = 0.55};
  finding.first_step = view.trend.steps[view.trend.size() / 2];
  finding.last_step = view.trend.steps.back();
  finding.summary = absl::StrFormat(
      "AdaGrad makes %s of the fall in the second half of the run with %s of the loss left: its "
      "effective learning rate only ever falls.",
      Percent(std::max(gained, 0.0)), Percent(left));
  finding.evidence = {
      {.name = "share_of_fall", .value = 100 * gained, .unit = "%", .series = view.trend.name},
      {.name = "loss_left", .value = 100 * left, .unit = "%", .series = view.trend.name}};
  finding.remedies = {"Use Adam (0.001) or RMSprop, which forget old gradients.",
                      "Raise AdaGrad's learning rate 3-10 times."};
  finding.alternatives = {"Converged at that level: another optimiser tells."};
  ctx.Report(std::move(finding));
}

void Check(Context& ctx) {
  if (!Has(ctx, Needs::kTrainLoss, 24)) return;
  const RunView& view = ctx.view();
  const std::string optimizer = Optimizer(view);
  if (optimizer.empty()) return ctx.NotAssessable("needs the optimizer among the parameters");
  const Shape& train = view.train;
  if (optimizer.find("adagrad") != std::string::npos) {
    const auto left = RemainingLoss(view);
    const double gained = train.ShareOfFall(0.5, 1);
    if (left && *left > 0.3 && train.fall > 0 && gained < ctx.param(kStall)) {
      ReportStall(ctx, gained, *left);
    }
    return;
  }
  if (optimizer.find("adam") == std::string::npos || !RateIsConstant(view)) return;
  const std::span<const double> values = view.trend.values;
  const size_t quarter = values.size() / 4;
  const double before = DifferenceNoise(values.subspan(quarter, quarter));
  const double late = DifferenceNoise(values.subspan(values.size() - quarter));
  const double level = std::abs(train.end);
  if (!(before > 0) || !(level > 0) || late < ctx.param(kScatter) * level) return;
  if (late >= ctx.param(kGrowth) * before) ReportScatter(ctx, late / before, late / level);
}

constexpr std::string_view kExplainedBy[] = {"divergence", "non-finite", "loss-increasing",
                                             "loss-spikes"};

}  // namespace

extern constinit const Rule optimizer_state_event{
    .id = "optimizer-state-event",
    .severity = Severity::kInfo,
    .summary = "the optimiser's own state unsettles or stalls the end of the run",
    .doc = R"(## What it finds
Adam at a constant learning rate whose loss scatters at least twice as much in the last quarter as in the second; AdaGrad that makes less than 2 % of
its fall in the second half with much of the loss left.
## Why it matters
Adam's second moment is a window: when gradients get small, its steps get erratic and may not converge. AdaGrad's rate only falls.
## What to try
Decay; Adam first and SGD for the end; AMSGrad; Adam instead of AdaGrad.
## Known limits
Needs the optimiser's name among the hyper-parameters. `late-oscillation` says the symptom.
)",
    .params = kParams,
    .explained_by = kExplainedBy,
    .check = Check,
};

}  // namespace telltale::diagnosis::rules
