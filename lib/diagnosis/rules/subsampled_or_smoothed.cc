#include <algorithm>
#include <cmath>
#include <numeric>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_format.h"
#include "lib/diagnosis/context.h"
#include "lib/diagnosis/stats.h"
#include "lib/diagnosis/wording.h"

namespace telltale::diagnosis::rules {
namespace {

constexpr ParamSpec kKept{"kept", 0.8, 0.01, 0.99,
                          "share of the steps between the first and the last that has a point"};
constexpr ParamSpec kMemory{"memory", 0.7, 0.3, 0.999,
                            "correlation of neighbouring deviations from the trend"};
constexpr ParamSpec kParams[] = {kKept, kMemory};

constexpr size_t kReservoirs[] = {1000, 500, 10000};  // sizes that exports keep

struct Density {
  int64_t grid = 0;  // greatest common divisor of the distances
  double kept = 1;   // points over places on that grid
};

Density Measure(const Curve& curve) {
  Density density;
  for (size_t i = 1; i < curve.size(); ++i) {
    density.grid = std::gcd(density.grid, curve.steps[i] - curve.steps[i - 1]);
  }
  if (density.grid <= 0) return density;
  const auto span = static_cast<double>(curve.steps.back() - curve.steps.front());
  density.kept = static_cast<double>(curve.size()) / (span / static_cast<double>(density.grid) + 1);
  return density;
}

void ReportThinned(Context& ctx, const Curve& curve, const Density& density) {
  Finding finding{.severity = Severity::kInfo, .confidence = 0.85};
  finding.first_step = curve.steps.front();
  finding.last_step = curve.steps.back();
  finding.summary = absl::StrFormat(
      "Training loss has %d points at irregular steps, %s of those that were logged: a sample of "
      "the log, not the log.",
      curve.size(), Percent(density.kept));
  finding.evidence = {
      {.name = "points", .value = static_cast<double>(curve.size()), .series = curve.name},
      {.name = "share_kept", .value = 100 * density.kept, .unit = "%", .series = curve.name}};
  finding.remedies = {
      "Diagnose the event files themselves, not a download from TensorBoard's page (it keeps 1000 "
      "points unless started with --samples_per_plugin scalars=0).",
      "Take single spikes and periods as unknown in this copy."};
  ctx.Report(std::move(finding));
}

// Correlation of neighbouring residuals about a rolling median. White batch noise has none; an
// exponential average with factor b has about b.
double Memory(const Curve& curve, double& noise) {
  const std::span<const double> values = curve.values;
  const size_t looked_at = std::min<size_t>(values.size() - values.size() / 4, 20000);
  const std::span<const double> tail = values.last(looked_at);
  const std::vector<double> level = RollingMedian(tail, 101);
  std::vector<double> residuals(tail.size());
  for (size_t i = 0; i < tail.size(); ++i) residuals[i] = tail[i] - level[i];
  noise = MedianDeviation(residuals);
  return Autocorrelation(residuals, 1);
}

void Check(Context& ctx) {
  const Curve* curve = ctx.view().train_loss_steps;
  if (curve == nullptr || curve->size() < 300) return;
  const Density density = Measure(*curve);
  const bool reservoir = std::find(std::begin(kReservoirs), std::end(kReservoirs), curve->size()) !=
                         std::end(kReservoirs);
  if (reservoir && density.kept < ctx.param(kKept)) return ReportThinned(ctx, *curve, density);
  double noise = 0;
  const double memory = Memory(*curve, noise);
  const double level = std::abs(Median(curve->values));
  if (memory < ctx.param(kMemory) || noise < 1e-3 * level) return;
  Finding finding{.severity = Severity::kInfo};
  finding.confidence = Grade(0.5, 0.8, Strength(1 - ctx.param(kMemory), 1 - memory, 3));
  finding.first_step = curve->steps.front();
  finding.last_step = curve->steps.back();
  finding.summary = absl::StrFormat(
      "Neighbouring points of the training loss deviate from its trend together (correlation %s): "
      "it was smoothed before it was logged.",
      Num(memory));
  finding.evidence = {{.name = "memory", .value = memory, .series = curve->name},
                      {.name = "deviation_over_level",
                       .value = 100 * noise / level,
                       .unit = "%",
                       .series = curve->name}};
  finding.remedies = {
      "Log the raw loss of the batch: charts can smooth, logs cannot be unsmoothed.",
      "Take spikes as lower and wider, and noise as smaller, than they were."};
  finding.alternatives = {"A loss that really wanders, as with correlated batches."};
  ctx.Report(std::move(finding));
}

constexpr std::string_view kExplainedBy[] = {"periodic-loss", "oscillation"};

}  // namespace

extern constinit const Rule subsampled_or_smoothed{
    .id = "subsampled-or-smoothed",
    .severity = Severity::kInfo,
    .summary = "the log is a sample or a running average of what was measured",
    .doc = R"(## What it finds
A training loss of exactly 1000 (500, 10000) points at irregular steps, as TensorBoard's downloads keep them; and one of at least 300 points
whose deviations from the trend are correlated from point to point by 0.7 or more, as a running average makes them.
## Why it matters
Spikes, periods and noise are gone or weakened there: rules about them are less sure than they look.
## What to try
Diagnose the original event files; log raw values.
## Known limits
Running means that restart at each epoch are found only where epochs are long.
)",
    .params = kParams,
    .explained_by = kExplainedBy,
    .check = Check,
};

}  // namespace telltale::diagnosis::rules
