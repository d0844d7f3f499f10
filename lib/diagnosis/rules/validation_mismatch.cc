#include <algorithm>
#include <cmath>
#include <string>

#include "absl/strings/str_format.h"
#include "lib/diagnosis/context.h"
#include "lib/diagnosis/level.h"
#include "lib/diagnosis/wording.h"

namespace telltale::diagnosis::rules {
namespace {

constexpr ParamSpec kLearned{
    "learned", 0.6, 0.1, 0.95,
    "train loss at the end over its start, below which the training data were learned"};
constexpr ParamSpec kNever{
    "never", 0.03, 0, 0.3,
    "largest fall of the validation loss that counts as none, as a share of its start"};
constexpr ParamSpec kGap{"gap", 0.4, 0.1, 5,
                         "gap at the end as a share of the fall of the train loss (standing gap)"};
constexpr ParamSpec kRatio{"ratio", 1.8, 1.1, 10,
                           "validation loss over train loss at the end (standing gap)"};
constexpr ParamSpec kStair{"stair", 0.25, 0.05, 2,
                           "height of a stair of the validation loss, as a share of its level"};
constexpr ParamSpec kParams[] = {kLearned, kNever, kGap, kRatio, kStair};

enum class Picture { kNone, kNeverLearned, kStairs, kStandingGap };

// Steps up or down between levels that last: at least two of them, far larger than the scatter
// within the levels.
size_t CountStairs(const std::vector<double>& values, double height) {
  constexpr size_t kStay = 3;  // evaluations that a level must last on both sides
  if (values.size() < 4 * kStay) return 0;
  size_t stairs = 0;
  const std::span<const double> all(values);
  for (size_t i = kStay; i + kStay <= values.size(); ++i) {
    const auto before = all.subspan(i - kStay, kStay), after = all.subspan(i, kStay);
    const auto [low_before, high_before] = std::minmax_element(before.begin(), before.end());
    const auto [low_after, high_after] = std::minmax_element(after.begin(), after.end());
    const double jump = std::abs(Median(after) - Median(before));
    const double inside = std::max(*high_before - *low_before, *high_after - *low_after);
    const double level = std::max(std::abs(Median(after)), std::abs(Median(before)));
    if (jump > height * level && jump > 2 * inside) {
      ++stairs;
      i += kStay - 1;
    }
  }
  return stairs;
}

// Whether the validation metric gains anything worth mentioning beside what the train metric gains.
bool MetricImproves(const RunView& view) {
  if (view.metric_and_loss.size() < 4) return false;
  const auto& m = view.metric_and_loss.train;
  const Shape metric = MakeShape(m);
  const double gain = metric.end - m.front();
  if (view.metric.size() >= 4) {
    const double train_gain =
        view.metric_sign * (view.metric.train.back() - view.metric.train.front());
    if (gain < 0.1 * train_gain) return false;
  }
  return gain > std::max(0.05 * std::abs(m.front()), 3 * metric.noise) && gain > 0.02;
}

Picture Classify(const Context& ctx, size_t& stairs) {
  const RunView& view = ctx.view();
  const Shape& train = view.loss_train;
  const Shape& validation = view.loss_validation;
  const double left = train.start > 0 ? train.end / train.start : 1;
  stairs = CountStairs(view.loss.validation, ctx.param(kStair));
  const size_t train_stairs = CountStairs(view.loss.train, ctx.param(kStair));
  if (stairs >= 2 && train_stairs == 0 && left < ctx.param(kLearned) && validation.end > train.end)
    return Picture::kStairs;
  if (train.min <= 0 || left > ctx.param(kLearned)) return Picture::kNone;
  const double fell = (validation.start - validation.min) / std::abs(validation.start);
  if (fell <= ctx.param(kNever) && validation.end > validation.start && !MetricImproves(view))
    return Picture::kNeverLearned;
  const double gap = validation.end - train.end;
  const double late_drift =
      std::abs(validation.At(0.5) - validation.end) / std::abs(validation.end);
  const double train_drift = train.At(0.5) - train.end;
  const bool standing = train_drift < 0.1 * train.fall && gap > ctx.param(kGap) * train.fall &&
                        validation.end > ctx.param(kRatio) * train.end && late_drift < 0.06 &&
                        left > 0.1 && validation.noise < 0.05 * validation.end &&
                        validation.end < 1.2 * validation.min;
  return standing ? Picture::kStandingGap : Picture::kNone;
}

std::string Describe(Picture picture, const RunView& view, size_t stairs) {
  const Shape& train = view.loss_train;
  const Shape& validation = view.loss_validation;
  switch (picture) {
    case Picture::kNeverLearned:
      return absl::StrFormat(
          "Validation loss never falls below its first values (%s at the start, %s at the end) "
          "while training loss falls from %s to %s.",
          Num(validation.start), Num(validation.end), Num(train.start), Num(train.end));
    case Picture::kStairs:
      return absl::StrFormat(
          "Validation loss moves in %d stairs, from %s up to %s, while training loss falls "
          "smoothly to %s.",
          stairs, Num(validation.min), Num(validation.max), Num(train.end));
    default:
      return absl::StrFormat(
          "Validation loss stops at %s, %.1f times the training loss (%s), which levels off as "
          "well: the gap stands from early on.",
          Num(validation.end), validation.end / train.end, Num(train.end));
  }
}

void Check(Context& ctx) {
  if (!Has(ctx, Needs::kLossPair, 6)) return;
  const RunView& view = ctx.view();
  size_t stairs = 0;
  const Picture picture = Classify(ctx, stairs);
  if (picture == Picture::kNone) return;
  const Shape& train = view.loss_train;
  const Shape& validation = view.loss_validation;
  // A standing gap may have other causes, so it does not outrank a clear overfitting.
  Finding finding{.severity =
                      picture == Picture::kStandingGap ? Severity::kWarning : Severity::kError};
  finding.confidence = picture == Picture::kNeverLearned ? 0.9
                       : picture == Picture::kStairs     ? 0.85
                                                         : 0.65;
  finding.summary = Describe(picture, view, stairs);
  finding.first_step = view.loss.steps.front();
  finding.last_step = view.loss.steps.back();
  finding.evidence = {
      {.name = "gap_at_end", .value = validation.end - train.end},
      {.name = "validation_over_train", .value = validation.end / train.end, .unit = "x"},
      {.name = "fall_of_validation",
       .value = 100 * (validation.start - validation.min) / std::abs(validation.start),
       .unit = "%",
       .series = view.validation_loss->name},
      {.name = "stairs", .value = static_cast<double>(stairs)}};
  finding.remedies = {
      "Compare the classes and their shares in both sets: classes that are missing in training "
      "cannot be validated.",
      "Send both sets through the same preprocessing (scaling, colour order, label mapping), and "
      "look at 20 examples of each.",
      "Split at random from one pool (by time, patient or machine only on purpose) and see whether "
      "the gap goes.",
      "If the shift is real, collect training data like the validation data.",
  };
  finding.ruled_out = {"Scatter of a small validation set: the difference is much larger."};
  finding.alternatives = {
      "Overfitting on few data: with a tenth of the epochs or a much smaller model the gap would "
      "close; a mismatch stays.",
      "A validation loss computed in another mode (dropout on, batch statistics): evaluate the "
      "training data with that code."};
  ctx.Report(std::move(finding));
}

constexpr std::string_view kExplainedBy[] = {"divergence", "loss-increasing", "not-learning",
                                             "late-oscillation", "oscillation"};

}  // namespace

extern constinit const Rule validation_mismatch{
    .id = "validation-mismatch",
    .severity = Severity::kError,
    .summary = "the validation data are not like the training data",
    .doc = R"(## What it finds
Three pictures, all with a train loss that falls well: a validation loss that never falls; one that moves in stairs; one that
stops early, far above a train loss that has levelled off too.
## Why it matters
What is learned does not carry over because the data, labels or preprocessing of the two sets differ.
## What to try
Compare classes and preprocessing of both sets, look at examples, split again at random.
## Known limits
The third picture (a standing gap) can also be strong overfitting; a smaller model tells them apart.
)",
    .params = kParams,
    .explained_by = kExplainedBy,
    .check = Check,
};

}  // namespace telltale::diagnosis::rules
