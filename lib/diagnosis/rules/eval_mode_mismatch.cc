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

constexpr ParamSpec kRatio{"ratio", 1.5, 1.05, 100, "validation over training loss while it lasts"};
constexpr ParamSpec kEarly{"early", 0.4, 0.05, 0.9, "share of the run by which it is over"};
constexpr ParamSpec kScatter{"scatter", 5, 1.5, 1000,
                             "scatter of the ratio meanwhile over that afterwards"};
constexpr ParamSpec kParams[] = {kRatio, kEarly, kScatter};

void Check(Context& ctx) {
  if (!Has(ctx, Needs::kLossPair, 12)) return;
  const RunView& view = ctx.view();
  const Pair& pair = view.loss;
  std::vector<double> ratio;  // logarithms
  for (size_t i = 0; i < pair.size(); ++i) {
    if (!(pair.train[i] > 0) || !(pair.validation[i] > 0)) return;
    ratio.push_back(std::log(pair.validation[i] / pair.train[i]));
  }
  const std::span<const double> values = ratio;
  const double limit = std::log(ctx.param(kRatio));
  const double settled = Median(values.subspan(values.size() / 2));
  // The last evaluation that lies far above where the ratio settles.
  size_t end = 0;
  for (size_t i = 0; i < values.size(); ++i) {
    if (values[i] - settled > limit) end = i + 1;
  }
  if (end < 2 || ShareOf(end, values.size()) > ctx.param(kEarly)) return;
  const auto early = values.first(end);
  const double height = *std::max_element(early.begin(), early.end());
  const double calm = MedianDeviation(values.subspan(values.size() / 2));
  double sum = 0;
  for (size_t i = 1; i < early.size(); ++i) sum += std::abs(early[i] - early[i - 1]);
  const double scatter = sum / static_cast<double>(early.size() - 1);
  if (settled > limit || Median(early) - settled < 0.5 * limit || height < 2 * limit) return;
  if (scatter < ctx.param(kScatter) * std::max(calm, 0.02)) return;
  Finding finding{.severity = Severity::kInfo};
  finding.confidence = Grade(0.5, 0.85, Strength(height, limit, 6));
  finding.first_step = pair.steps.front();
  finding.last_step = pair.steps[end - 1];
  finding.summary = absl::StrFormat(
      "Validation loss is up to %s times the training loss and jumps about until step %d, then "
      "follows it: evaluation does not use what training used.",
      Num(std::exp(height)), pair.steps[end - 1]);
  finding.evidence = {{.name = "highest_ratio", .value = std::exp(height), .unit = "x"},
                      {.name = "settled_ratio", .value = std::exp(settled), .unit = "x"},
                      {.name = "evaluations", .value = static_cast<double>(end)}};
  finding.remedies = {
      "Let the running statistics of batch normalisation follow faster (momentum 0.9 instead of "
      "0.99 in Keras, 0.1 to 0.3 in PyTorch), or use larger batches.",
      "Check model.eval() at validation and model.train() after it.",
      "Ignore the first evaluations when choosing a checkpoint or a schedule."};
  finding.ruled_out = {"Data of another kind: the difference does not last."};
  finding.alternatives = {
      "A learning rate that is too high at first: then the training loss jumps "
      "as well."};
  ctx.Report(std::move(finding));
}

constexpr std::string_view kExplainedBy[] = {"divergence", "oscillation", "loss-increasing",
                                             "noisy-validation", "not-learning"};

}  // namespace

extern constinit const Rule eval_mode_mismatch{
    .id = "eval-mode-mismatch",
    .severity = Severity::kInfo,
    .summary = "validation is erratic at first and then collapses onto training",
    .doc = R"(## What it finds
A validation loss that lies 1.5 times and more above the training loss and jumps about during the first part of the run (at most 40 %), and follows it
closely afterwards.
## Why it matters
The running statistics of batch normalisation lag behind young weights: the same model is another one in evaluation mode.
## What to try
Faster statistics, larger batches; check the train and eval modes.
## Known limits
Large steps at the beginning do the same to both losses. Models that never switch to evaluation mode do not show it.
)",
    .params = kParams,
    .explained_by = kExplainedBy,
    .check = Check,
};

}  // namespace telltale::diagnosis::rules
