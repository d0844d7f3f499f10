#include "lib/diagnosis/stats.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace telltale::diagnosis {
namespace {

constexpr double kGaussian = 1.4826;  // MAD of a Gaussian times this is its standard deviation
constexpr size_t kTheilSenPoints = 300;

double MedianInPlace(std::vector<double>& values) {
  if (values.empty()) return std::numeric_limits<double>::quiet_NaN();
  const size_t half = values.size() / 2;
  std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(half),
                   values.end());
  const double upper = values[half];
  if (values.size() % 2 == 1) return upper;
  const double lower =
      *std::max_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(half));
  return lower + (upper - lower) / 2;
}

// The value that would stand at `rank` if `values` were sorted; those before it are not greater
// afterwards, those behind it not smaller.
double AtRank(std::span<double> values, size_t rank) {
  const auto nth = values.begin() + static_cast<std::ptrdiff_t>(rank);
  std::nth_element(values.begin(), nth, values.end());
  return *nth;
}

double QuantileInPlace(std::span<double> values, double q) {
  if (values.empty()) return std::numeric_limits<double>::quiet_NaN();
  const double at = std::clamp(q, 0.0, 1.0) * static_cast<double>(values.size() - 1);
  const auto rank = static_cast<size_t>(at);
  const double below = AtRank(values, rank);
  const std::span<double> rest = values.subspan(rank + 1);
  const double above = rest.empty() ? below : *std::min_element(rest.begin(), rest.end());
  return below + (at - static_cast<double>(rank)) * (above - below);
}

// Mid-ranks, 1-based.
std::vector<double> Ranks(std::span<const double> values) {
  std::vector<size_t> order(values.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::sort(order.begin(), order.end(), [&](size_t a, size_t b) { return values[a] < values[b]; });
  std::vector<double> ranks(values.size());
  for (size_t i = 0; i < order.size();) {
    size_t j = i + 1;
    while (j < order.size() && values[order[j]] == values[order[i]]) ++j;
    const double rank = 0.5 * static_cast<double>(i + 1 + j);
    for (; i < j; ++i) ranks[order[i]] = rank;
  }
  return ranks;
}

double Correlation(std::span<const double> a, std::span<const double> b) {
  const double mean_a = Mean(a), mean_b = Mean(b);
  double ab = 0, aa = 0, bb = 0;
  for (size_t i = 0; i < a.size(); ++i) {
    ab += (a[i] - mean_a) * (b[i] - mean_b);
    aa += (a[i] - mean_a) * (a[i] - mean_a);
    bb += (b[i] - mean_b) * (b[i] - mean_b);
  }
  return aa > 0 && bb > 0 ? ab / std::sqrt(aa * bb) : 0;
}

// Pairs i < j with values[i] > values[j], by merging: n log n.
double CountInversions(std::vector<double>& values) {
  std::vector<double> buffer(values.size());
  double inversions = 0;
  for (size_t width = 1; width < values.size(); width *= 2) {
    for (size_t low = 0; low + width < values.size(); low += 2 * width) {
      const size_t middle = low + width, high = std::min(low + 2 * width, values.size());
      size_t i = low, j = middle, out = low;
      while (i < middle || j < high) {
        if (j == high || (i < middle && values[i] <= values[j])) {
          buffer[out++] = values[i++];
        } else {
          inversions += static_cast<double>(middle - i);
          buffer[out++] = values[j++];
        }
      }
      std::copy(buffer.begin() + static_cast<std::ptrdiff_t>(low),
                buffer.begin() + static_cast<std::ptrdiff_t>(high),
                values.begin() + static_cast<std::ptrdiff_t>(low));
    }
  }
  return inversions;
}

double NormalTail(double z) { return 0.5 * std::erfc(z / std::sqrt(2.0)); }

}  // namespace

double Median(std::span<const double> values) {
  std::vector<double> copy(values.begin(), values.end());
  return MedianInPlace(copy);
}

double Quantile(std::span<const double> values, double q) {
  std::vector<double> copy(values.begin(), values.end());
  return QuantileInPlace(copy, q);
}

