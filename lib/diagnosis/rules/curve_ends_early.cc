#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_format.h"
#include "lib/diagnosis/context.h"
#include "lib/diagnosis/selection.h"
#include "lib/diagnosis/stats.h"
#include "lib/diagnosis/wording.h"

namespace telltale::diagnosis::rules {
namespace {

constexpr ParamSpec kShort{"short", 0.9, 0.1, 0.99,
                           "share of the planned length that a run must reach"};
constexpr ParamSpec kSilence{"silence", 5, 2, 100,
                             "usual distances between evaluations without a further one"};
constexpr ParamSpec kParams[] = {kShort, kSilence};

// Epochs that are done: from an epoch series, else from an axis that counts them one by one.
std::optional<double> EpochsDone(const RunView& view) {
  for (const SeriesNote& note : view.notes) {
    if (note.role.quantity == model::Quantity::kEpoch && note.series->size() > 0) {
      return note.series->values.back();
    }
  }
  for (const Curve* curve : {view.validation_loss, view.train_loss}) {
    if (curve == nullptr || curve->size() < 2) continue;
    const int64_t first = curve->steps.front(), last = curve->steps.back();
    const bool counts = last - first + 1 == static_cast<int64_t>(curve->size());
    if (counts && first <= 1) return static_cast<double>(last + (first == 0 ? 1 : 0));
  }
  return std::nullopt;
}

// Optimiser steps that are done; empty for an axis that counts epochs.
std::optional<double> StepsDone(const RunView& view) {
  const Curve* curve = view.train_loss_steps;
  if (curve == nullptr || curve->size() < 3) return std::nullopt;
  const int64_t span = curve->steps.back() - curve->steps.front();
  if (span + 1 == static_cast<int64_t>(curve->size()) && curve->size() < 500) return std::nullopt;
  return static_cast<double>(curve->steps.back());
}

void ReportShort(Context& ctx, double done, double planned, std::string_view unit) {
  const RunView& view = ctx.view();
  Finding finding{.severity = Severity::kInfo, .confidence = 0.9};
  finding.summary = absl::StrFormat("The log ends after %s of %s planned %s.", Num(done),
                                    Num(planned), std::string(unit));
  const Curve* curve = view.train_loss != nullptr ? view.train_loss : view.validation_loss;
  if (curve != nullptr && !curve->empty()) {
    finding.first_step = finding.last_step = curve->steps.back();
  }
  finding.evidence = {{.name = "share_of_plan", .value = 100 * done / planned, .unit = "%"},
                      {.name = "done", .value = done, .unit = std::string(unit)},
                      {.name = "planned", .value = planned, .unit = std::string(unit)}};
  finding.remedies = {
      "Look at the end of the job's own log: out of memory, time limit, a NaN that stopped it.",
      "If early stopping ended it (patience 10, min_delta 0.001), all is well: keep the best "
      "checkpoint.",
      "Otherwise resume from the last checkpoint."};
  finding.alternatives = {
      "Early stopping: then the best evaluation lies exactly the patience before the end.",
      "The run is still going on."};
  ctx.Report(std::move(finding));
}

// The validation series ends although training goes on.
void CheckSilence(Context& ctx) {
  const RunView& view = ctx.view();
  if (view.train_loss == nullptr || view.validation_loss == nullptr) return;
  const Curve& validation = *view.validation_loss;
  if (validation.size() < 4) return;
  const int64_t train_end = view.train_loss->health.last_step;
  const int64_t end = validation.health.last_step;
  const StepMap map = MapSteps(validation.steps, view.train_loss->steps);
  if (map.scale != 1) return;  // two axes: their ends are taken to be the same moment
  std::vector<double> distances;
  for (size_t i = 1; i < validation.size(); ++i) {
    distances.push_back(static_cast<double>(validation.steps[i] - validation.steps[i - 1]));
  }
  const double usual = Median(distances);
  const auto silent = static_cast<double>(train_end - end);
  if (silent < ctx.param(kSilence) * usual) return;
  if (silent < 0.1 * static_cast<double>(train_end - validation.steps.front())) return;
  Finding finding{.severity = Severity::kInfo, .first_step = end, .last_step = train_end};
  finding.confidence = Grade(0.6, 0.95, Strength(silent / usual, ctx.param(kSilence), 4));
  finding.summary = absl::StrFormat(
      "Validation is last logged at step %d while training goes on to step %d.", end, train_end);
  finding.evidence = {
      {.name = "steps_without_validation",
       .value = silent,
       .unit = "steps",
       .series = validation.name},
      {.name = "usual_distance", .value = usual, .unit = "steps", .series = validation.name}};
  finding.remedies = {
      "Look for an error in the evaluation loop (memory, a missing file) at that "
      "step.",
      "Evaluate the saved checkpoints since then: what was best is not known."};
  finding.ruled_out = {"Values that a chart cannot draw: there is no NaN after the last point."};
  ctx.Report(std::move(finding));
}

void Check(Context& ctx) {
  const RunView& view = ctx.view();
  const auto epochs = NumericParam(view, {"epochs", "num_epochs", "n_epochs", "max_epochs",
                                          "num_train_epochs", "nb_epochs", "total_epochs"});
  const auto steps =
      NumericParam(view, {"max_steps", "total_steps", "num_steps", "max_iters", "total_timesteps"});
  const auto epochs_done = EpochsDone(view), steps_done = StepsDone(view);
  if (epochs && epochs_done && *epochs > 1 && *epochs_done < ctx.param(kShort) * *epochs) {
    ReportShort(ctx, *epochs_done, *epochs, "epochs");
  } else if (steps && steps_done && *steps > 1 && *steps_done < ctx.param(kShort) * *steps) {
    ReportShort(ctx, *steps_done, *steps, "steps");
  }
  CheckSilence(ctx);
}

constexpr std::string_view kExplainedBy[] = {"non-finite"};

}  // namespace

extern constinit const Rule curve_ends_early{
    .id = "curve-ends-early",
    .severity = Severity::kInfo,
    .summary = "the log ends before the planned end, or validation ends before training",
    .doc = R"(## What it finds
A run that stops before 90 % of the epochs or steps that its hyper-parameters plan, and a validation loss that is no longer logged
(for five times its usual distance and a tenth of the run) while training goes on.
## Why it matters
A curve that vanishes often means a crash or a NaN that the chart cannot draw; what follows it was never measured.
## What to try
Read the end of the job's log; evaluate the checkpoints since then; resume from the last one.
## Known limits
Early stopping and a run that is still going on end early too. Whether siblings ran longer is not looked at here.
)",
    .params = kParams,
    .explained_by = kExplainedBy,
    .check = Check,
};

}  // namespace telltale::diagnosis::rules
