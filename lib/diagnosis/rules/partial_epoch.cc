#include <algorithm>
#include <cmath>
#include <initializer_list>
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

constexpr ParamSpec kCovered{"covered", 0.95, 0.01, 1, "share of the examples that an epoch shows"};
constexpr ParamSpec kParams[] = {kCovered};

struct Coverage {
  double steps = 0;
  double batch = 0;
  double examples = 0;
  double Share() const { return steps * batch / examples; }
  // All but a last, incomplete batch.
  bool DropsTheRestOnly() const { return examples - steps * batch < batch; }
};

using Names = std::initializer_list<std::string_view>;

std::optional<Coverage> Find(const RunView& view, Names steps, Names batch, Names examples) {
  const auto s = NumericParam(view, steps), b = NumericParam(view, batch),
             n = NumericParam(view, examples);
  if (!s || !b || !n || !(*s > 0) || !(*b > 0) || !(*n > 0)) return std::nullopt;
  return Coverage{.steps = *s, .batch = *b, .examples = *n};
}

void Judge(Context& ctx, const Coverage& c, std::string_view set, std::string_view setting) {
  if (c.Share() >= ctx.param(kCovered) || c.DropsTheRestOnly()) return;
  const RunView& view = ctx.view();
  Finding finding{.severity = Severity::kWarning, .confidence = 0.95};
  finding.summary = absl::StrFormat("An epoch shows %s of %s %s examples (%s steps of %s): %s.",
                                    Num(c.steps * c.batch), Num(c.examples), std::string(set),
                                    Num(c.steps), Num(c.batch), Percent(c.Share()));
  const Curve* curve = view.train_loss != nullptr ? view.train_loss : view.validation_loss;
  if (curve != nullptr && !curve->empty()) {
    finding.first_step = curve->steps.front();
    finding.last_step = curve->steps.back();
  }
  finding.evidence = {{.name = "covered", .value = 100 * c.Share(), .unit = "%"},
                      {.name = "examples_an_epoch", .value = c.steps * c.batch},
                      {.name = "examples", .value = c.examples}};
  finding.remedies = {
      absl::StrFormat("Set %s to %s (examples over batch, rounded up), or leave it out.",
                      std::string(setting), Num(std::ceil(c.examples / c.batch))),
      "Shuffle, so that at least the part that is shown differs from epoch to epoch."};
  finding.alternatives = {"Intended: a short epoch, to evaluate more often."};
  ctx.Report(std::move(finding));
}

void Check(Context& ctx) {
  const RunView& view = ctx.view();
  const auto train =
      Find(view, {"steps_per_epoch", "train_steps_per_epoch"}, {"batch_size", "train_batch_size"},
           {"n_train", "train_size", "num_train", "train_samples", "num_train_samples",
            "num_train_examples", "n_samples", "dataset_size"});
  const auto held_out =
      Find(view, {"validation_steps", "val_steps"},
           {"val_batch_size", "validation_batch_size", "eval_batch_size", "batch_size"},
           {"n_val", "val_size", "num_val", "val_samples", "num_val_samples", "validation_samples",
            "num_val_examples"});
  if (!train && !held_out) {
    return ctx.NotAssessable(
        "needs the hyper-parameters steps_per_epoch, batch_size and n_train (or those of "
        "validation)");
  }
  if (train) Judge(ctx, *train, "training", "steps_per_epoch");
  if (held_out) Judge(ctx, *held_out, "validation", "validation_steps");
}

}  // namespace

extern constinit const Rule partial_epoch{
    .id = "partial-epoch",
    .severity = Severity::kWarning,
    .summary = "an epoch does not show all of the data",
    .doc = R"(## What it finds
steps_per_epoch times batch size below 95 % of the training examples (31 x 128 = 3968 of 40000, say, is 9.9 %), and the same for validation_steps; from the
hyper-parameters. Leaving out a last incomplete batch is fine.
## Why it matters
What is never shown is never learned: training looks fast, validation swings wildly, and both are blamed on the model.
## What to try
steps_per_epoch = examples over batch, rounded up; or let the framework count.
## Known limits
Needs those hyper-parameters. With a shuffled endless loader a short "epoch" is only a name.
)",
    .params = kParams,
    .check = Check,
};

}  // namespace telltale::diagnosis::rules
