#include "lib/convert/json_text.h"

#include <cmath>
#include <limits>
#include <variant>

#include "absl/strings/escaping.h"
#include "lib/base/str.h"
#include "lib/base/text.h"

namespace telltale::convert {

using Json = nlohmann::ordered_json;

Json TextJson(std::string_view text) {
  if (ValidUtf8(text) == text) return std::string(text);
  return {{"base64", absl::Base64Escape(ToAbsl(text))}};
}

std::string TextOf(const Json& json) {
  if (json.is_string()) return json.get<std::string>();
  std::string bytes;
  absl::Base64Unescape(json.at("base64").get<std::string>(), &bytes);
  return bytes;
}

Json NumberJson(double value) {
  if (std::isnan(value)) return {{"number", "NaN"}};
  if (std::isinf(value)) return {{"number", value > 0 ? "Infinity" : "-Infinity"}};
  return value;
}

double NumberOf(const Json& json) {
  if (json.is_number()) return json.get<double>();
  const auto word = json.at("number").get<std::string>();
  if (word == "NaN") return std::numeric_limits<double>::quiet_NaN();
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  return word == "-Infinity" ? -kInfinity : kInfinity;
}

Json ValueJson(const model::ParamValue& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return TextJson(*text);
  if (const auto* flag = std::get_if<bool>(&value)) return *flag;
  return NumberJson(std::get<double>(value));
}

model::ParamValue ValueOf(const Json& json) {
  if (json.is_boolean()) return json.get<bool>();
  if (json.is_number() || (json.is_object() && json.contains("number"))) return NumberOf(json);
  return TextOf(json);
}

std::string AsciiJson(const Json& json) {
  return json.dump(-1, ' ', true, Json::error_handler_t::replace);
}

bool IsShallowJson(std::string_view json) {
  constexpr int kMostLevels = 16;
  int level = 0;
  bool in_string = false;
  for (size_t i = 0; i < json.size(); ++i) {
    const char c = json[i];
    if (in_string) {
      if (c == '\\') ++i;
      if (c == '"') in_string = false;
    } else if (c == '"') {
      in_string = true;
    } else if (c == '[' || c == '{') {
      if (++level > kMostLevels) return false;
    } else if (c == ']' || c == '}') {
      --level;
    }
  }
  return true;
}

}  // namespace telltale::convert
