#include "lib/formats/trackio/json_object.h"

#include <limits>
#include <string>

#include "lib/records/json_words.h"

namespace telltale::formats::trackio {
namespace {

constexpr size_t kMostBytes = 8 << 20;

}  // namespace

bool ParseObject(std::string_view json, simdjson::dom::parser& parser,
                 simdjson::dom::object& object) {
  if (json.empty() || json.size() > kMostBytes) return false;
  if (parser.parse(json.data(), json.size()).get(object) == simdjson::SUCCESS) return true;
  // The first releases wrote Python's bare words.
  const std::string quoted = records::QuoteJsonWords(json);
  return quoted.size() != json.size() && parser.parse(quoted).get(object) == simdjson::SUCCESS;
}

std::optional<double> WordValue(std::string_view word) {
  if (word == "NaN") return std::numeric_limits<double>::quiet_NaN();
  if (word == "Infinity") return std::numeric_limits<double>::infinity();
  if (word == "-Infinity") return -std::numeric_limits<double>::infinity();
  return std::nullopt;
}

}  // namespace telltale::formats::trackio
