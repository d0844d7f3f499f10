#include "lib/formats/wandb/rows.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <utility>

#include "lib/base/str.h"
#include "lib/formats/wandb/names.h"

namespace telltale::formats::wandb {
namespace {

bool Same(double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); }

bool Ascends(const model::Series& series) {
  return std::adjacent_find(series.steps.begin(), series.steps.end(), std::greater_equal<>()) ==
         series.steps.end();
}

}  // namespace

bool IsSystem(const model::Series& series) {
  if (series.plugin != kSystemPlugin || !series.tag.starts_with(kSystemPrefix)) return false;
  for (size_t i = 0; i < series.size(); ++i) {
    if (series.steps[i] != static_cast<int64_t>(i) || !std::isfinite(series.wall_times[i])) {
      return false;
    }
  }
  return true;
}

Rows::Rows(const model::Run& run) : run_(run) {
  for (size_t i = 0; i < run.series.size(); ++i) {
    const model::Series& series = run.series[i];
    if (IsSystem(series)) continue;
    series_of_.emplace(series.tag, i);
    any_axes_ = any_axes_ || !series.axis_values.empty();
    const bool negative = series.size() > 0 && series.steps.front() < 0;
    if (negative || !Ascends(series)) form_ = Form::kNumbered;
  }
  if (form_ == Form::kMerged && any_axes_ && !AxesFit()) form_ = Form::kNumbered;
  Start();
}

void Rows::Start() {
  heads_.clear();
  last_axis_.clear();
  next_.assign(run_.series.size(), 0);
  number_ = 0;
  series_ = 0;
  for (size_t i = 0; i < run_.series.size(); ++i) {
    const model::Series& series = run_.series[i];
    if (series.size() > 0 && !IsSystem(series)) heads_.push_back({series.steps.front(), i});
  }
  std::make_heap(heads_.begin(), heads_.end(), std::greater<>());
}

bool Rows::AxesFit() {
  Start();
  Row row;
  while (NextMerged(row)) {
    if (!AddAxes(row)) return false;
  }
  return true;
}

std::string Rows::AxisKey(const model::Series& series) const {
  if (series.axis_values.empty() || series.axis.empty()) {
    return form_ == Form::kNumbered ? std::string(kStepsMetric) : "";
  }
  if (series.axis.starts_with('_')) return series.axis;  // W&B's own, which rows have anyway
  return form_ == Form::kNumbered ? StrCat(kAxisPrefix, series.axis) : series.axis;
}

bool Rows::Next(Row& row) {
  if (form_ == Form::kNumbered) return NextNumbered(row);
  if (!NextMerged(row)) return false;
  if (any_axes_) AddAxes(row);
  return true;
}

bool Rows::NextMerged(Row& row) {
  if (heads_.empty()) return false;
  row.step = row.own_step = heads_.front().step;
  row.time = std::numeric_limits<double>::quiet_NaN();
  row.values.clear();
  row.axes.clear();
  while (!heads_.empty() && heads_.front().step == row.step) {
    std::pop_heap(heads_.begin(), heads_.end(), std::greater<>());
    Head& head = heads_.back();
    const model::Series& series = run_.series[head.series];
    size_t& point = next_[head.series];
    const double time = series.wall_times[point];
    if (!(time <= row.time)) row.time = std::isnan(time) ? row.time : time;
    row.values.push_back({head.series, point});
    if (++point < series.size()) {
      head.step = series.steps[point];
      std::push_heap(heads_.begin(), heads_.end(), std::greater<>());
    } else {
      heads_.pop_back();
    }
  }
  return true;
}

bool Rows::NextNumbered(Row& row) {
  while (series_ < run_.series.size() &&
         (IsSystem(run_.series[series_]) || next_[series_] >= run_.series[series_].size())) {
    ++series_;
  }
  if (series_ == run_.series.size()) return false;
  const model::Series& series = run_.series[series_];
  const size_t point = next_[series_]++;
  row.step = number_++;
  row.own_step = series.steps[point];
  row.time = series.wall_times[point];
  row.values.assign(1, {series_, point});
  row.axes.clear();
  if (!series.axis_values.empty()) {
    row.axes.push_back({AxisKey(series), series.axis_values[point]});
  }
  return true;
}

// Adds the axis values that the row lacks; false where that would change what the axis' own series
// says, or two series want different ones.
bool Rows::AddAxes(Row& row) {
  for (const RowValue& value : row.values) {
    const model::Series& series = run_.series[value.series];
    last_axis_[series.tag] = series.values[value.point];
  }
  for (const RowValue& value : row.values) {
    const model::Series& series = run_.series[value.series];
    if (series.axis_values.empty()) continue;
    const std::string key = AxisKey(series);
    const double wanted = series.axis_values[value.point];
    const auto known = last_axis_.find(key);
    if (known == last_axis_.end() ? std::isnan(wanted) : Same(known->second, wanted)) {
      const bool is_metric = series_of_.contains(key);
      const bool there = std::any_of(row.axes.begin(), row.axes.end(),
                                     [&](const AxisValue& each) { return each.key == key; });
      // W&B draws only rows that hold both.
      if (!is_metric && !there && !std::isnan(wanted)) row.axes.push_back({key, wanted});
      continue;
    }
    const bool twice = std::any_of(row.axes.begin(), row.axes.end(),
                                   [&](const AxisValue& each) { return each.key == key; });
    if (twice || series_of_.contains(key)) return false;
    row.axes.push_back({key, wanted});
    last_axis_[key] = wanted;
  }
  return true;
}

}  // namespace telltale::formats::wandb
