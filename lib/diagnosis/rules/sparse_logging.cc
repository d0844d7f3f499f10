#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_format.h"
#include "lib/diagnosis/context.h"
#include "lib/diagnosis/stats.h"
#include "lib/diagnosis/wording.h"

namespace telltale::diagnosis::rules {
namespace {

constexpr ParamSpec kDistance{"distance", 100, 2, 1e6,
                              "steps between two points of the training loss"};
constexpr ParamSpec kPoints{"points", 50, 5, 10000,
                            "points that are enough whatever their distance"};
constexpr ParamSpec kParams[] = {kDistance, kPoints};

void Check(Context& ctx) {
  const Curve* curve = ctx.view().train_loss_steps;
  if (curve == nullptr || curve->size() < 3) return;
  if (curve->role.cadence == model::Cadence::kEpoch) return;  // an average over the epoch
  if (static_cast<double>(curve->size()) >= ctx.param(kPoints)) return;
  std::vector<double> distances;
  for (size_t i = 1; i < curve->size(); ++i) {
    distances.push_back(static_cast<double>(curve->steps[i] - curve->steps[i - 1]));
  }
  const double usual = Median(distances);
  if (usual <= ctx.param(kDistance)) return;
  Finding finding{.severity = Severity::kInfo};
  finding.confidence = Grade(0.6, 0.9, Strength(usual, ctx.param(kDistance), 10));
  finding.first_step = curve->steps.front();
  finding.last_step = curve->steps.back();
  finding.summary = absl::StrFormat("Training loss is logged every %s steps, %d times in all.",
                                    Num(usual), curve->size());
  finding.evidence = {
      {.name = "steps_between_points", .value = usual, .unit = "steps", .series = curve->name},
      {.name = "points", .value = static_cast<double>(curve->size()), .series = curve->name}};
  finding.remedies = {
      "Log the training loss every 50-100 batches: spikes, periods and the noise of a batch are "
      "not to be seen otherwise.",
      "Keep the average over the batches in between if a point is to stay cheap."};
  finding.alternatives = {
      "The value is an average over those steps: then only spikes and periods are lost."};
  ctx.Report(std::move(finding));
}

}  // namespace

extern constinit const Rule sparse_logging{
    .id = "sparse-logging",
    .severity = Severity::kInfo,
    .summary = "the training loss is logged too rarely to see what happens in between",
    .doc = R"(## What it finds
A training loss with fewer than 50 points that stand more than 100 steps apart.
## Why it matters
Spikes, unshuffled data and batch noise show between the points only.
## What to try
A point every 50-100 batches costs next to nothing.
## Known limits
Whether a step is a batch is not known: a run that counts examples as steps is called sparse too.
)",
    .params = kParams,
    .check = Check,
};

}  // namespace telltale::diagnosis::rules
