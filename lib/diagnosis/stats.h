// Robust statistics that all rules share. Nothing here assumes Gaussian noise, independent points
// or a positive scale; everything is deterministic and at worst n log n. Inputs are finite (curve.h
// drops the rest).
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace telltale::diagnosis {

// Median and quantile (linear between order statistics) of unsorted values; NaN when empty.
double Median(std::span<const double> values);
double Quantile(std::span<const double> values, double q);
double Mean(std::span<const double> values);

// The median's own scale of a sample: 1.4826 * median |x - median|, comparable to a standard
// deviation.
double MedianDeviation(std::span<const double> values);

// Standard deviation of the point-to-point noise, from first differences (1.4826 * MAD(dx) / sqrt
// 2), so that a trend does not count. 0 for fewer than 3 points and for smooth, full-batch curves:
// pair it with an effect size.
double DifferenceNoise(std::span<const double> values);

// The odd window of a rolling median for n points: 5 % of them, at least 3, at most kLongestWindow.
inline constexpr size_t kLongestWindow = 255;
size_t LevelWindow(size_t n);

// Centred rolling median; the window shrinks at both ends. O(n log w) comparisons.
std::vector<double> RollingMedian(std::span<const double> values, size_t window);

// The values' averages over `count` blocks of (nearly) equal length; all values when there are
// fewer.
std::vector<double> BlockMeans(std::span<const double> values, size_t count);

// Lag-k autocorrelation about the mean; 0 for constant input or lag >= n.
double Autocorrelation(std::span<const double> values, size_t lag);

// n (1 - r1) / (1 + r1) with r1 the lag-1 autocorrelation of the residuals about a Theil-Sen line,
// within [2, n].
double EffectiveSampleSize(std::span<const double> values);

// Theil-Sen slope per index, with a 95 % interval. Beyond 300 points the slope is that of 300 block
// means.
struct Slope {
  double value = 0;
  double low = 0;
  double high = 0;
};
Slope TheilSen(std::span<const double> values);

// Mann-Kendall test for a monotone trend, corrected for ties and for autocorrelation (variance
// scaled by n / n_eff).
struct Trend {
  double tau = 0;  // -1 .. 1: share of rising minus share of falling pairs
  double z = 0;
  double p = 1;  // two-sided
};
Trend MannKendall(std::span<const double> values);

// Spearman rank correlation with mid-ranks; 0 where one side is constant.
double Spearman(std::span<const double> a, std::span<const double> b);

// Equivalence test for "flat": the drift over the whole of `values` is shown to be below `margin`,
// that is, the interval of slope * (n - 1) lies inside (-margin, margin). Fewer than 4 points are
// never shown to be flat.
struct Flatness {
  bool flat = false;
  double drift = 0;  // slope * (n - 1)
  double low = 0;
  double high = 0;
};
Flatness TestFlat(std::span<const double> values, double margin);

// Places where the level changes: two-sided CUSUM (k = 0.75, h = 6) of values / sigma about the
// level since the last change; each result is the first index of the new level. Empty for sigma <=
// 0.
std::vector<size_t> ChangePoints(std::span<const double> values, double sigma);

// The smallest n for which every share is a multiple of 1/n within the rounding of the values
// (2^-24 relative for float32 logs, else 5e-5). It is the size of the evaluation set or a divisor
// of it. Empty when fewer than 4 distinct values lie strictly inside (0, 1), or when no n up to
// 20000 explains them.
struct EvaluationSize {
  size_t n = 0;
  double standard_error = 0;  // binomial, at the median share
};
std::optional<EvaluationSize> RecoverEvaluationSize(std::span<const double> shares);

// Peak of the autocorrelation that follows a dip, over lags min_lag .. n/3: the period and its
// value. Lag 0 when there is no such lag. Quadratic: give it at most a few thousand values.
struct Period {
  size_t lag = 0;
  double correlation = 0;
};
Period FindPeriod(std::span<const double> values, size_t min_lag);

}  // namespace telltale::diagnosis