double Mean(std::span<const double> values) {
  if (values.empty()) return std::numeric_limits<double>::quiet_NaN();
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

double MedianDeviation(std::span<const double> values) {
  std::vector<double> copy(values.begin(), values.end());
  const double center = MedianInPlace(copy);
  for (double& v : copy) v = std::abs(v - center);
  return kGaussian * MedianInPlace(copy);
}

double DifferenceNoise(std::span<const double> values) {
  if (values.size() < 3) return 0;
  std::vector<double> first(values.size() - 1), second(values.size() - 2);
  for (size_t i = 0; i + 1 < values.size(); ++i) first[i] = values[i + 1] - values[i];
  for (size_t i = 0; i + 1 < first.size(); ++i) second[i] = first[i + 1] - first[i];
  return std::min(MedianDeviation(first) / std::sqrt(2.0),
                  MedianDeviation(second) / std::sqrt(6.0));
}

size_t LevelWindow(size_t n) {
  const auto tenth = static_cast<size_t>(std::lround(0.05 * static_cast<double>(n)));
  return std::clamp<size_t>(tenth | 1, 3, kLongestWindow);
}

std::vector<double> RollingMedian(std::span<const double> values, size_t window) {
  const size_t half = std::min(window, kLongestWindow) / 2;
  const size_t n = values.size();
  std::vector<double> out(n);
  std::vector<double> sorted;  // of the current window
  size_t begin = 0, end = 0;
  for (size_t i = 0; i < n; ++i) {
    // At the ends the window shrinks on both sides, so that a trend does not pull the ends.
    const size_t reach = std::min({half, i, n - 1 - i});
    for (; end <= i + reach; ++end) {
      sorted.insert(std::upper_bound(sorted.begin(), sorted.end(), values[end]), values[end]);
    }
    for (; begin < i - reach; ++begin) {
      sorted.erase(std::lower_bound(sorted.begin(), sorted.end(), values[begin]));
    }
    // Near the end the window also loses what lies beyond its shrinking reach: always 2 * reach + 1
    // values remain.
    out[i] = sorted[sorted.size() / 2];
  }
  return out;
}

std::vector<double> BlockMeans(std::span<const double> values, size_t count) {
  if (values.size() <= count || count == 0) return {values.begin(), values.end()};
  std::vector<double> out(count);
  for (size_t b = 0; b < count; ++b) {
    const size_t begin = b * values.size() / count, end = (b + 1) * values.size() / count;
    out[b] = Mean(values.subspan(begin, end - begin));
  }
  return out;
}

namespace {

// The sum of values[i] * values[i + lag]. Four sums side by side: one would wait for itself.
double LaggedProduct(std::span<const double> values, size_t lag) {
  double sums[4] = {};
  const size_t n = values.size() - lag;
  const double* const later = values.data() + lag;
  size_t i = 0;
  for (; i + 4 <= n; i += 4) {
    for (size_t k = 0; k < 4; ++k) sums[k] += values[i + k] * later[i + k];
  }
  for (; i < n; ++i) sums[0] += values[i] * later[i];
  return (sums[0] + sums[1]) + (sums[2] + sums[3]);
}

}  // namespace

double Autocorrelation(std::span<const double> values, size_t lag) {
  if (lag >= values.size()) return 0;
  const double mean = Mean(values);
  double top = 0, bottom = 0;
  for (size_t i = 0; i < values.size(); ++i) {
    const double x = values[i] - mean;
    bottom += x * x;
    if (i + lag < values.size()) top += x * (values[i + lag] - mean);
  }
  return bottom > 0 ? top / bottom : 0;
}

Slope TheilSen(std::span<const double> values) {
  if (values.size() < 2) return {};
  const std::vector<double> blocks = BlockMeans(values, kTheilSenPoints);
  const double stretch = static_cast<double>(blocks.size()) / static_cast<double>(values.size());
  std::vector<double> slopes;
  slopes.reserve(blocks.size() * (blocks.size() - 1) / 2);
  for (size_t i = 0; i < blocks.size(); ++i) {
    for (size_t j = i + 1; j < blocks.size(); ++j) {
      slopes.push_back((blocks[j] - blocks[i]) / static_cast<double>(j - i));
    }
  }
  // Sen's interval: the slopes at ranks (N -+ 1.96 sd) / 2, sd being that of the Mann-Kendall
  // statistic.
  const auto n = static_cast<double>(blocks.size());
  const double sd = std::sqrt(n * (n - 1) * (2 * n + 5) / 18.0);
  const auto total = static_cast<double>(slopes.size());
  const auto rank = [&](double at) { return static_cast<size_t>(std::clamp(at, 0.0, total - 1)); };
  Slope slope;
  slope.value = QuantileInPlace(slopes, 0.5) * stretch;
  // Lower ranks stand in the lower half by now, and higher ones in the upper.
  const size_t half = slopes.size() / 2;
  const size_t low = rank(std::floor((total - 1.96 * sd) / 2));
  const size_t high = rank(std::ceil((total + 1.96 * sd) / 2));
  slope.low = AtRank(std::span(slopes).first(std::max(half, low) + 1), low) * stretch;
  const size_t from = std::min(half, high);
  slope.high = AtRank(std::span(slopes).subspan(from), high - from) * stretch;
  return slope;
}

double EffectiveSampleSize(std::span<const double> values) {
  const auto n = static_cast<double>(values.size());
  if (values.size() < 4) return n;
  const double slope = TheilSen(values).value;
  std::vector<double> residuals(values.begin(), values.end());
  for (size_t i = 0; i < residuals.size(); ++i) residuals[i] -= slope * static_cast<double>(i);
  const double r1 = std::max(0.0, Autocorrelation(residuals, 1));
  return std::clamp(n * (1 - r1) / (1 + r1), 2.0, n);
}

Trend MannKendall(std::span<const double> values) {
  const auto n = static_cast<double>(values.size());
  if (values.size() < 3) return {};
  std::vector<double> sorted(values.begin(), values.end());
  const double falling = CountInversions(sorted);  // leaves them sorted
  double tied_pairs = 0, tie_term = 0;
  for (size_t i = 0; i < sorted.size();) {
    size_t j = i + 1;
    while (j < sorted.size() && sorted[j] == sorted[i]) ++j;
    const auto t = static_cast<double>(j - i);
    tied_pairs += t * (t - 1) / 2;
    tie_term += t * (t - 1) * (2 * t + 5);
    i = j;
  }
  const double pairs = n * (n - 1) / 2;
  const double s = pairs - tied_pairs - 2 * falling;
  Trend trend{.tau = s / pairs};
  double variance = (n * (n - 1) * (2 * n + 5) - tie_term) / 18.0;
  if (variance <= 0) return trend;
  variance *= n / EffectiveSampleSize(values);
  if (s > 0) trend.z = (s - 1) / std::sqrt(variance);
  if (s < 0) trend.z = (s + 1) / std::sqrt(variance);
  trend.p = std::min(1.0, 2 * NormalTail(std::abs(trend.z)));
  return trend;
}

double Spearman(std::span<const double> a, std::span<const double> b) {
  if (a.size() != b.size() || a.size() < 3) return 0;
  return Correlation(Ranks(a), Ranks(b));
}

Flatness TestFlat(std::span<const double> values, double margin) {
  Flatness result;
  if (values.size() < 4) return result;
  const auto length = static_cast<double>(values.size() - 1);
  const Slope slope = TheilSen(values);
  result.drift = slope.value * length;
  result.low = slope.low * length;
  result.high = slope.high * length;
  result.flat = result.low > -margin && result.high < margin;
  return result;
}

std::vector<size_t> ChangePoints(std::span<const double> values, double sigma) {
  constexpr double kSlack = 0.75, kThreshold = 6;
  std::vector<size_t> changes;
  if (!(sigma > 0) || values.empty()) return changes;
  double level = values[0], up = 0, down = 0, count = 1;
  size_t up_since = 0, down_since = 0;
  for (size_t i = 1; i < values.size(); ++i) {
    const double z = (values[i] - level) / sigma;
    if (up == 0) up_since = i;
    if (down == 0) down_since = i;
    up = std::max(0.0, up + z - kSlack);
    down = std::max(0.0, down - z - kSlack);
    if (up < kThreshold && down < kThreshold) {
      count += 1;
      level += (values[i] - level) / std::min(count, 20.0);
      continue;
    }
    changes.push_back(up >= kThreshold ? up_since : down_since);
    level = values[i];
    up = down = 0;
    count = 1;
  }
  return changes;
}

Period FindPeriod(std::span<const double> values, size_t min_lag) {
  constexpr double kProminence =
      0.2;  // over the lowest value at a shorter lag: a slow wave has no such dip
  Period best;
  const size_t n = values.size();
  if (n < 3 * min_lag || min_lag == 0) return best;
  std::vector<double> centred(values.begin(), values.end());
  const double mean = Mean(values);
  for (double& value : centred) value -= mean;
  const double variance = LaggedProduct(centred, 0);
  std::vector<double> correlation(n / 3 + 2, 1.0);
  for (size_t lag = 1; lag < correlation.size(); ++lag) {
    // Per overlapping pair, so that long lags are not penalised.
    const double product = variance > 0 && lag < n ? LaggedProduct(centred, lag) / variance : 0;
    correlation[lag] = product * static_cast<double>(n) / static_cast<double>(n - lag);
  }
  double lowest = 1;
  for (size_t lag = 1; lag + 1 < correlation.size(); ++lag) {
    const double c = correlation[lag];
    lowest = std::min(lowest, c);
    if (lag < min_lag || c < lowest + kProminence) continue;
    if (c < correlation[lag - 1] || c < correlation[lag + 1]) continue;  // peaks only
    if (c > best.correlation + 0.02) best = {.lag = lag, .correlation = c};
  }
  return best;
}

}  // namespace telltale::diagnosis
