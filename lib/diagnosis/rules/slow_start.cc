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

constexpr ParamSpec kLength{"length", 0.1, 0.02, 0.9, "share of the run spent flat at the start"};
constexpr ParamSpec kFlat{"flat", 0.03, 0.001, 0.2,
                          "share of the whole fall that still counts as flat"};
constexpr ParamSpec kSpeed{
    "speed", 1.2, 1, 20,
    "fastest fall afterwards over that of a straight line from there to the end"};
constexpr ParamSpec kParams[] = {kLength, kFlat, kSpeed};

// Steepest fall over a twentieth of the run, in units of the straight line from start to minimum.
double TopSpeed(const Shape& train) {
  const size_t window = std::max<size_t>(1, train.n / 20);
  double top = 0;
  for (size_t i = 0; i + window < train.n; ++i)
    top = std::max(top, train.level[i] - train.level[i + window]);
  const double line = train.fall * static_cast<double>(window) / static_cast<double>(train.n - 1);
  return line > 0 ? top / line : 0;
}

void Check(Context& ctx) {
  if (!Has(ctx, Needs::kTrainLoss, 12)) return;
  const RunView& view = ctx.view();
  const Shape& train = CalmerLoss(view);
  const std::vector<int64_t> steps =
      &train == &view.validation ? Coarse(*view.validation_loss, 200).steps : view.trend.steps;
  if (train.fall < 0.2 * std::abs(train.start) || train.fall < 8 * train.noise) return;
  const double share = std::max(ctx.param(kFlat), 3 * train.noise / train.fall);
  const size_t begin = train.IndexOfFall(share);
  const double flat = ShareOf(begin, train.n);
  // A straight line needs `share` of the run for it.
  if (flat < std::max(ctx.param(kLength), 2 * share) || begin < 4 || begin >= train.n) return;
  // The first value is not a lone high point: the fall is measured against the level of the flat
  // part.
  const double plateau_level = Median(std::span<const double>(train.level).first(begin));
  if (std::abs(train.start - plateau_level) > 2 * ctx.param(kFlat) * train.fall + 3 * train.noise)
    return;
  const double speed = TopSpeed(train);
  if (speed * (1 - flat) < ctx.param(kSpeed)) return;
  Finding finding{.severity = Severity::kWarning};
  finding.confidence = Grade(0.6, 0.95, Strength(flat, ctx.param(kLength), 4));
  finding.first_step = steps.front();
  finding.last_step = steps[begin];
  finding.summary = absl::StrFormat(
      "Training loss stays at %s up to step %d (%s of the run) and only then falls, to %s.",
      Num(plateau_level), *finding.last_step, Percent(flat), Num(train.end));
  finding.evidence = {
      {.name = "flat_share_of_run", .value = 100 * flat, .unit = "%", .series = view.trend.name},
      {.name = "level_while_flat", .value = plateau_level, .series = view.trend.name},
      {.name = "top_speed", .value = speed, .unit = "x average", .series = view.trend.name}};
  finding.remedies = {
      "Initialise wider: He (ReLU) or Glorot (tanh); weights that begin too small leave almost no "
      "gradient.",
      "Normalise the inputs (zero mean, unit variance), or add batch or layer normalisation.",
      "Raise the learning rate 2-3 times, or shorten the warm-up.",
      "Use residual connections, ReLU variants or smaller depth if the first layers get no "
      "gradient.",
  };
  finding.ruled_out = {"Not learning at all: the loss does fall afterwards."};
  if (view.trend_lr.empty()) {
    finding.alternatives = {
        "A long warm-up: no learning rate is logged, so it could not be looked at."};
  } else {
    finding.evidence.push_back(
        {.name = "learning_rate_while_flat",
         .value = view.trend_lr[begin * view.trend_lr.size() / (2 * train.n)],
         .series = view.learning_rate->name});
    finding.alternatives = {
        "A symmetric or saturated start: look at the gradient norm of the first layer."};
  }
  ctx.Report(std::move(finding));
}

constexpr std::string_view kExplainedBy[] = {"periodic-loss", "divergence", "loss-increasing",
                                             "not-learning"};

}  // namespace

extern constinit const Rule slow_start{
    .id = "slow-start",
    .severity = Severity::kWarning,
    .summary = "the loss stays flat at first and falls only after a while",
    .doc = R"(## What it finds
A train loss that makes less than 3 % of its fall in the first tenth of the run or longer (a straight line would make 10 %), and then falls
faster than a straight line would.
## Why it matters
The time until then is lost, and a little less luck would have left the run there: the usual cause is an initialisation with too
small weights, or inputs that are not normalised.
## What to try
He or Glorot initialisation, normalised inputs, batch normalisation, a larger learning rate, a shorter warm-up.
## Known limits
Warm-up looks the same when the learning rate is not logged.
)",
    .params = kParams,
    .explained_by = kExplainedBy,
    .check = Check,
};

}  // namespace telltale::diagnosis::rules
