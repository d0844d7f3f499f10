#include "lib/model/params.h"

#include <charconv>
#include <cmath>
#include <utility>
#include <variant>

#include "absl/strings/numbers.h"
#include "lib/base/str.h"
#include "lib/base/text.h"

namespace telltale::model {

ParamValue ParseParamValue(std::string_view text) {
  if (text == "true" || text == "false") return text == "true";
  double number = 0;
  // SimpleAtod also reads "nan" and "inf", and skips spaces: no setting of a training is these.
  if (absl::SimpleAtod(ToAbsl(text), &number) && std::isfinite(number)) return number;
  return std::string(text);
}

std::string ParamText(const ParamValue& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  if (const auto* flag = std::get_if<bool>(&value)) return *flag ? "true" : "false";
  char digits[32];
  const auto end = std::to_chars(digits, digits + sizeof digits, std::get<double>(value)).ptr;
  return std::string(digits, end);
}

absl::StatusOr<ParamOverride> ParseParamOverride(std::string_view name, ParamValue value) {
  ParamOverride out{.run = "*", .param = {.name = std::string(name), .value = std::move(value)}};
  if (const size_t colon = name.rfind(':'); colon != std::string_view::npos) {
    out.run = std::string(name.substr(0, colon));
    out.param.name = std::string(name.substr(colon + 1));
  }
  if (out.run.empty() || out.param.name.empty()) {
    return absl::InvalidArgumentError(StrCat(
        "'", Printable(name), "' is no name of a hyper-parameter: expected NAME or RUN:NAME"));
  }
  return out;
}

}  // namespace telltale::model
