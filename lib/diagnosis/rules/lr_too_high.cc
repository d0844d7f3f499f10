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

constexpr ParamSpec kBlowUp{"blow-up", 5, 1.5, 1000,
                            "highest loss in the first tenth of the run over the first loss"};
constexpr ParamSpec kCalmer{"calmer", 4, 1.5, 1000,
                            "scatter before a drop of the learning rate over that after it"};
constexpr ParamSpec kScatter{"scatter", 0.2, 0.01, 10,
                             "scatter from point to point as a share of the level"};
constexpr ParamSpec kUpdate{"update", 0.02, 0.001, 1, "usual size of an update over the weights"};
constexpr ParamSpec kParams[] = {kBlowUp, kCalmer, kScatter, kUpdate};

// What speaks for it; each is enough.
struct Signs {
  std::vector<std::string> said = {};
  std::vector<Evidence> evidence = {};
  double strength = 0;
  size_t sure = 0;  // of those, how many leave no doubt
  std::optional<int64_t> step = {};

  void Add(std::string text, Evidence figure, double how_strong, int64_t at) {
    said.push_back(std::move(text));
    evidence.push_back(std::move(figure));
    strength = std::max(strength, how_strong);
    ++sure;
    if (!step) step = at;
  }
};

// The loss shoots up in the first tenth of the run.
void LookAtTheStart(Context& ctx, const Curve& loss, Signs& signs) {
  if (loss.size() < 10 || !(loss.values.front() > 0)) return;
  const size_t early = std::max<size_t>(3, loss.size() / 10);
  size_t top = 0;
  // Two neighbours must be high, so that one bad batch does not count.
  const auto height = [&](size_t i) { return std::min(loss.values[i], loss.values[i + 1]); };
  for (size_t i = 1; i < early; ++i) {
    if (top == 0 || height(i) > height(top)) top = i;
  }
  const double factor = height(top) / loss.values.front();
  if (factor < ctx.param(kBlowUp)) return;
  signs.Add(absl::StrFormat("the loss rises from %s to %s within the first tenth of the run",
                            Num(loss.values.front()), Num(height(top))),
            {.name = "early_rise", .value = factor, .unit = "x", .series = loss.name},
            Strength(factor, ctx.param(kBlowUp), 10), loss.steps[top]);
}

// Turns non-finite in the first tenth, having risen.
void LookAtTheEnd(const Curve& loss, Signs& signs) {
  const SeriesHealth& health = loss.health;
  if (!health.last_finite_step || !health.first_non_finite || loss.size() < 2) return;
  const size_t before = health.points - health.non_finite - health.finite_after;
  if (before * 10 > health.points || !(loss.values.front() > 0)) return;
  const double factor = health.last_finite_value / loss.values.front();
  if (factor < 2) return;
  signs.Add(absl::StrFormat("the loss rises to %s and is not finite from step %d on",
                            Num(health.last_finite_value), health.first_non_finite->step),
            {.name = "rise_before_non_finite", .value = factor, .unit = "x", .series = loss.name},
            1, health.first_non_finite->step);
}

// Share of neighbouring changes with opposite signs: about 2/3 for scatter, 0 for a trend.
double Turns(std::span<const double> values) {
  size_t turns = 0;
  for (size_t i = 2; i < values.size(); ++i) {
    turns += (values[i] - values[i - 1]) * (values[i - 1] - values[i - 2]) < 0 ? 1 : 0;
  }
  return values.size() > 2 ? static_cast<double>(turns) / static_cast<double>(values.size() - 2)
                           : 0;
}

// Scatter that goes when the rate is lowered was the rate's.
void LookAtTheDrops(Context& ctx, const RunView& view, Signs& signs) {
  const std::vector<double>& rate = view.trend_lr;
  const std::span<const double> loss = view.trend.values;
  for (size_t i = 1; i < rate.size(); ++i) {
    if (!(rate[i] > 0) || rate[i] > 0.5 * rate[i - 1]) continue;
    if (i > 1 && rate[i - 1] < 0.9 * rate[i - 2]) continue;  // the end of a smooth fall
    const size_t reach = std::min({i, rate.size() - i, size_t{20}});
    if (reach < 5) continue;
    const auto before = loss.subspan(i - reach, reach), after = loss.subspan(i, reach);
    const double noise = DifferenceNoise(before), calm = DifferenceNoise(after);
    const double level = Median(before);
    if (!(level > 0) || noise < ctx.param(kScatter) * level || Turns(before) < 0.4) continue;
    if (noise < ctx.param(kCalmer) * std::max(calm, 1e-3 * level)) continue;
    const double factor = noise / std::max(calm, 1e-3 * level);
    signs.Add(
        absl::StrFormat("the loss scatters by %s of its level until the rate falls from %s "
                        "to %s, and %s times less after it",
                        Percent(noise / level), Num(rate[i - 1]), Num(rate[i]), Num(factor)),
        {.name = "calmer_after_drop", .value = factor, .unit = "x", .series = view.trend.name},
        Strength(factor, ctx.param(kCalmer), 5), view.trend.steps[i]);
    return;
  }
}

