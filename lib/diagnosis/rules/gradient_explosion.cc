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

constexpr ParamSpec kFactor{"factor", 100, 5, 1e6, "gradient norm over its running median"};
constexpr ParamSpec kReaction{"reaction", 2, 1.1, 100,
                              "training loss after it over that before it, for a warning"};
constexpr ParamSpec kParams[] = {kFactor, kReaction};

constexpr size_t kLevels = 5000;

struct Peak {
  size_t at = 0;
  double factor = 0;
  size_t count = 0;  // points beyond the limit
};

Peak Highest(const Curve& norm, double limit) {
  Peak peak;
  // Of a long series the medians of blocks will do: what is usual changes slowly.
  const Curve coarse = Coarse(norm, kLevels);
  const std::vector<double> levels = RollingMedian(coarse.values, coarse.size() < 500 ? 101 : 21);
  for (size_t i = 0; i < norm.size(); ++i) {
    const double usual = levels[i * levels.size() / norm.size()];
    if (!(usual > 0)) continue;
    const double factor = norm.values[i] / usual;
    if (factor < limit) continue;
    ++peak.count;
    if (peak.count == 1) peak.at = i;
    peak.factor = std::max(peak.factor, factor);
  }
  return peak;
}

// The highest loss in the ten points from `step` on over the median of the ten before; 0 where
// there are none.
double Reaction(const Curve& loss, int64_t step) {
  const auto i = static_cast<size_t>(std::lower_bound(loss.steps.begin(), loss.steps.end(), step) -
                                     loss.steps.begin());
  if (i < 3 || i >= loss.size()) return 0;
  const std::span<const double> values = loss.values;
  const size_t before = std::min<size_t>(10, i);
  const double usual = Median(values.subspan(i - before, before));
  const auto after = values.subspan(i, std::min<size_t>(10, values.size() - i));
  return usual > 0 ? *std::max_element(after.begin(), after.end()) / usual : 0;
}

void Check(Context& ctx) {
  const RunView& view = ctx.view();
  const Curve* norm = view.gradient_norm;
  if (norm == nullptr || norm->size() < 20) return ctx.NotAssessable("needs the gradient norm");
  const Peak peak = Highest(*norm, ctx.param(kFactor));
  if (peak.count == 0) return;
  const int64_t step = norm->steps[peak.at];
  const Curve* loss = view.train_loss_steps;
  const double reaction = loss != nullptr ? Reaction(*loss, step) : 0;
  const bool broke = loss != nullptr && loss->health.first_non_finite &&
                     loss->health.first_non_finite->step >= step;
  const bool sure = broke || reaction >= ctx.param(kReaction);
  Finding finding{.severity = sure ? Severity::kWarning : Severity::kInfo};
  finding.confidence =
      Grade(sure ? 0.75 : 0.5, sure ? 0.97 : 0.8, Strength(peak.factor, ctx.param(kFactor), 100));
  finding.first_step = step;
  finding.last_step = norm->steps.back();
  finding.summary = absl::StrFormat(
      "Gradient norm jumps to %s times its running median at step %d%s.", Num(peak.factor), step,
      broke  ? ", and the loss is not finite afterwards"
      : sure ? ", and the loss jumps with it"
             : "; the loss takes no harm");
  finding.evidence = {
      {.name = "peak_over_median", .value = peak.factor, .unit = "x", .series = norm->name},
      {.name = "points_beyond", .value = static_cast<double>(peak.count), .series = norm->name}};
  if (reaction > 0) {
    finding.evidence.push_back(
        {.name = "loss_after_over_before", .value = reaction, .unit = "x", .series = loss->name});
  }
  finding.remedies = {
      "Clip gradients: by norm at 1.0 (or at the 90th percentile of this series), or by value at "
      "1.0.",
      "Initialise by He or Glorot and normalise (layer or batch normalisation).",
      "Lower the learning rate 3-10 times; look at the batch of that step."};
  finding.ruled_out = {
      "Gradients that are large from the beginning: the norm is compared with its "
      "own running median."};
  finding.alternatives = {
      "Loss scaling of 16-bit training, which probes too high a scale and skips "
      "the step."};
  ctx.Report(std::move(finding));
}

constexpr std::string_view kExplainedBy[] = {"non-finite", "divergence"};

}  // namespace

extern constinit const Rule gradient_explosion{
    .id = "gradient-explosion",
    .severity = Severity::kWarning,
    .summary = "the gradient norm jumps far beyond what is usual for it",
    .doc = R"(## What it finds
A gradient norm of a hundred times its running median. It is a warning when the loss reacts (doubles within ten points, or is not finite
afterwards), else a remark.
## Why it matters
One such step can undo thousands.
## What to try
Clipping (norm or value 1.0), a lower learning rate, better initialisation, normalisation.
## Known limits
Needs the gradient norm in the logs. Where `non-finite` or `divergence` speak of the loss, this is said there as a
consequence of the same event. Norms that are logged after clipping hide it.
)",
    .params = kParams,
    .explained_by = kExplainedBy,
    .check = Check,
};

}  // namespace telltale::diagnosis::rules
