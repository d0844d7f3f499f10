#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_format.h"
#include "lib/diagnosis/context.h"
#include "lib/diagnosis/level.h"
#include "lib/diagnosis/wording.h"

namespace telltale::diagnosis::rules {
namespace {

constexpr ParamSpec kDrop{
    "drop", 0.02, 0.001, 0.2,
    "least fall of the train loss that counts as learning, as a share of its first value"};
constexpr ParamSpec kMemorised{
    "memorised", 0.08, 0.001, 0.3,
    "the same, while the validation loss does not fall at all: what falls is memorised"};
constexpr ParamSpec kLearned{
    "learned", 0.6, 0.3, 1,
    "accuracy from which a flat loss belongs to a model that has learned before"};
constexpr ParamSpec kGuess{"guess", 0.05, 0.001, 0.3,
                           "the same while loss and accuracy are those of guessing"};
constexpr ParamSpec kParams[] = {kGuess, kDrop, kMemorised, kLearned};

// The number of classes C whose chance loss ln C the value is, when it is one to within 3 %; else
// 0.
int ChanceClasses(double loss) {
  if (loss < 0.6 || loss > 12) return 0;
  const double nearest = std::max(2.0, std::round(std::exp(loss)));
  if (std::abs(loss - std::log(nearest)) > 0.03 * loss || nearest > 100000) return 0;
  return static_cast<int>(nearest);
}

double RelativeFall(const Shape& shape) {
  return shape.scale > 0 ? (shape.start - shape.end) / shape.scale : 0;
}

// The loss and the accuracy are those of guessing: what fell a little is the overshoot of the first
// steps.
bool StillGuesses(const RunView& view, double fall, double most) {
  if (fall > most || view.validation_metric == nullptr || !IsClassification(view)) return false;
  const int classes = ChanceClasses(view.train.end);
  if (classes == 0 || view.validation_metric->role.quantity != model::Quantity::kAccuracy)
    return false;
  const std::vector<double> accuracy = AsShares(view.validation_metric->values);
  return accuracy.back() < 2.0 / classes &&
         (view.validation.n == 0 || view.validation.end > 0.96 * view.train.end);
}

void Check(Context& ctx) {
  if (!Has(ctx, Needs::kTrainLoss, 5)) return;
  const RunView& view = ctx.view();
  const double fall = RelativeFall(view.train);
  const bool has_validation = view.validation.n >= 3;
  const double validation_fall = has_validation ? RelativeFall(view.validation) : fall;
  const bool flat = fall < ctx.param(kDrop) && validation_fall < ctx.param(kDrop);
  const bool memorised =
      has_validation && fall < ctx.param(kMemorised) && validation_fall < 0.25 * ctx.param(kDrop);
  if (!flat && !memorised &&
      !StillGuesses(view, std::max(fall, validation_fall), ctx.param(kGuess)))
    return;
  // A rise is another finding, and noise of this size hides any learning (oscillation).
  if (fall < -0.05 || view.train.noise > 0.05 * view.train.scale) return;
  const std::optional<double> accuracy = FinalAccuracy(view);
  if (accuracy && *accuracy > ctx.param(kLearned)) return;
  const int classes = IsClassification(view) ? ChanceClasses(view.train.end) : 0;
  Finding finding{.severity = Severity::kError};
  finding.confidence = classes > 0 ? 0.95 : accuracy ? 0.85 : 0.75;
  finding.summary = absl::StrFormat(
      "Training loss stays at its start: %s at step %d, %s at step %d%s.", Num(view.train.start),
      view.trend.steps.front(), Num(view.train.end), view.trend.steps.back(),
      classes > 0 ? absl::StrFormat(", the loss of guessing among %d classes", classes) : "");
  finding.first_step = view.trend.steps.front();
  finding.last_step = view.trend.steps.back();
  finding.evidence = {
      {.name = "relative_fall", .value = 100 * fall, .unit = "%", .series = view.trend.name},
      {.name = "noise", .value = view.train.noise, .series = view.trend.name}};
  if (has_validation) {
    finding.evidence.push_back({.name = "relative_fall_of_validation",
                                .value = 100 * validation_fall,
                                .unit = "%",
                                .series = view.validation_loss->name});
  }
  if (classes > 0)
    finding.evidence.push_back(
        {.name = "chance_loss", .value = std::log(classes), .series = view.trend.name});
  if (accuracy) finding.evidence.push_back({.name = "final_accuracy", .value = *accuracy});
  finding.remedies = {
      "Fit one batch of 32 examples: if its loss does not reach almost zero, it is the code, not "
      "the tuning.",
      "Check labels against inputs (shuffled apart?), the loss function and its reduction, and "
      "that gradients reach every layer.",
      "Check that the optimiser got the parameters (nothing frozen, no detach) and that the "
      "learning rate is not 0 after warm-up.",
      "Raise the learning rate 10 times; use He or Glorot initialisation and normalise the inputs.",
  };
  finding.ruled_out = {"Slow start: there is no fall up to the last step.",
                       "Noise that hides the fall: the scatter is small beside the loss."};
  finding.alternatives = {
      "A learning rate far too small: the fall would scale with it; one run at 10 times the rate "
      "tells."};
  ctx.Report(std::move(finding));
}

constexpr std::string_view kExplainedBy[] = {"loss-increasing"};

}  // namespace

extern constinit const Rule not_learning{
    .id = "not-learning",
    .severity = Severity::kError,
    .summary = "the training loss never leaves its start",
    .doc = R"(## What it finds
A training loss that falls by less than 2 % over the run (8 % when the validation loss does not fall at all: then the
little that falls is memorised). A loss of ln C for C classes, the loss of guessing, makes it certain.
## Why it matters
The model has learned nothing from its inputs. More epochs will not help.
## What to try
Fit one batch; check labels, loss function, frozen parameters and data loading; then the learning rate (10 times up) and
initialisation.
## Known limits
A model that starts trained (fine-tuning) also has a flat loss; it is recognised by its accuracy only.
)",
    .params = kParams,
    .explained_by = kExplainedBy,
    .check = Check,
};

}  // namespace telltale::diagnosis::rules
