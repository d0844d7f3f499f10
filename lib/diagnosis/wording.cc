#include "lib/diagnosis/wording.h"

#include <cmath>

#include "absl/strings/str_format.h"

namespace telltale::diagnosis {

std::string Num(double value) {
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value > 0 ? "Infinity" : "-Infinity";
  return absl::StrFormat("%.4g", value);
}

std::string Percent(double share) {
  const double percent = 100 * share;
  return std::abs(percent) < 10 ? absl::StrFormat("%.1f %%", percent)
                                : absl::StrFormat("%.0f %%", percent);
}

std::string Steps(int64_t first, int64_t last) {
  return absl::StrFormat("steps %d to %d", first, last);
}

}  // namespace telltale::diagnosis
