#include "lib/diagnosis/shape.h"

#include <algorithm>
#include <cmath>

namespace telltale::diagnosis {

double Shape::At(double share) const {
  if (n == 0) return 0;
  const double at = std::clamp(share, 0.0, 1.0) * static_cast<double>(n - 1);
  const auto below = static_cast<size_t>(at);
  const size_t above = std::min(below + 1, n - 1);
  return level[below] + (at - static_cast<double>(below)) * (level[above] - level[below]);
}

double Shape::ShareOfFall(double from, double to) const {
  return fall > 0 ? (At(from) - At(to)) / fall : 0;
}

size_t Shape::IndexOfFall(double share) const {
  if (fall <= 0) return n;
  for (size_t i = 0; i < n; ++i) {
    if (start - level[i] >= share * fall) return i;
  }
  return n;
}

Shape MakeShape(std::span<const double> values) {
  Shape shape{.n = values.size()};
  if (values.empty()) return shape;
  const size_t window = LevelWindow(shape.n);
  shape.level = RollingMedian(values, window);
  shape.noise = DifferenceNoise(values);
  shape.start = shape.level.front();
  shape.end = Median(values.subspan(values.size() - std::min(window, values.size())));
  const auto lowest = std::min_element(shape.level.begin(), shape.level.end());
  shape.argmin = static_cast<size_t>(lowest - shape.level.begin());
  shape.min = *lowest;
  const size_t near = window / 2;
  const auto from =
      values.begin() + static_cast<std::ptrdiff_t>(shape.argmin - std::min(near, shape.argmin));
  const auto to =
      values.begin() + static_cast<std::ptrdiff_t>(std::min(shape.n, shape.argmin + near + 1));
  shape.best = static_cast<size_t>(std::min_element(from, to) - values.begin());
  shape.max = *std::max_element(shape.level.begin(), shape.level.end());
  shape.fall = std::max(0.0, shape.start - shape.min);
  shape.scale = std::max({std::abs(shape.start), std::abs(shape.end), shape.fall});
  shape.trend = MannKendall(values);
  return shape;
}

}  // namespace telltale::diagnosis
