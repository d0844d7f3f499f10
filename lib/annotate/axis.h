// The steps and wall times of a training run, as its annotation uses them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "lib/diagnosis/finding.h"
#include "lib/report/report.h"

namespace telltale::annotate {

// TensorBoard draws at most this many points of a scalar; of a longer curve it shows a random
// choice.
inline constexpr size_t kMostCurvePoints = 1000;
inline constexpr size_t kMostFindingPoints = 500;

// The steps of the series that the diagnosis rests on, and when they were taken. Wall times from
// logs may be NaN, infinite or go back; what this gives out is finite and never goes back.
class Axis {
 public:
  explicit Axis(const report::RunReport& report);

  // Ascending, each once.
  const std::vector<int64_t>& steps() const { return steps_; }

  // When all of the training run's runs had begun. An annotation that starts no earlier leaves
  // TensorBoard's order and colours of them as they were.
  double start() const { return start_; }
  double end() const { return end_; }

  // When `step` was reached, within [start(), end()]. Does not fall as `step` rises.
  double WallTime(int64_t step) const;

 private:
  std::vector<int64_t> steps_;
  std::vector<double> wall_times_;  // of steps_
  double start_ = 0;
  double end_ = 0;
};

struct CurvePoint {
  int64_t step = 0;
  double value = 0;
  bool operator==(const CurvePoint&) const = default;
};

// The curve in ascending steps, the last value of each (TensorBoard's own choice), thinned evenly
// to kMostCurvePoints.
std::vector<CurvePoint> Sampled(const diagnosis::DerivedCurve& curve);

// Steps from `first` to `last`, both included; a side that is not set is open.
struct StepRange {
  std::optional<int64_t> first = {};
  std::optional<int64_t> last = {};

  bool Holds(int64_t step) const { return (!first || step >= *first) && (!last || step <= *last); }
};

// 1 on the axis's steps that lie in any of `ranges`, 0 elsewhere; empty without a range. At most
// kMostFindingPoints, among which the edges of the ranges stand exactly, unless there are more than
// some sixty ranges.
std::vector<CurvePoint> ActiveCurve(const Axis& axis, std::span<const StepRange> ranges);

}  // namespace telltale::annotate
