#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/str_format.h"
#include "lib/diagnosis/context.h"
#include "lib/diagnosis/wording.h"

namespace telltale::diagnosis::rules {
namespace {

constexpr ParamSpec kNegative{"negative", 0.02, 0, 1,
                              "share of the training loss's points below zero"};
constexpr ParamSpec kParams[] = {kNegative};

// Why a falling curve does not mean here what it usually means.
std::string Reason(const RunView& view) {
  switch (view.meaning) {
    case LossMeaning::kAdversarial:
      return "Generator and discriminator play against each other: neither loss has to fall, so "
             "trends of them are not judged.";
    case LossMeaning::kReinforcement:
      return "Losses of reinforcement learning follow the policy's own data: they need not fall, "
             "so trends of them are not judged.";
    case LossMeaning::kObjective:
      break;
  }
  return {};
}

size_t LossSeries(const RunView& view) {
  return static_cast<size_t>(std::count_if(
      view.notes.begin(), view.notes.end(),
      [](const SeriesNote& note) { return note.role.quantity == model::Quantity::kLoss; }));
}

void Check(Context& ctx) {
  const RunView& view = ctx.view();
  Finding finding{.severity = Severity::kInfo, .confidence = 0.9};
  finding.summary = Reason(view);
  if (!finding.summary.empty()) {
    finding.evidence = {{.name = "loss_series", .value = static_cast<double>(LossSeries(view))}};
    finding.remedies = {
        view.meaning == LossMeaning::kAdversarial
            ? "Judge by the samples: log FID or another metric on a fixed set of noise vectors."
            : "Judge by the return: log episode reward and length, and an evaluation without "
              "exploration.",
        "Watch balance and scale instead of trend: a discriminator at zero, an entropy that is "
        "gone, an exploding value loss."};
    ctx.Report(std::move(finding));
    return;
  }
  const Curve* loss = view.train_loss;
  if (loss == nullptr || loss->size() < 5) return;
  const auto below = static_cast<double>(
      std::count_if(loss->values.begin(), loss->values.end(), [](double v) { return v < 0; }));
  const double share = below / static_cast<double>(loss->size());
  if (share == 0 || share < ctx.param(kNegative)) return;
  finding.summary = absl::StrFormat(
      "Training loss is below zero at %s of its points: differences are judged, ratios mean "
      "nothing.",
      Percent(share));
  finding.first_step = loss->steps.front();
  finding.last_step = loss->steps.back();
  finding.evidence = {
      {.name = "share_below_zero", .value = 100 * share, .unit = "%", .series = loss->name},
      {.name = "lowest",
       .value = *std::min_element(loss->values.begin(), loss->values.end()),
       .series = loss->name}};
  finding.remedies = {
      "Nothing, for a log density, an ELBO or a similarity: they may be negative.",
      "For a cross-entropy or a squared error look at the sign and at the inputs of the loss: "
      "they cannot be."};
  ctx.Report(std::move(finding));
}

}  // namespace

extern constinit const Rule loss_not_meaningful{
    .id = "loss-not-meaningful",
    .severity = Severity::kInfo,
    .summary = "the loss need not fall, or has no zero: trends or ratios are not judged",
    .doc = R"(## What it finds
Adversarial losses (generator and discriminator tags), losses of reinforcement learning (policy, value), and losses that are
below zero.
## Why it matters
Rules about falling losses would mislead there; those are not applied, and ratios are replaced by shares of the fall.
## What to try
Log a metric that means something by itself: FID, episode return, accuracy.
## Known limits
Knows such losses by the names of their tags.
)",
    .params = kParams,
    .check = Check,
};

}  // namespace telltale::diagnosis::rules
