#include "lib/convert/fit_points.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <functional>
#include <limits>
#include <span>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_format.h"
#include "lib/base/str.h"

namespace telltale::convert {
namespace {

using formats::Capacity;

// Values.

void RoundValues(model::Series& series, Changes& changes) {
  if (series.float32) return;
  uint64_t rounded = 0;
  double largest = 0;
  for (double& value : series.values.Mutable()) {
    const double before = value;
    value = static_cast<double>(static_cast<float>(before));
    if (value == before || std::isnan(before)) continue;
    ++rounded;
    largest = std::max(largest, std::abs((value - before) / before));
  }
  if (rounded == 0) return;
  changes.push_back(
      {.kind = ChangeKind::kRoundedValues,
       .tag = series.tag,
       .count = rounded,
       .detail = std::isinf(largest)
                     ? "rounded to 32 bits, some beyond what these hold"
                     : absl::StrFormat("rounded to 32 bits, by %.2g of the value at most", largest),
       .lost = true});
}

void NoteNegativeZeros(const model::Series& series, Changes& changes) {
  const auto zeros = std::count_if(series.values.begin(), series.values.end(),
                                   [](double v) { return v == 0 && std::signbit(v); });
  if (zeros == 0) return;
  changes.push_back({.kind = ChangeKind::kNegativeZero,
                     .tag = series.tag,
                     .count = static_cast<uint64_t>(zeros),
                     .detail = "-0 becomes 0",
                     .lost = true});
}

void NoteGreatestDoubles(const model::Series& series, Changes& changes) {
  constexpr double kGreatest = std::numeric_limits<double>::max();
  const auto great = std::count_if(series.values.begin(), series.values.end(),
                                   [](double v) { return std::abs(v) == kGreatest; });
  if (great == 0) return;
  changes.push_back({.kind = ChangeKind::kGreatestDouble,
                     .tag = series.tag,
                     .count = static_cast<uint64_t>(great),
                     .detail = "the greatest finite double stands for infinity there",
                     .lost = true});
}

// Wall times.

// Gives times that are no times (NaN, infinite, before 1970) that of the nearest point before, or
// where there is none that of the first that has one, or the run's.
void ReplaceOddTimes(double run_start, model::Series& series, Changes& changes) {
  const auto is_odd = [](double t) { return !std::isfinite(t) || t < 0; };
  const auto first = std::find_if_not(series.wall_times.begin(), series.wall_times.end(), is_odd);
  double last = first == series.wall_times.end() ? run_start : *first;
  uint64_t replaced = 0;
  for (double& time : series.wall_times.Mutable()) {
    if (is_odd(time)) {
      time = last;
      ++replaced;
    }
    last = time;
  }
  if (replaced == 0) return;
  changes.push_back(
      {.kind = ChangeKind::kOddTimes,
       .tag = series.tag,
       .count = replaced,
       .detail = "without a wall time that could be written: that of the point before",
       .lost = true});
}

void RoundTimes(double unit, model::Series& series, Changes& changes) {
  uint64_t rounded = 0;
  double largest = 0;
  for (double& time : series.wall_times.Mutable()) {
    if (!std::isfinite(time)) continue;
    const double before = time;
    // Dividing by the number of units a second gives the double that a reader gets as well.
    const double per_second = std::round(1 / unit);
    time = std::round(before * per_second) / per_second;
    if (time == before) continue;
    ++rounded;
    largest = std::max(largest, std::abs(time - before));
  }
  if (rounded == 0) return;
  changes.push_back(
      {.kind = ChangeKind::kRoundedTimes,
       .tag = series.tag,
       .count = rounded,
       .detail = absl::StrFormat("wall times rounded to %g s, by %.2g s at most", unit, largest),
       .lost = true});
}

void DropTimes(model::Series& series, Changes& changes) {
  const auto has = [](double t) { return std::isfinite(t) && t != 0; };
  const auto known = std::count_if(series.wall_times.begin(), series.wall_times.end(), has);
  if (known == 0) return;
  changes.push_back({.kind = ChangeKind::kNoTimes,
                     .tag = series.tag,
                     .count = static_cast<uint64_t>(known),
                     .detail = "wall times are left out",
                     .lost = true});
}

// Repeated points.

// A point, and what two points must differ in.
using Key = std::tuple<int64_t, double, uint64_t>;

Key KeyOf(const model::Series& series, size_t i) {
  const double value = series.values[i];
  // All NaN are one value to a database.
  const double same = std::isnan(value) ? std::numeric_limits<double>::quiet_NaN() : value + 0.0;
  return {series.steps[i], series.wall_times[i], std::bit_cast<uint64_t>(same)};
}

template <typename T>
void RemoveAt(const std::vector<bool>& dropped, Column<T>& column) {
  const std::span<T> elements = column.Mutable();
  size_t kept = 0;
  for (size_t i = 0; i < elements.size(); ++i) {
    if (!dropped[i]) elements[kept++] = elements[i];
  }
  column.resize_down(kept);
}

void RemoveAt(const std::vector<bool>& dropped, model::Series& series) {
  RemoveAt(dropped, series.steps);
  RemoveAt(dropped, series.wall_times);
  RemoveAt(dropped, series.values);
  RemoveAt(dropped, series.axis_values);
}

bool Ascends(const model::Series& series) {
  return std::adjacent_find(series.steps.begin(), series.steps.end(), std::greater_equal<>()) ==
         series.steps.end();
}

void DropRepeats(model::Series& series, Changes& changes) {
  if (Ascends(series)) return;
  absl::flat_hash_set<Key> seen;
  std::vector<bool> dropped(series.size());
  uint64_t repeats = 0;
  for (size_t i = 0; i < series.size(); ++i) {
    dropped[i] = !seen.insert(KeyOf(series, i)).second;
    repeats += dropped[i] ? 1 : 0;
  }
  if (repeats == 0) return;
  RemoveAt(dropped, series);
  changes.push_back({.kind = ChangeKind::kRepeatedPoints,
                     .tag = series.tag,
                     .count = repeats,
                     .detail = "the same step, wall time and value a second time",
                     .lost = true});
}

// After rounding, points that were different may be the same: those move by a unit each, so that
// none is lost.
void SeparateTimes(double unit, model::Series& series) {
  if (Ascends(series)) return;
  const double per_second = std::round(1 / unit);
  absl::flat_hash_set<Key> seen;
  absl::flat_hash_map<std::pair<int64_t, uint64_t>, double> next;  // free unit, by step and value
  const std::span<double> times = series.wall_times.Mutable();
  for (size_t i = 0; i < series.size(); ++i) {
    if (seen.insert(KeyOf(series, i)).second) continue;
    const Key key = KeyOf(series, i);
    double& unit_of = next[{std::get<0>(key), std::get<2>(key)}];
    unit_of = std::max(unit_of, std::round(times[i] * per_second) + 1);
    do {
      times[i] = unit_of / per_second;
      ++unit_of;
    } while (!seen.insert(KeyOf(series, i)).second);
  }
}

// X axes.

bool HoldsSteps(const Column<double>& values) {
  return std::all_of(values.begin(), values.end(),
                     [](double v) { return std::trunc(v) == v && std::abs(v) <= 0x1p53; });
}

// A series that is drawn over something else than its steps is drawn over its steps there: so these
// become what it is drawn over, where that is possible.
void FitAxis(model::Series& series, Changes& changes) {
  if (series.axis.empty() || series.axis_values.empty()) return;
  const bool possible = HoldsSteps(series.axis_values);
  if (possible) {
    std::transform(series.axis_values.begin(), series.axis_values.end(),
                   series.steps.Mutable().begin(),
                   [](double value) { return static_cast<int64_t>(value); });
  }
  changes.push_back({.kind = ChangeKind::kAxis,
                     .tag = series.tag,
                     .count = series.size(),
                     .detail = possible ? StrCat("its x axis, ", series.axis, ", becomes the step")
                                        : StrCat("its x axis, ", series.axis,
                                                 ", has values that are no steps and is left out"),
                     .lost = true});
  series.axis.clear();
  series.axis_values = {};
}

// Where all tags of a step share one wall time: by how much theirs differ.
void NoteSharedTimes(const model::Run& run, Changes& changes) {
  struct Range {
    double first, last;
  };
  absl::flat_hash_map<int64_t, Range> steps;
  double largest = 0;
  for (const model::Series& series : run.series) {
    const bool negative = series.size() > 0 && series.steps.front() < 0;
    if (negative || !Ascends(series)) return;  // points of such runs keep their own times
    for (size_t i = 0; i < series.size(); ++i) {
      const double time = series.wall_times[i];
      if (!std::isfinite(time)) continue;
      Range& range = steps.try_emplace(series.steps[i], Range{time, time}).first->second;
      range.first = std::min(range.first, time);
      range.last = std::max(range.last, time);
      largest = std::max(largest, range.last - range.first);
    }
  }
  if (largest == 0) return;
  changes.push_back(
      {.kind = ChangeKind::kSharedTimes,
       .count = steps.size(),
       .detail = absl::StrFormat(
           "the tags of a step share its latest wall time there, %.2g s off at most", largest),
       .lost = true});
}

}  // namespace

void FitPoints(const Capacity& capacity, model::Run& run, Changes& changes) {
  const double start = run.info.start_time > 0 ? run.info.start_time : run.first_wall_time;
  for (model::Series& series : run.series) {
    if (!capacity.float64) RoundValues(series, changes);
    if (!capacity.negative_zero) NoteNegativeZeros(series, changes);
    if (!capacity.greatest_double) NoteGreatestDoubles(series, changes);
    if (!capacity.custom_axes) FitAxis(series, changes);
    if (!capacity.wall_times) DropTimes(series, changes);
    if (!capacity.odd_wall_times) ReplaceOddTimes(start, series, changes);
    if (!capacity.repeated_points) DropRepeats(series, changes);
    if (capacity.time_unit > 0) RoundTimes(capacity.time_unit, series, changes);
    if (capacity.time_unit > 0 && !capacity.repeated_points) {
      SeparateTimes(capacity.time_unit, series);
    }
  }
  if (!capacity.time_a_point) NoteSharedTimes(run, changes);
}

}  // namespace telltale::convert
