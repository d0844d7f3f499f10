#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/str_format.h"
#include "lib/diagnosis/context.h"
#include "lib/diagnosis/wording.h"

namespace telltale::diagnosis::rules {
namespace {

constexpr ParamSpec kRepeats{
    "repeats", 1, 1, 1000,
    "points that must go back or contradict an earlier one of the same step"};
constexpr ParamSpec kParams[] = {kRepeats};

// The highest step that was reached before the first point that goes back.
int64_t ReachedBefore(const model::Series& series) {
  for (size_t i = 1; i < series.size(); ++i) {
    if (series.steps[i] < series.steps[i - 1]) return series.steps[i - 1];
  }
  return series.size() > 0 ? series.steps.back() : 0;
}

void Check(Context& ctx) {
  size_t back = 0, contradictions = 0, affected = 0;
  const SeriesNote* worst = nullptr;
  for (const SeriesNote& note : ctx.view().notes) {
    if (note.health.regressions + note.health.repeats == 0) continue;
    ++affected;
    back += note.health.regressions;
    contradictions += note.health.repeats;
    if (worst == nullptr || note.health.regressions > worst->health.regressions) worst = &note;
  }
  if (worst == nullptr) return;
  if (static_cast<double>(back + contradictions) < ctx.param(kRepeats)) return;
  Finding finding{.severity = Severity::kInfo, .confidence = 0.95};
  if (worst->health.first_regression) {
    const int64_t from = ReachedBefore(*worst->series), to = *worst->health.first_regression;
    finding.first_step = to;
    finding.last_step = from;
    finding.summary = absl::StrFormat(
        "Steps go back from %d to %d; of what is logged twice, the later values are used.", from,
        to);
  } else {
    finding.summary = absl::StrFormat(
        "%d points contradict an earlier one of the same step; the later values are used.",
        contradictions);
  }
  finding.evidence = {
      {.name = "points_that_go_back", .value = static_cast<double>(back), .series = worst->name},
      {.name = "contradictions", .value = static_cast<double>(contradictions)},
      {.name = "series", .value = static_cast<double>(affected)}};
  finding.remedies = {
      "Nothing, if the run was resumed from a checkpoint.",
      "Otherwise give each run a directory of its own; with TensorBoard's writers, purge_step "
      "drops what a resumed run repeats.",
      "Log each tag from one process only (rank 0)."};
  finding.alternatives = {
      "Two runs that write into one directory: then the values jump between two levels."};
  ctx.Report(std::move(finding));
}

}  // namespace

extern constinit const Rule step_regression{
    .id = "step-regression",
    .severity = Severity::kInfo,
    .summary = "steps go back, or are logged twice with different values",
    .doc = R"(## What it finds
A series whose step falls below the one before it, or that has two values for one step: a resumed run, or two that share a directory.
## Why it matters
Charts draw a line back, and averages mix two trainings. Diagnosis uses the later values.
## What to try
purge_step when resuming; a new directory for each run; one process that logs.
## Known limits
A resumed run whose first step follows on its last one leaves no such trace. Files that start again from the beginning are taken as sessions
of their own before any rule sees them.
)",
    .params = kParams,
    .check = Check,
};

}  // namespace telltale::diagnosis::rules
