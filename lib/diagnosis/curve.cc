#include "lib/diagnosis/curve.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

#include "lib/diagnosis/stats.h"

namespace telltale::diagnosis {

SeriesHealth Examine(const model::Series& series) {
  SeriesHealth health{.points = series.size()};
  for (size_t i = 0; i < series.size(); ++i) {
    const int64_t step = series.steps[i];
    const double value = series.values[i];
    if (i > 0 && step < series.steps[i - 1]) {
      ++health.regressions;
      if (!health.first_regression) health.first_regression = step;
    } else if (i > 0 && step == series.steps[i - 1] && value != series.values[i - 1]) {
      ++health.repeats;
    }
    health.last_step = i == 0 ? step : std::max(health.last_step, step);
    if (!std::isfinite(value)) {
      ++health.non_finite;
      if (!health.first_non_finite) health.first_non_finite = NonFinitePoint{step, value};
    } else if (health.first_non_finite) {
      ++health.finite_after;
    } else {
      health.last_finite_step = step;
      health.last_finite_value = value;
    }
  }
  return health;
}

namespace {

// Indices into the series in the order of steps; empty when they already rise.
std::vector<uint32_t> OrderByStep(const model::Series& series) {
  const auto steps = series.steps.span();
  if (std::is_sorted(steps.begin(), steps.end())) return {};
  std::vector<uint32_t> order(steps.size());
  std::iota(order.begin(), order.end(), 0U);
  std::stable_sort(order.begin(), order.end(),
                   [&](uint32_t a, uint32_t b) { return steps[a] < steps[b]; });
  return order;
}

}  // namespace

// Steps are 64-bit numbers from a file: of those within this, rules can take differences and sums.
constexpr int64_t kFarthestStep = int64_t{1} << 60;

Curve Clean(const model::Series& series, const model::Role& role, std::string name) {
  Curve curve{.name = std::move(name), .role = role, .float32 = series.float32};
  curve.health = Examine(series);
  curve.steps.reserve(series.size() - curve.health.non_finite);
  curve.values.reserve(series.size() - curve.health.non_finite);
  const std::vector<uint32_t> order = OrderByStep(series);
  for (size_t k = 0; k < series.size(); ++k) {
    const size_t i = order.empty() ? k : order[k];
    if (!std::isfinite(series.values[i])) continue;
    const int64_t step = std::clamp(series.steps[i], -kFarthestStep, kFarthestStep);
    if (!curve.empty() && curve.steps.back() == step) {
      curve.values.back() = series.values[i];
      continue;
    }
    curve.steps.push_back(step);
    curve.values.push_back(series.values[i]);
  }
  return curve;
}

Curve Coarse(const Curve& curve, size_t count) {
  if (curve.size() <= count || count == 0) return curve;
  Curve out{.name = curve.name, .role = curve.role, .float32 = curve.float32};
  out.health = curve.health;
  const std::span<const double> values(curve.values);
  for (size_t b = 0; b < count; ++b) {
    const size_t begin = b * curve.size() / count, end = (b + 1) * curve.size() / count;
    const auto block = values.subspan(begin, end - begin);
    out.values.push_back(block.size() < 5 ? Mean(block) : Median(block));
    out.steps.push_back(curve.steps[end - 1]);
  }
  return out;
}

std::vector<double> AverageBetween(const Curve& fine, std::span<const int64_t> steps) {
  std::vector<double> out;
  out.reserve(steps.size());
  size_t at = 0;
  for (const int64_t step : steps) {
    double sum = 0;
    size_t count = 0;
    for (; at < fine.size() && fine.steps[at] <= step; ++at, ++count) {
      sum += fine.values[at];
    }
    out.push_back(count > 0 ? sum / static_cast<double>(count)
                            : std::numeric_limits<double>::quiet_NaN());
  }
  return out;
}

}  // namespace telltale::diagnosis
