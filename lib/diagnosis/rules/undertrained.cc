#include <algorithm>
#include <optional>
#include <string>

#include "absl/strings/str_format.h"
#include "lib/diagnosis/context.h"
#include "lib/diagnosis/level.h"
#include "lib/diagnosis/wording.h"

namespace telltale::diagnosis::rules {
namespace {

constexpr ParamSpec kGain{"gain", 0.08, 0.01, 0.5,
                          "share of the whole fall that lies in the last quarter of the run"};
constexpr ParamSpec kDecayed{"decayed", 0.05, 0, 0.5,
                             "learning rate over its peak below which the run is over by schedule"};
constexpr ParamSpec kParams[] = {kGain, kDecayed};

void Check(Context& ctx) {
  if (!Has(ctx, Needs::kTrainLoss, 5)) return;
  const RunView& view = ctx.view();
  const Shape& train = view.train;
  const Shape& judged = view.validation.n >= 5 ? view.validation : train;
  const double train_gain = train.ShareOfFall(0.75, 1);
  const double gain = judged.ShareOfFall(0.75, 1);
  if (std::min(gain, train_gain) < ctx.param(kGain)) return;
  // It really falls there: beyond the noise, and not less and less. The first half of that quarter
  // would else have it all.
  if (judged.At(0.75) - judged.At(1) < 3 * judged.noise) return;
  if (judged.fall < 0.05 * judged.scale) return;
  const std::optional<double> rate = RelativeRate(view, 1);
  if (rate && *rate < ctx.param(kDecayed)) return;
  Finding finding{.severity = Severity::kWarning};
  finding.confidence = Grade(0.6, 0.93, Strength(gain, ctx.param(kGain), 3));
  const auto from = static_cast<size_t>(0.75 * static_cast<double>(train.n - 1));
  finding.first_step = view.trend.steps[from];
  finding.last_step = view.trend.steps.back();
  const std::string& name = view.validation.n >= 5 ? view.validation_loss->name : view.trend.name;
  finding.summary = absl::StrFormat(
      "%s still falls when the run ends: from %s to %s over the last quarter, %s of its whole "
      "fall.",
      view.validation.n >= 5 ? "Validation loss" : "Training loss", Num(judged.At(0.75)),
      Num(judged.end), Percent(gain));
  finding.evidence = {
      {.name = "share_of_fall_in_last_quarter", .value = 100 * gain, .unit = "%", .series = name},
      {.name = "share_of_train_fall_in_last_quarter",
       .value = 100 * train_gain,
       .unit = "%",
       .series = view.trend.name},
      {.name = "forecast_gain_per_quarter", .value = judged.At(0.75) - judged.end, .series = name}};
  const int64_t length = view.trend.steps.back() - view.trend.steps.front();
  finding.remedies = {
      absl::StrFormat("Train on: at this pace another %d steps (25 %%) are worth about %s.",
                      length / 4, Num(judged.At(0.75) - judged.end)),
      "Stretch the learning-rate schedule to the new length, and let early stopping (patience 10) "
      "find the end.",
      "If the budget is fixed, raise the learning rate 2-3 times.",
  };
  finding.ruled_out = {"The end of a decay schedule: the learning rate has not run out.",
                       "Overfitting: the validation loss falls too."};
  finding.alternatives = {
      "Too small a learning rate (`slow-convergence`): a run at 3 times the rate is ahead from the "
      "first epochs."};
  ctx.Report(std::move(finding));
}

constexpr std::string_view kExplainedBy[] = {"not-learning", "loss-increasing", "divergence",
                                             "non-finite"};

}  // namespace

extern constinit const Rule undertrained{
    .id = "undertrained",
    .severity = Severity::kWarning,
    .summary = "the loss is still falling when the run ends",
    .doc = R"(## What it finds
A validation loss (train loss where there is none) that made at least 8 % of its whole fall in the last quarter of the run,
with the train loss falling too, while the learning rate has not run out.
## Why it matters
The run was cut off: the same model gets better by training on.
## What to try
Train longer with a schedule of that length; or raise the learning rate 2-3 times.
## Known limits
What a schedule that is still to decay will bring cannot be seen. A run that started anew near its end falls as well.
)",
    .params = kParams,
    .explained_by = kExplainedBy,
    .check = Check,
};

}  // namespace telltale::diagnosis::rules
