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

constexpr ParamSpec kScatter{"scatter", 0.6, 0.05, 10,
                             "scatter of single batches in the last third, over their level"};
constexpr ParamSpec kCalm{
    "calm", 3, 0.1, 100, "scatter of averages of a twentieth, over what independent batches leave"};
constexpr ParamSpec kLeft{"left", 0.05, 0, 1,
                          "level in the last third over the first loss: near zero all is relative"};
constexpr ParamSpec kParams[] = {kScatter, kCalm, kLeft};

constexpr size_t kBlocks = 20;

void Check(Context& ctx) {
  const RunView& view = ctx.view();
  const Curve* loss = view.train_loss_steps;
  if (loss == nullptr || loss->size() < 200 || loss->role.cadence == model::Cadence::kEpoch) return;
  const std::span<const double> values = loss->values;
  const auto late = values.subspan(values.size() - values.size() / 3);
  const double level = Median(late), noise = DifferenceNoise(late);
  if (!(level > ctx.param(kLeft) * Median(values.first(5))) || !(level > 0)) return;
  if (noise < ctx.param(kScatter) * level) return;
  const std::vector<double> blocks = BlockMeans(late, kBlocks);
  const double left_over =
      noise / std::sqrt(static_cast<double>(late.size()) / static_cast<double>(blocks.size()));
  if (DifferenceNoise(blocks) > ctx.param(kCalm) * left_over) return;  // not the batches alone
  const auto batch = NumericParam(
      view, {"batch_size", "batch", "train_batch_size", "bs", "per_device_train_batch_size"});
  Finding finding{.severity = Severity::kInfo};
  finding.confidence = Grade(0.6, 0.9, Strength(noise / level, ctx.param(kScatter), 4));
  finding.first_step = loss->steps[loss->size() - late.size()];
  finding.last_step = loss->steps.back();
  finding.summary = absl::StrFormat(
      "Loss of single batches scatters by %s of its level (%s), while averages of %d batches are "
      "smooth.",
      Percent(noise / level), Num(level), late.size() / blocks.size());
  finding.evidence = {
      {.name = "batch_scatter", .value = 100 * noise / level, .unit = "%", .series = loss->name},
      {.name = "scatter_of_averages",
       .value = 100 * DifferenceNoise(blocks) / level,
       .unit = "%",
       .series = loss->name}};
  if (batch) finding.evidence.push_back({.name = "batch_size", .value = *batch});
  const double times = std::pow(2.0, std::ceil(std::log2(noise / level / 0.25) * 2));
  finding.remedies = {
      batch ? absl::StrFormat("Enlarge the batch from %s to about %s, or accumulate as many "
                              "gradients (16-256 is usual).",
                              Num(*batch), Num(std::min(*batch * times, 256.0)))
            : absl::StrFormat("Enlarge the batch about %s times, or accumulate gradients (16-256 "
                              "is usual): the scatter falls with its square root.",
                              Num(std::min(times, 64.0))),
      "Or lower the learning rate towards the end, and judge by averages over an epoch."};
  finding.ruled_out = {"A learning rate that makes the weights jump: averages would jump too."};
  finding.alternatives = {"Examples of very different length or difficulty in a batch."};
  ctx.Report(std::move(finding));
}

constexpr std::string_view kExplainedBy[] = {"oscillation",     "divergence",    "not-learning",
                                             "loss-increasing", "periodic-loss", "non-finite",
                                             "label-noise"};

}  // namespace

extern constinit const Rule batch_noise_high{
    .id = "batch-noise-high",
    .severity = Severity::kInfo,
    .summary = "the loss of single batches scatters as widely as its level",
    .doc = R"(## What it finds
A log of single batches whose scatter in the last third is more than 60 % of the level, while averages over a twentieth of that are as smooth as
independent batches make them.
## Why it matters
The burrs of a curve shrink with the batch. Slight ones are normal; violent ones mean gradients that point anywhere.
## What to try
A larger batch or accumulated gradients; decay of the learning rate; charts of epoch averages.
## Known limits
Batches of unequal difficulty (lengths, curriculum) scatter as well. Losses near zero are not judged.
)",
    .params = kParams,
    .explained_by = kExplainedBy,
    .check = Check,
};

}  // namespace telltale::diagnosis::rules
