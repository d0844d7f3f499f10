#include <algorithm>
#include <cmath>
#include <string>

#include "absl/strings/str_format.h"
#include "lib/diagnosis/context.h"
#include "lib/diagnosis/level.h"
#include "lib/diagnosis/wording.h"

namespace telltale::diagnosis::rules {
namespace {

constexpr ParamSpec kRise{
    "rise", 0.05, 0.005, 1,
    "rise of the validation loss above its minimum, as a share of the minimum (Prechelt's GL 5)"};
constexpr ParamSpec kRiseOfFall{
    "rise-of-fall", 0.02, 0, 1,
    "the same rise as a share of the fall before it: for losses near zero"};
constexpr ParamSpec kNoise{"noise", 2, 0, 20,
                           "the same rise in standard deviations of the validation loss"};
constexpr ParamSpec kSevere{"severe", 0.15, 0.01, 10, "rise from which it is an error"};
constexpr ParamSpec kParams[] = {kRise, kRiseOfFall, kNoise, kSevere};

struct Rebound {
  size_t best = 0;    // index of the lowest level
  size_t lowest = 0;  // of the lowest value: the checkpoint to keep
  double rise = 0;    // over the minimum, relative
  double rise_in_noise = 0;
  double gap_then = 0;
  double gap_now = 0;
};

// Whether the loss rises after its minimum as a trend, or rises and stays up; scatter does neither.
bool RisesAfter(const std::vector<double>& values, const Shape& shape) {
  const std::span<const double> after = std::span<const double>(values).subspan(shape.argmin);
  if (after.size() < 3) return false;
  if (MannKendall(after).tau > 0.1) return true;
  const double half = shape.min + 0.5 * (shape.end - shape.min);
  const auto up = std::count_if(after.begin(), after.end(), [half](double v) { return v > half; });
  return static_cast<double>(up) > 0.75 * static_cast<double>(after.size());
}

std::string Grading(double rise) { return rise > 0.5 ? "severe" : rise > 0.15 ? "clear" : "mild"; }

Finding Describe(const RunView& view, const Shape& validation, const Shape& train,
                 const Rebound& r) {
  const Pair& pair = view.loss;
  Finding finding;
  finding.summary = absl::StrFormat(
      "Validation loss rises from %s at step %d to %s while training loss keeps falling, from %s "
      "to %s (%s, +%s).",
      Num(validation.min), pair.steps[r.lowest], Num(validation.end), Num(train.level[r.best]),
      Num(train.end), Grading(r.rise), Percent(r.rise));
  finding.first_step = pair.steps[r.lowest];
  finding.last_step = pair.steps.back();
  const std::string& name = view.validation_loss->name;
  finding.evidence = {
      {.name = "rise_over_minimum", .value = 100 * r.rise, .unit = "%", .series = name},
      {.name = "rebound_over_noise",
       .value = std::min(r.rise_in_noise, 9999.0),
       .unit = "sigma",
       .series = name},
      {.name = "best_validation_loss", .value = validation.min, .series = name},
      {.name = "gap_at_best", .value = r.gap_then},
      {.name = "gap_at_end", .value = r.gap_now}};
  finding.remedies = {
      absl::StrFormat("Keep the weights of step %d (early stopping: patience 10, min_delta 0.001, "
                      "restore_best_weights).",
                      pair.steps[r.lowest]),
      "Add data, or augment it (flips, rotation 0.1, zoom 0.1 for images).",
      "Regularise: dropout 0.1-0.5, weight decay 1e-4 to 1e-2.",
      "Use a smaller network, or freeze more of a pretrained one.",
  };
  finding.ruled_out = {
      "Scatter of a small validation set: the rise is a trend and larger than the noise.",
      "Divergence: the training loss is lower at the end than at the best step."};
  finding.alternatives = {
      "Overconfidence only: if the validation metric does not fall with it, the errors are not "
      "more but more certain.",
      "Double descent: the loss may fall again much later; one longer run tells."};
  return finding;
}

void Check(Context& ctx) {
  if (!Has(ctx, Needs::kLossPair, 5)) return;
  const RunView& view = ctx.view();
  const Shape& train = view.loss_train;
  const Shape& validation = view.loss_validation;
  Rebound r{.best = validation.argmin};
  const auto& values = view.loss.validation;
  r.lowest = static_cast<size_t>(std::min_element(values.begin(), values.end()) - values.begin());
  if (r.best + 3 > validation.n) return;
  const double rise = validation.end - validation.min;
  if (validation.min > 0) {
    r.rise = rise / validation.min;
  } else if (validation.fall > 0) {
    r.rise = rise / validation.fall;
  }
  const double sigma = validation.noise / std::sqrt(static_cast<double>(LevelWindow(validation.n)));
  r.rise_in_noise = sigma > 0 ? rise / sigma : 1e9;
  r.gap_then = validation.min - train.level[r.best];
  r.gap_now = validation.end - train.end;
  if (r.rise < ctx.param(kRise) || r.rise_in_noise < ctx.param(kNoise)) return;
  if (rise < ctx.param(kRiseOfFall) * validation.fall) return;
  if (r.gap_now <= 0 || train.end >= train.level[r.best]) return;
  if (!RisesAfter(view.loss.validation, validation)) return;
  Finding finding = Describe(view, validation, train, r);
  finding.severity = r.rise >= ctx.param(kSevere) ? Severity::kError : Severity::kWarning;
  finding.confidence = Grade(0.6, 0.98, Strength(r.rise, ctx.param(kRise), 4));
  ctx.Report(std::move(finding));
}

}  // namespace

extern constinit const Rule overfitting{
    .id = "overfitting",
    .severity = Severity::kError,
    .summary = "the validation loss turns up while the training loss keeps falling",
    .doc = R"(## What it finds
A validation loss whose end (median of the last 5 %) lies at least 5 % above its minimum (of the rolling median), as a
rising trend beyond its noise, above a training loss that went on falling. From 15 % it is an error.
## Why it matters
What is learned after the minimum is particular to the training data; the last checkpoint is not the best one.
## What to try
Keep the best checkpoint (early stopping with patience 10), add or augment data, dropout 0.1-0.5, weight decay, a smaller
network.
## Known limits
Epoch-wise double descent looks the same until the loss falls again. A training loss that includes regularisation can lie
above the validation loss and hide the gap. A gap that saturates without a rise is `generalization-gap`.
)",
    .params = kParams,
    .check = Check,
};

}  // namespace telltale::diagnosis::rules
