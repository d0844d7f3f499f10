#include <algorithm>
#include <cmath>
#include <vector>

#include "lib/diagnosis/stats.h"

namespace telltale::diagnosis {
namespace {

constexpr size_t kLargestSize = 20000;
constexpr size_t kValuesLookedAt = 200;

bool Explains(double n, std::span<const double> shares, double rounding) {
  for (const double share : shares) {
    const double hits = share * n;
    if (std::abs(hits - std::round(hits)) > rounding * n + 1e-9) return false;
  }
  return true;
}

// The smallest size up to `limit` that explains all shares, or 0.
size_t SmallestSize(std::span<const double> shares, double rounding, size_t limit) {
  for (size_t n = 2; n <= limit; ++n) {
    if (Explains(static_cast<double>(n), shares, rounding)) return n;
  }
  return 0;
}

bool AreMultiples(std::span<const double> shares, double unit) {
  return std::all_of(shares.begin(), shares.end(), [unit](double share) {
    return std::abs(share / unit - std::round(share / unit)) * unit < 1e-7;
  });
}

// Logs that keep 3 or 4 decimals are explained by 1000 or 10000 whatever the set's size is: there
// the rounding is undone.
size_t SizeFromRounded(std::span<const double> shares) {
  for (const double unit : {1e-3, 1e-4}) {
    if (!AreMultiples(shares, unit)) continue;
    // Beyond a quarter of 1 / rounding nearly any size fits, so a fit says nothing.
    const size_t n = SmallestSize(shares, unit / 2, static_cast<size_t>(0.25 / unit));
    if (n != 0) return n;
  }
  return 0;
}

}  // namespace

std::optional<EvaluationSize> RecoverEvaluationSize(std::span<const double> shares) {
  std::vector<double> inside;
  for (const double share : shares) {
    if (share > 0 && share < 1) inside.push_back(share);
  }
  std::sort(inside.begin(), inside.end());
  inside.erase(std::unique(inside.begin(), inside.end()), inside.end());
  if (inside.size() < 4) return std::nullopt;
  if (inside.size() > kValuesLookedAt) inside.resize(kValuesLookedAt);
  size_t n = SmallestSize(inside, 6e-7, kLargestSize);
  if (n == 0 || n >= 500) {
    if (const size_t undone = SizeFromRounded(inside); undone != 0) n = undone;
  }
  if (n == 0) return std::nullopt;
  const auto size = static_cast<double>(n);
  const double p = std::clamp(Median(shares), 0.5 / size, 1 - 0.5 / size);
  return EvaluationSize{.n = n, .standard_error = std::sqrt(p * (1 - p) / size)};
}

}  // namespace telltale::diagnosis
