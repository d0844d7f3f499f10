// A series made fit for statistics: finite values at strictly increasing steps.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "lib/model/role.h"
#include "lib/model/series.h"

namespace telltale::diagnosis {

struct NonFinitePoint {
  int64_t step = 0;
  double value = 0;
};

// What was met while a series was read from its first to its last point. One pass, nothing is
// copied.
struct SeriesHealth {
  size_t points = 0;
  size_t non_finite = 0;
  std::optional<NonFinitePoint> first_non_finite = {};
  std::optional<int64_t> last_finite_step = {};  // before the first non-finite point
  double last_finite_value = 0;                  // there
  size_t finite_after = 0;                       // finite points after the first non-finite one
  size_t regressions = 0;                        // a step below the one before it
  std::optional<int64_t> first_regression = {};  // the step it went back to
  size_t repeats = 0;                            // the same step again with another value
  int64_t last_step = 0;
};
SeriesHealth Examine(const model::Series& series);

struct Curve {
  std::string name = {};  // "run:tag"
  model::Role role = {};
  bool float32 = false;
  std::vector<int64_t> steps = {};  // strictly increasing
  std::vector<double> values = {};  // finite, as logged
  SeriesHealth health = {};

  size_t size() const { return steps.size(); }
  bool empty() const { return steps.empty(); }
};

// Sorted by step (stable), of equal steps the last written wins, NaN and infinities dropped. Steps
// further from 0 than 2^60 count as 2^60. n log n, linear where the steps already rise.
Curve Clean(const model::Series& series, const model::Role& role, std::string name);

// At most `count` points: medians over blocks (averages of fewer than 5), each at the step of its
// last point. The curve itself where it is short.
Curve Coarse(const Curve& curve, size_t count);

// `fine` as averages over the steps since the previous one of `steps` (first: since the beginning).
// NaN where there is no point in between.
std::vector<double> AverageBetween(const Curve& fine, std::span<const int64_t> steps);

}  // namespace telltale::diagnosis
