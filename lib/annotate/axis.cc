#include "lib/annotate/axis.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "lib/model/experiment.h"
#include "lib/model/series.h"

namespace telltale::annotate {
namespace {

const model::Series* LongestSeries(const report::RunReport& report) {
  const model::Series* longest = nullptr;
  for (const model::SeriesRef& ref : report.training_run.series) {
    const model::Series& series = report.experiment.runs[ref.run].series[ref.series];
    if (longest == nullptr || series.size() > longest->size()) longest = &series;
  }
  return longest;
}

// The training loss has the finest steps of those that matter.
const model::Series* AxisSeries(const report::RunReport& report) {
  for (const std::string* name :
       {&report.diagnosis.train_loss, &report.diagnosis.validation_loss}) {
    const model::Series* series = report::FindSeries(report, *name);
    if (series != nullptr && series->size() > 0) return series;
  }
  return LongestSeries(report);
}

// Indices of `steps` in ascending order of step, those of equal steps in the order of the file.
template <typename Steps>
std::vector<size_t> InOrderOfStep(const Steps& steps) {
  std::vector<size_t> order(steps.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](size_t a, size_t b) { return steps[a] < steps[b]; });
  return order;
}

// `n` positions of [0, size), spread evenly, with the first and the last; all if there are no more.
std::vector<size_t> Spread(size_t size, size_t n) {
  std::vector<size_t> positions;
  if (size <= n) {
    positions.resize(size);
    std::iota(positions.begin(), positions.end(), size_t{0});
    return positions;
  }
  for (size_t i = 0; i < n; ++i) positions.push_back(i * (size - 1) / (n - 1));
  return positions;
}

template <typename T>
void SortUnique(std::vector<T>& values) {
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
}

// The edges count also where the axis has no point, so that a range is seen in any case.
std::vector<int64_t> WithEdges(std::vector<int64_t> steps, std::span<const StepRange> ranges) {
  for (const StepRange& range : ranges) {
    if (range.first) steps.push_back(*range.first);
    if (range.last) steps.push_back(*range.last);
  }
  SortUnique(steps);
  return steps;
}

// Where `steps` enters and leaves each range. The position before an edge and the one at it both
// count: otherwise TensorBoard would draw a slope across the gap. Never more than half of what a
// curve may hold.
std::vector<size_t> EdgePositions(const std::vector<int64_t>& steps,
                                  std::span<const StepRange> ranges) {
  std::vector<size_t> positions;
  const auto add = [&](std::vector<int64_t>::const_iterator edge) {
    const auto i = static_cast<size_t>(edge - steps.begin());
    if (i > 0) positions.push_back(i - 1);
    if (i < steps.size()) positions.push_back(i);
  };
  for (const StepRange& range : ranges) {
    if (range.first) add(std::lower_bound(steps.begin(), steps.end(), *range.first));
    if (range.last) add(std::upper_bound(steps.begin(), steps.end(), *range.last));
  }
  SortUnique(positions);
  positions.resize(std::min(positions.size(), kMostFindingPoints / 2));
  return positions;
}

}  // namespace

Axis::Axis(const report::RunReport& report) {
  for (const size_t index : report.training_run.runs) {
    const model::Run& run = report.experiment.runs[index];
    if (std::isfinite(run.first_wall_time)) start_ = std::max(start_, run.first_wall_time);
    if (std::isfinite(run.last_wall_time)) end_ = std::max(end_, run.last_wall_time);
  }
  end_ = std::max(end_, start_);

  const model::Series* series = AxisSeries(report);
  if (series == nullptr) return;
  double latest = start_;
  for (const size_t i : InOrderOfStep(series->steps)) {
    const double wall_time = series->wall_times[i];
    if (std::isfinite(wall_time)) latest = std::clamp(wall_time, latest, end_);
    if (steps_.empty() || steps_.back() != series->steps[i]) {
      steps_.push_back(series->steps[i]);
      wall_times_.push_back(latest);
    } else {
      wall_times_.back() = latest;
    }
  }
}

double Axis::WallTime(int64_t step) const {
  const auto after = std::upper_bound(steps_.begin(), steps_.end(), step);
  if (after == steps_.begin()) return start_;
  return wall_times_[static_cast<size_t>(after - steps_.begin()) - 1];
}

std::vector<CurvePoint> Sampled(const diagnosis::DerivedCurve& curve) {
  std::vector<CurvePoint> all;
  for (const size_t i : InOrderOfStep(curve.steps)) {
    if (i >= curve.values.size()) continue;
    if (!all.empty() && all.back().step == curve.steps[i]) all.pop_back();
    all.push_back({curve.steps[i], curve.values[i]});
  }
  std::vector<CurvePoint> sampled;
  for (const size_t i : Spread(all.size(), kMostCurvePoints)) sampled.push_back(all[i]);
  return sampled;
}

std::vector<CurvePoint> ActiveCurve(const Axis& axis, std::span<const StepRange> ranges) {
  if (ranges.empty()) return {};
  const std::vector<int64_t> steps = WithEdges(axis.steps(), ranges);
  std::vector<size_t> chosen = EdgePositions(steps, ranges);
  for (const size_t i : Spread(steps.size(), kMostFindingPoints - chosen.size())) {
    chosen.push_back(i);
  }
  SortUnique(chosen);
  std::vector<CurvePoint> curve;
  for (const size_t i : chosen) {
    const bool active = std::any_of(ranges.begin(), ranges.end(),
                                    [&](const StepRange& range) { return range.Holds(steps[i]); });
    curve.push_back({steps[i], active ? 1.0 : 0.0});
  }
  return curve;
}

}  // namespace telltale::annotate
