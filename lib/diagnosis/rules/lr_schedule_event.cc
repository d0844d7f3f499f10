#include <algorithm>
#include <cmath>
#include <optional>
#include <span>
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

constexpr ParamSpec kFactor{"factor", 2, 1.1, 1000,
                            "change of the learning rate from one point to the next"};
constexpr ParamSpec kParams[] = {kFactor};

constexpr size_t kMostEvents = 12;  // more are a continuous schedule, not events

struct Event {
  size_t at = 0;  // index of the first point with the new rate
  double from = 0;
  double to = 0;
};

// log2 of the change at point i; 0 where there is none.
double Change(const Curve& rate, size_t i) {
  if (i == 0 || i >= rate.size() || !(rate.values[i] > 0) || !(rate.values[i - 1] > 0)) return 0;
  return std::abs(std::log2(rate.values[i] / rate.values[i - 1]));
}

// Sudden drops, and rises after one: restarts. What rises before is a warm-up; what falls ever
// faster is the end of a smooth schedule.
std::vector<Event> FindEvents(const Curve& rate, double factor) {
  std::vector<Event> events;
  bool fell = false;
  for (size_t i = 1; i < rate.size(); ++i) {
    const double from = rate.values[i - 1], to = rate.values[i];
    fell = fell || to < from;
    const double around = std::max(i > 1 ? Change(rate, i - 1) : 0, Change(rate, i + 1));
    const bool steady = i == 1 || Change(rate, i - 1) < 0.15;
    const bool sudden = steady && Change(rate, i) > 3 * around;
    const bool drop = from > 0 && to > 0 && to * factor <= from && sudden;
    const bool restart = fell && from > 0 && from * factor <= to;
    if (drop || restart) events.push_back({.at = i, .from = from, .to = to});
  }
  return events;
}

// Level of the training loss around a step: medians of up to five points before and after it.
std::optional<std::pair<double, double>> LossAround(const RunView& view, int64_t step) {
  const auto& steps = view.trend.steps;
  const auto i =
      static_cast<size_t>(std::lower_bound(steps.begin(), steps.end(), step) - steps.begin());
  if (i == 0 || i >= steps.size()) return std::nullopt;
  const std::span<const double> values = view.trend.values;
  const size_t before = std::min<size_t>(5, i), after = std::min<size_t>(5, values.size() - i);
  return std::pair(Median(values.subspan(i - before, before)), Median(values.subspan(i, after)));
}

void Check(Context& ctx) {
  const RunView& view = ctx.view();
  const Curve* rate = view.learning_rate;
  if (rate == nullptr || rate->size() < 3) return;
  const std::vector<Event> events = FindEvents(*rate, ctx.param(kFactor));
  if (events.empty() || events.size() > kMostEvents) return;
  const StepMap map = view.trend.empty() ? StepMap{} : MapSteps(rate->steps, view.trend.steps);
  Finding finding{.severity = Severity::kInfo, .confidence = 0.95};
  finding.first_step = rate->steps[events.front().at];
  finding.last_step = rate->steps[events.back().at];
  std::string listed;
  for (const Event& event : events) {
    const int64_t step = rate->steps[event.at];
    absl::StrAppendFormat(&listed, "%s%s to %s at step %d", listed.empty() ? "" : ", ",
                          Num(event.from), Num(event.to), step);
    const auto loss = LossAround(view, map(step));
    if (!loss) continue;
    absl::StrAppendFormat(&listed, " (loss %s to %s)", Num(loss->first), Num(loss->second));
    finding.evidence.push_back({.name = absl::StrFormat("loss_change_at_%d", step),
                                .value = loss->second - loss->first,
                                .series = view.trend.name});
  }
  finding.evidence.insert(
      finding.evidence.begin(),
      {.name = "events", .value = static_cast<double>(events.size()), .series = rate->name});
  finding.summary = absl::StrFormat("Learning rate changes at once: %s.", listed);
  finding.remedies = {
      "Read jumps and knees of the losses at these steps as the schedule's, not as spikes or "
      "plateaus.",
      "If the loss was still falling before a drop, drop later (patience 5-10 instead of 2)."};
  finding.alternatives = {"A change by hand, or a resumed run with another setting."};
  ctx.Report(std::move(finding));
}

constexpr std::string_view kExplainedBy[] = {"early-lr-decay"};

}  // namespace

extern constinit const Rule lr_schedule_event{
    .id = "lr-schedule-event",
    .severity = Severity::kInfo,
    .summary = "the learning rate changes at once, which explains changes of the loss there",
    .doc = R"(## What it finds
Points at which the learning rate falls to half or less, or comes back to twice or more after a fall (a warm restart), with the training loss before and
after each. Warm-up and smooth schedules are no events.
## Why it matters
The loss jumps there for a reason; nobody should look for another.
## What to try
Nothing, unless a drop came while the loss was still falling fast.
## Known limits
Needs the learning rate in the logs. More than a dozen changes are taken for a continuous schedule.
)",
    .params = kParams,
    .explained_by = kExplainedBy,
    .check = Check,
};

}  // namespace telltale::diagnosis::rules
