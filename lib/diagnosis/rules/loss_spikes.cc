#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "absl/strings/str_format.h"
#include "lib/diagnosis/context.h"
#include "lib/diagnosis/wording.h"

namespace telltale::diagnosis::rules {
namespace {

constexpr ParamSpec kHeight{
    "height", 8, 4, 100,
    "height over the points around it, in robust standard deviations of the log loss"};
constexpr ParamSpec kFactor{"factor", 1.5, 1.05, 100, "the same height as a factor of the loss"};
constexpr ParamSpec kWidth{
    "width", 0.04, 0.001, 0.2,
    "longest share of the points that one spike may last before the loss is back"};
constexpr ParamSpec kParams[] = {kHeight, kFactor, kWidth};

constexpr double kLeastScatter = 0.02;  // of the log loss: what smooth curves are taken to scatter
constexpr size_t kSide =
    5;  // points before and after a spike that say from where to where it jumps
constexpr size_t kNeighbours = 50;  // on each side: what is usual around a point

struct Spike {
  size_t index = 0;
  double factor = 0;  // over the level
  double height = 0;  // in standard deviations
};

// Scatter of the log loss around each block of points: linear cost, and a spike can hardly raise
// its own yardstick.
std::vector<double> ScatterAround(const std::vector<double>& logs, size_t block) {
  std::vector<double> scatter;
  const std::span<const double> all(logs);
  for (size_t begin = 0; begin < logs.size(); begin += block) {
    const size_t middle = begin + block / 2;
    const size_t from = middle > kNeighbours ? middle - kNeighbours : 0;
    const size_t to = std::min(logs.size(), middle + kNeighbours + 1);
    scatter.push_back(std::max(DifferenceNoise(all.subspan(from, to - from)), kLeastScatter));
  }
  return scatter;
}

// Median of up to kSide points before `at` or from `at` on.
double LevelBefore(std::span<const double> logs, size_t at) {
  const size_t count = std::min(at, kSide);
  return Median(logs.subspan(at - count, count));
}
double LevelFrom(std::span<const double> logs, size_t at) {
  return Median(logs.subspan(at, std::min(kSide, logs.size() - at)));
}

std::vector<Spike> FindSpikes(const Curve& curve, double height, double factor, double width) {
  std::vector<double> logs(curve.size());
  std::transform(curve.values.begin(), curve.values.end(), logs.begin(),
                 [](double v) { return std::log(v); });
  // At most 4000 blocks: their scatter is the dear part.
  const size_t block = std::max(std::clamp<size_t>(curve.size() / 40, 1, 25), curve.size() / 4000);
  const std::vector<double> scatter = ScatterAround(logs, block);
  const auto longest =
      std::max<size_t>(2, static_cast<size_t>(width * static_cast<double>(curve.size())));
  std::vector<Spike> spikes;
  for (size_t i = 2; i + 1 < curve.size(); ++i) {
    const double least = std::max(std::log(factor), height * scatter[i / block]);
    if (logs[i] - logs[i - 1] < 0.5 * least) continue;  // cheap: a spike begins with a jump
    const double before = LevelBefore(logs, i);
    if (logs[i] - before < least) continue;
    // To where it is back near its old level.
    size_t end = i, top = i;
    while (end < curve.size() && end - i <= longest && logs[end] - before > 0.5 * least) {
      if (logs[end] > logs[top]) top = end;
      ++end;
    }
    if (end == curve.size() || end - i > longest) continue;  // no spike: it stays
    const double over = logs[top] - std::max(before, LevelFrom(logs, end));
    if (over >= least) {
      spikes.push_back(
          {.index = top, .factor = std::exp(over), .height = over / scatter[top / block]});
    }
    i = end - 1;
  }
  return spikes;
}

void Report(Context& ctx, const Curve& curve, const std::vector<Spike>& spikes) {
  const Spike& highest =
      *std::max_element(spikes.begin(), spikes.end(),
                        [](const Spike& a, const Spike& b) { return a.height < b.height; });
  Finding finding{.severity = Severity::kWarning};
  finding.confidence = Grade(0.7, 0.96, Strength(highest.height, ctx.param(kHeight), 4));
  finding.first_step = curve.steps[spikes.front().index];
  finding.last_step = curve.steps[spikes.back().index];
  finding.summary = absl::StrFormat(
      "Training loss jumps to %s at step %d, %.1f times its level there, and returns%s.",
      Num(curve.values[highest.index]), curve.steps[highest.index], highest.factor,
      spikes.size() > 1 ? absl::StrFormat("; %d such spikes in all", spikes.size()) : "");
  for (size_t i = 0; i < std::min<size_t>(spikes.size(), 5); ++i) {
    finding.evidence.push_back(
        {.name = absl::StrFormat("spike_at_step_%d", curve.steps[spikes[i].index]),
         .value = spikes[i].factor,
         .unit = "x level",
         .series = curve.name});
  }
  finding.evidence.push_back({.name = "highest_over_noise",
                              .value = highest.height,
                              .unit = "sigma",
                              .series = curve.name});
  finding.remedies = {
      "Clip gradients (global norm 1.0), which bounds what one batch can do.",
      absl::StrFormat("Look at the batches of step %d: outliers, broken records, wrong labels; "
                      "skip or fix them.",
                      curve.steps[highest.index]),
      "Lower the peak learning rate 2-3 times, or lengthen the warm-up; with Adam, beta2 "
      "0.95-0.98.",
  };
  finding.ruled_out = {"Usual batch noise: far outside the scatter of the points around.",
                       "Divergence: the loss comes back."};
  finding.alternatives = {"A change of data or curriculum at that step."};
  ctx.Report(std::move(finding));
}

void Check(Context& ctx) {
  if (!Has(ctx, Needs::kTrainLoss, 12)) return;
  const RunView& view = ctx.view();
  const Curve& curve = *view.train_loss_steps;
  if (*std::min_element(curve.values.begin(), curve.values.end()) <= 0) {
    return ctx.NotAssessable("needs a positive loss");
  }
  const std::vector<Spike> spikes =
      FindSpikes(curve, ctx.param(kHeight), ctx.param(kFactor), ctx.param(kWidth));
  // Jumps everywhere are no exception to a calm curve.
  if (spikes.empty() || spikes.size() > std::max<size_t>(8, curve.size() / 50)) return;
  Report(ctx, curve, spikes);
}

constexpr std::string_view kExplainedBy[] = {"oscillation", "late-oscillation"};

}  // namespace

extern constinit const Rule loss_spikes{
    .id = "loss-spikes",
    .severity = Severity::kWarning,
    .summary = "the training loss jumps far above its level and returns",
    .doc = R"(## What it finds
Points of the training loss at least 1.5 times the level around them and 8 robust standard deviations of the log loss above
it, that return within a few per cent of the run.
## Why it matters
A spike is one bad batch or a learning rate at its edge. It costs what was learned just before, and some do not return.
## What to try
Clip gradients, look at the data of those steps, lower the peak learning rate, lengthen the warm-up.
## Known limits
Needs a positive loss and 12 points. In logs that keep every 100th step most spikes are not seen at all.
)",
    .params = kParams,
    .explained_by = kExplainedBy,
    .check = Check,
};

}  // namespace telltale::diagnosis::rules
