#include <algorithm>
#include <cmath>
#include <optional>
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

constexpr ParamSpec kDrop{"drop", 3, 1, 100,
                          "drop of the loss at an epoch's boundary, in standard errors"};
constexpr ParamSpec kShare{"share", 0.6, 0.2, 1, "share of the boundaries at which it drops"};
constexpr ParamSpec kParams[] = {kDrop, kShare};

constexpr size_t kFewestPerEpoch = 30;

// Indices of the loss's first points after each evaluation; evaluations mark the epochs.
std::vector<size_t> Boundaries(const Curve& loss, const Curve& validation) {
  std::vector<size_t> at;
  for (const int64_t step : validation.steps) {
    const auto i = static_cast<size_t>(
        std::upper_bound(loss.steps.begin(), loss.steps.end(), step) - loss.steps.begin());
    if (i > 0 && i < loss.size() && (at.empty() || i > at.back())) at.push_back(i);
  }
  return at;
}

struct Drops {
  size_t counted = 0;
  size_t found = 0;
  double sum = 0;
  std::optional<size_t> first = {};
};

Drops Measure(const Curve& loss, const std::vector<size_t>& boundaries, double limit) {
  Drops drops;
  const std::span<const double> values = loss.values;
  for (size_t b = 0; b < boundaries.size(); ++b) {
    const size_t at = boundaries[b];
    const size_t before = b > 0 ? at - boundaries[b - 1] : at;
    const size_t after = (b + 1 < boundaries.size() ? boundaries[b + 1] : loss.size()) - at;
    const size_t reach = std::min(before, after) / 4;
    if (reach < kFewestPerEpoch / 4) continue;
    ++drops.counted;
    const auto old = values.subspan(at - reach, reach), fresh = values.subspan(at, reach);
    // What the trend of the epoch itself makes of such a distance.
    const double slope = TheilSen(values.subspan(at - before, before)).value;
    const double fall = Median(old) - Median(fresh) + slope * static_cast<double>(reach);
    const double error = 1.25 * DifferenceNoise(old) * std::sqrt(2.0 / static_cast<double>(reach));
    if (!(error > 0) || fall < limit * error) continue;
    ++drops.found;
    drops.sum += fall;
    if (!drops.first) drops.first = at;
  }
  return drops;
}

void Check(Context& ctx) {
  const RunView& view = ctx.view();
  const Curve* loss = view.train_loss_steps;
  const Curve* validation =
      view.validation_loss != nullptr ? view.validation_loss : view.validation_metric;
  if (loss == nullptr || validation == nullptr || validation->size() < 2 ||
      loss->size() < kFewestPerEpoch * validation->size()) {
    return ctx.NotAssessable("needs a training loss by the batch and evaluations that mark epochs");
  }
  if (validation->steps.back() * 2 < loss->steps.back()) return;  // another axis
  // Averages that start again each epoch drop there by themselves.
  if (Autocorrelation(std::span<const double>(loss->values).subspan(loss->size() / 2), 1) > 0.9) {
    return;
  }
  const Drops drops = Measure(*loss, Boundaries(*loss, *validation), ctx.param(kDrop));
  if (drops.found < 2) return;
  const double share = static_cast<double>(drops.found) / static_cast<double>(drops.counted);
  if (share < ctx.param(kShare)) return;
  const double mean = drops.sum / static_cast<double>(drops.found);
  Finding finding{.severity = Severity::kInfo};
  finding.confidence = Grade(0.55, 0.9, Strength(share, ctx.param(kShare), 2));
  finding.first_step = loss->steps[*drops.first];
  finding.last_step = loss->steps.back();
  finding.summary = absl::StrFormat(
      "Training loss drops by %s at %d of %d epoch boundaries: examples seen before are "
      "remembered.",
      Num(mean), drops.found, drops.counted);
  finding.evidence = {{.name = "boundaries_with_drop",
                       .value = static_cast<double>(drops.found),
                       .series = loss->name},
                      {.name = "boundaries", .value = static_cast<double>(drops.counted)},
                      {.name = "mean_drop", .value = mean, .series = loss->name}};
  finding.remedies = {"Fine-tune for fewer epochs (1-3), at a learning rate 2-5 times lower.",
                      "Judge by validation only; add data instead of passes."};
  finding.ruled_out = {"The trend within an epoch: it is taken off."};
  finding.alternatives = {
      "Averages that are reset at each epoch, or a learning rate that changes "
      "there."};
  ctx.Report(std::move(finding));
}

constexpr std::string_view kExplainedBy[] = {"periodic-loss"};

}  // namespace

extern constinit const Rule epoch_sawtooth{
    .id = "epoch-sawtooth",
    .severity = Severity::kInfo,
    .summary = "the training loss drops at once where an epoch begins",
    .doc = R"(## What it finds
A loss of single batches that falls by three standard errors, beyond its trend, from the end of an epoch to the beginning of the next, at most boundaries.
## Why it matters
The model knows the examples from the pass before: memorisation, usual when a large model is fine-tuned on few.
## What to try
Fewer epochs, a lower rate, more data.
## Known limits
Running means that restart each epoch do it too and are left out where they can be told. Evaluations must mark the epochs.
)",
    .params = kParams,
    .explained_by = kExplainedBy,
    .check = Check,
};

}  // namespace telltale::diagnosis::rules
