#include "lib/formats/table/cell.h"

#include <array>
#include <charconv>
#include <cmath>
#include <system_error>

#include "absl/strings/ascii.h"
#include "absl/strings/charconv.h"
#include "lib/base/str.h"

namespace telltale::formats::table {

std::string_view Trim(std::string_view text) {
  return ToStd(absl::StripAsciiWhitespace(ToAbsl(text)));
}

std::string Lower(std::string_view text) { return absl::AsciiStrToLower(ToAbsl(text)); }

bool IsMissing(std::string_view cell) {
  cell = Trim(cell);
  return cell.empty() || cell == "NA" || cell == "N/A" || cell == "None" || cell == "null" ||
         cell == "-";
}

std::optional<double> ParseNumber(std::string_view cell) {
  cell = Trim(cell);
  if (cell.starts_with('+')) cell.remove_prefix(1);
  if (cell.empty() || cell.starts_with('+')) return std::nullopt;
  double value = 0;
  const auto [end, error] = absl::from_chars(cell.data(), cell.data() + cell.size(), value);
  if (end != cell.data() + cell.size() || error == std::errc::invalid_argument) {
    return std::nullopt;
  }
  return value;  // beyond what a double holds: infinity or zero, as in all languages
}

std::optional<int64_t> WholeNumber(double value) {
  constexpr double kBound = 0x1p63;
  if (!(value >= -kBound && value < kBound) || std::trunc(value) != value) return std::nullopt;
  return static_cast<int64_t>(value);
}

std::optional<int64_t> ParseStep(std::string_view cell) {
  cell = Trim(cell);
  int64_t step = 0;
  const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), step);
  if (error == std::errc() && end == cell.data() + cell.size()) return step;
  const std::optional<double> number = ParseNumber(cell);
  return number.has_value() ? WholeNumber(*number) : std::nullopt;
}

std::string FormatNumber(double value) {
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value > 0 ? "Infinity" : "-Infinity";
  std::array<char, 32> text;
  const auto [end, error] = std::to_chars(text.data(), text.data() + text.size(), value);
  return std::string(text.data(), end);
}

}  // namespace telltale::formats::table
