#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_format.h"
#include "lib/diagnosis/context.h"
#include "lib/diagnosis/stats.h"
#include "lib/diagnosis/wording.h"

namespace telltale::diagnosis::rules {
namespace {

constexpr ParamSpec kSeconds{"seconds", 1800, 1, 1e6, "seconds without a point, at least"};
constexpr ParamSpec kTimes{"times", 20, 2, 10000, "the same wait in usual intervals, at least"};
constexpr ParamSpec kSlowdown{
    "slowdown", 2, 1.2, 100,
    "usual interval of the last third over that of the first, from which the run got slow"};
constexpr ParamSpec kParams[] = {kSeconds, kTimes, kSlowdown};

constexpr size_t kIntervalsLookedAt = 3000;

struct Wait {
  double seconds = 0;
  int64_t before = 0;  // step before the wait
  int64_t after = 0;
};

// The series with the most points: the best clock of the run.
const model::Series* Clock(const RunView& view) {
  const model::Series* best = nullptr;
  for (const SeriesNote& note : view.notes) {
    if (best == nullptr || note.series->size() > best->size()) best = note.series;
  }
  return best;
}

// Where steps go back the run was resumed: that wait is not the run's own.
Wait LongestWait(const model::Series& clock) {
  Wait longest;
  for (size_t i = 1; i < clock.size(); ++i) {
    const double seconds = clock.wall_times[i] - clock.wall_times[i - 1];
    if (clock.steps[i] <= clock.steps[i - 1] || !(seconds > longest.seconds)) continue;
    longest = {.seconds = seconds, .before = clock.steps[i - 1], .after = clock.steps[i]};
  }
  return longest;
}

// Intervals between neighbouring points in [begin, end), thinned out where there are very many.
double UsualInterval(const model::Series& clock, size_t begin, size_t end) {
  std::vector<double> intervals;
  const size_t stride = std::max<size_t>(1, (end - begin) / kIntervalsLookedAt);
  for (size_t i = begin + 1; i < end; i += stride) {
    const double seconds = clock.wall_times[i] - clock.wall_times[i - 1];
    if (std::isfinite(seconds) && seconds >= 0) intervals.push_back(seconds);
  }
  return intervals.empty() ? 0 : Median(intervals);
}

void ReportWait(Context& ctx, const model::Series& clock, const Wait& wait, double usual) {
  Finding finding{.severity = Severity::kInfo, .first_step = wait.before, .last_step = wait.after};
  finding.confidence =
      Grade(0.6, 0.95, Strength(wait.seconds, std::max(ctx.param(kSeconds), usual), 10));
  finding.summary = absl::StrFormat(
      "Nothing is logged for %s s between steps %d and %d; usual are %s s from point to point.",
      Num(wait.seconds), wait.before, wait.after, Num(usual));
  const double total = clock.wall_times.back() - clock.wall_times.front();
  finding.evidence = {{.name = "longest_wait", .value = wait.seconds, .unit = "s"},
                      {.name = "usual_interval", .value = usual, .unit = "s"}};
  if (total > 0) {
    finding.evidence.push_back(
        {.name = "share_of_time", .value = 100 * wait.seconds / total, .unit = "%"});
  }
  finding.remedies = {
      "Look at the machine at that time: a hanging data loader, a full disk, another job.",
      "Set a time-out for collectives and data workers, so that a hang becomes an error."};
  finding.alternatives = {
      "A long evaluation or a checkpoint upload; a run that was paused and "
      "resumed from the same step."};
  ctx.Report(std::move(finding));
}

void ReportSlowdown(Context& ctx, const model::Series& clock, double first, double last) {
  Finding finding{.severity = Severity::kInfo};
  finding.confidence = Grade(0.5, 0.9, Strength(last / first, ctx.param(kSlowdown), 5));
  finding.first_step = clock.steps.front();
  finding.last_step = std::max(clock.steps.back(), clock.steps.front());
  finding.summary =
      absl::StrFormat("A point takes %s s in the last third of the run and took %s s in the first.",
                      Num(last), Num(first));
  finding.evidence = {{.name = "slowdown", .value = last / first, .unit = "x"},
                      {.name = "interval_at_first", .value = first, .unit = "s"},
                      {.name = "interval_at_last", .value = last, .unit = "s"}};
  finding.remedies = {
      "Look for what grows: a list of losses that keep their graph, a cache, a log file.",
      "Compare the time of the data loader with that of the step (profiler); check for thermal "
      "throttling."};
  finding.alternatives = {"Examples that get longer on purpose (curriculum, growing sequences)."};
  ctx.Report(std::move(finding));
}

void Check(Context& ctx) {
  const model::Series* clock = Clock(ctx.view());
  if (clock == nullptr || clock->size() < 10) return;
  if (!std::isfinite(clock->wall_times.front()) || !std::isfinite(clock->wall_times.back())) {
    return ctx.NotAssessable("needs wall times");
  }
  const size_t n = clock->size();
  const double usual = UsualInterval(*clock, 0, n);
  const Wait wait = LongestWait(*clock);
  if (wait.seconds > ctx.param(kSeconds) && wait.seconds > ctx.param(kTimes) * usual) {
    return ReportWait(ctx, *clock, wait, usual);
  }
  if (n < 30 || clock->wall_times.back() - clock->wall_times.front() < ctx.param(kSeconds)) return;
  const double first = UsualInterval(*clock, 0, n / 3);
  const double last = UsualInterval(*clock, n - n / 3, n);
  if (first > 0 && last > ctx.param(kSlowdown) * first) ReportSlowdown(ctx, *clock, first, last);
}

}  // namespace

extern constinit const Rule stalled_run{
    .id = "stalled-run",
    .severity = Severity::kInfo,
    .summary = "nothing is logged for long, or the run becomes slow",
    .doc = R"(## What it finds
A wait of more than half an hour and of more than 20 usual intervals between two points; or a run of more than half an hour whose points come
at half the pace in the last third.
## Why it matters
Time is paid for and nothing is learned in it; hangs come back.
## What to try
Data loader, disk, network and other jobs at that time; time-outs; a profile of a slow step.
## Known limits
A long evaluation, a pause, and a resumed run whose steps go on where they ended look the same. Needs wall times.
)",
    .params = kParams,
    .check = Check,
};

}  // namespace telltale::diagnosis::rules