// Updates of several per cent of the weights, and a loss that does not settle.
void LookAtTheUpdates(Context& ctx, const RunView& view, Signs& signs) {
  if (view.update_ratio == nullptr || view.update_ratio->size() < 10) return;
  const Curve coarse = Coarse(*view.update_ratio, 2000);
  const std::span<const double> ratios = coarse.values;
  const double usual = Median(ratios.subspan(ratios.size() / 5));
  const Shape& train = view.train;
  const double level = std::abs(train.end);
  if (usual < ctx.param(kUpdate) || train.noise < 0.5 * ctx.param(kScatter) * level) return;
  signs.Add(absl::StrFormat("an update changes the weights by %s (0.1 %% is usual), and the loss "
                            "does not settle",
                            Percent(usual)),
            {.name = "update_ratio", .value = usual, .series = view.update_ratio->name},
            Strength(usual, ctx.param(kUpdate), 10), view.trend.steps.front());
  --signs.sure;  // small weights do that too
}

std::string Advice(const RunView& view) {
  std::optional<double> rate =
      NumericParam(view, {"lr", "learning_rate", "initial_lr", "base_lr", "max_lr"});
  if (view.learning_rate != nullptr && !view.learning_rate->empty()) {
    rate = *std::max_element(view.learning_rate->values.begin(), view.learning_rate->values.end());
  }
  if (!rate || !(*rate > 0)) {
    return "Lower the learning rate 3-10 times (usual: 1e-5 to 1e-2).";
  }
  return absl::StrFormat("Lower the learning rate from %s to between %s and %s.", Num(*rate),
                         Num(*rate / 10), Num(*rate / 3));
}

void Check(Context& ctx) {
  const RunView& view = ctx.view();
  if (view.meaning != LossMeaning::kObjective || view.train_loss_steps == nullptr) return;
  Signs signs;
  LookAtTheStart(ctx, *view.train_loss_steps, signs);
  LookAtTheEnd(*view.train_loss_steps, signs);
  LookAtTheDrops(ctx, view, signs);
  LookAtTheUpdates(ctx, view, signs);
  if (signs.said.empty()) return;
  Finding finding{.severity = signs.sure > 0 ? Severity::kWarning : Severity::kInfo};
  const double more = signs.said.size() > 1 ? 0.05 : 0;
  finding.confidence =
      Grade(signs.sure > 0 ? 0.65 : 0.4, signs.sure > 0 ? 0.92 : 0.7, signs.strength) + more;
  finding.first_step = signs.step;
  finding.last_step = std::max(*signs.step, view.train_loss_steps->health.last_step);
  finding.summary = "Learning rate is too high: ";
  for (size_t i = 0; i < signs.said.size(); ++i) {
    finding.summary += (i > 0 ? "; " : "") + signs.said[i];
  }
  finding.summary += ".";
  finding.evidence = std::move(signs.evidence);
  finding.remedies = {
      Advice(view),
      "Warm it up over the first 5 % of the steps, then let it decay (0.96 each 1000 steps, or "
      "cosine).",
      "Clip gradients (norm 1.0); enlarge the batch."};
  finding.ruled_out = {"A single bad batch: one high point alone does not count."};
  finding.alternatives = {
      "Inputs that are not normalised, or a wide initialisation: then the first loss is far above "
      "that of guessing."};
  ctx.Report(std::move(finding));
}

}  // namespace

extern constinit const Rule lr_too_high{
    .id = "lr-too-high",
    .severity = Severity::kWarning,
    .summary = "the learning rate is too high",
    .doc = R"(## What it finds
Any of: a loss that rises five times above its start in the first tenth of the run, or becomes non-finite there after rising; scatter of more than
20 % of the level that all but goes when the rate is lowered; updates of more than 2 % of the weights with a loss that does not settle
(alone, a remark only).
## Why it matters
Steps that overshoot undo each other: at best the loss hovers above what the model could reach, at worst it explodes.
## What to try
A rate 3-10 times lower, warm-up, decay, clipping at norm 1.0, larger batches.
## Known limits
Quiet cases, where the loss merely settles too high, do not show in one curve; a sweep shows them (`sweep-edge`).
)",
    .params = kParams,
    .check = Check,
};

}  // namespace telltale::diagnosis::rules
