#include "lib/formats/wandb/json.h"

#include <charconv>
#include <cmath>
#include <iterator>
#include <limits>

#include "absl/strings/numbers.h"
#include "lib/base/str.h"
#include "lib/records/json_words.h"

namespace telltale::formats::wandb {
namespace {

constexpr std::string_view kWords[] = {"NaN", "Infinity", "-Infinity"};
constexpr size_t kMostLevels = 64;

}  // namespace

std::optional<double> NumberOfWord(std::string_view word) {
  if (word == kWords[0]) return std::numeric_limits<double>::quiet_NaN();
  if (word == kWords[1]) return std::numeric_limits<double>::infinity();
  if (word == kWords[2]) return -std::numeric_limits<double>::infinity();
  return std::nullopt;
}

std::optional<double> ParseNumber(std::string_view text) {
  if (text.empty()) return std::nullopt;
  const char c = text[0];
  if ((c >= '0' && c <= '9') || (c == '-' && text.size() > 1 && text[1] >= '0' && text[1] <= '9')) {
    double value = 0;
    const auto end = std::from_chars(text.data(), text.data() + text.size(), value);
    if (end.ptr != text.data() + text.size()) return std::nullopt;
    if (end.ec == std::errc()) return value;
    if (!absl::SimpleAtod(ToAbsl(text), &value)) return std::nullopt;  // too large or too small
    return value;
  }
  if (text == "true") return 1;
  if (text == "false") return 0;
  return NumberOfWord(text);
}

std::optional<int64_t> ParseInteger(std::string_view text) {
  if (text.size() > 2 && text.front() == '"' && text.back() == '"') {
    text = text.substr(1, text.size() - 2);
  }
  int64_t value = 0;
  const auto end = std::from_chars(text.data(), text.data() + text.size(), value);
  if (end.ec == std::errc() && end.ptr == text.data() + text.size()) return value;
  const std::optional<double> number = ParseNumber(text);
  constexpr double kMost = 0x1p63;
  if (!number.has_value() || !(std::abs(*number) < kMost) || std::trunc(*number) != *number) {
    return std::nullopt;
  }
  return static_cast<int64_t>(*number);
}

std::optional<Json> ParseJson(std::string_view text) {
  const std::optional<std::string> standard = records::QuoteJsonWords(text, kMostLevels);
  if (!standard.has_value()) return std::nullopt;
  Json json = Json::parse(*standard, nullptr, false);
  if (json.is_discarded()) return std::nullopt;
  return json;
}

std::string TextOf(const Json& json) {
  return json.dump(-1, ' ', true, Json::error_handler_t::replace);
}

void AppendNumber(std::string& out, double value) {
  if (std::isnan(value)) {
    out += kWords[0];
  } else if (std::isinf(value)) {
    out += value > 0 ? kWords[1] : kWords[2];
  } else if (value == 0 && std::signbit(value)) {
    out += "-0.0";  // "-0" is a whole number, which has no sign
  } else {
    char digits[32];
    const auto end = std::to_chars(std::begin(digits), std::end(digits), value);
    out.append(digits, end.ptr);
  }
}

std::string Quoted(std::string_view text) { return TextOf(Json(std::string(text))); }

}  // namespace telltale::formats::wandb
