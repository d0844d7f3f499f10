// The few numbers that say what a curve does as a whole.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "lib/diagnosis/stats.h"

namespace telltale::diagnosis {

struct Shape {
  size_t n = 0;
  std::vector<double> level = {};  // rolling median
  double noise = 0;                // standard deviation from differences
  double start = 0;                // the first value: falls are steepest there
  double end = 0;                  // median of the last window
  double min = 0;                  // of the level
  double max = 0;
  size_t argmin = 0;  // index of the (first) lowest level
  size_t best = 0;    // index of the lowest value near argmin: the point to go back to
  double fall = 0;    // start - min, at least 0
  double scale = 0;   // max(|start|, |end|, fall): what "large" is measured by
  Trend trend = {};   // over all points

  // Level at a share of the run, 0 = first point, 1 = last.
  double At(double share) const;
  // How much of the whole fall (start - min) happened between two shares of the run; 0 when nothing
  // fell.
  double ShareOfFall(double from, double to) const;
  // First index at which `share` of the fall has happened; n when it never has.
  size_t IndexOfFall(double share) const;
};

// `values` finite; an empty input gives n = 0.
Shape MakeShape(std::span<const double> values);

}  // namespace telltale::diagnosis
