#include "lib/report/number.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "absl/strings/str_format.h"
#include "lib/base/str.h"

namespace telltale::report {

std::string FormatNumber(double value) {
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value > 0 ? "Infinity" : "-Infinity";
  if (value == 0) return "0";  // never "-0"
  if (std::abs(value) >= 1e4 && std::abs(value) < 1e7) return absl::StrFormat("%.0f", value);
  return absl::StrFormat("%.4g", value);
}

std::string Count(uint64_t n, std::string_view one, std::string_view many) {
  if (n == 1) return StrCat("1 ", one);
  return many.empty() ? StrCat(n, " ", one, "s") : StrCat(n, " ", many);
}

std::string FormatBytes(uint64_t bytes) {
  if (bytes < 1000) return StrCat(bytes, " B");
  constexpr std::array kUnits = {"kB", "MB", "GB", "TB", "PB", "EB"};
  double value = static_cast<double>(bytes) / 1000;
  size_t unit = 0;
  while (value >= 999.5 && unit + 1 < kUnits.size()) {
    value /= 1000;
    ++unit;
  }
  return absl::StrFormat("%.*f %s", value < 9.95 ? 1 : 0, value, kUnits[unit]);
}

std::string FormatSteps(const std::optional<int64_t>& first, const std::optional<int64_t>& last) {
  if (first && last) {
    return *first == *last ? StrCat("step ", *first) : StrCat("steps ", *first, "–", *last);
  }
  if (first) return StrCat("from step ", *first);
  if (last) return StrCat("to step ", *last);
  return "";
}

std::string FormatEvidence(const diagnosis::Evidence& evidence) {
  std::string unit = evidence.unit == "sigma" ? "σ" : evidence.unit;
  std::string out = FormatNumber(evidence.value);
  if (unit == "step" && std::isfinite(evidence.value)) {
    out = absl::StrFormat("step %.0f", evidence.value);
  } else if (unit == "x") {
    out += "×";
  } else if (!unit.empty()) {
    StrAppend(&out, " ", unit);
  }
  if (evidence.low && evidence.high) {
    StrAppend(&out, " (", FormatNumber(*evidence.low), " to ", FormatNumber(*evidence.high), ")");
  }
  return out;
}

std::string FormatPercent(double share) {
  return std::isfinite(share) ? absl::StrFormat("%.0f %%", 100 * share) : FormatNumber(share);
}

std::string Words(std::string_view snake_case) {
  std::string words(snake_case);
  std::replace(words.begin(), words.end(), '_', ' ');
  return words;
}

}  // namespace telltale::report
