#include <cmath>
#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "lib/base/str.h"
#include "lib/formats/trackio/json_object.h"
#include "lib/formats/trackio/metrics.h"
#include "lib/formats/trackio/names.h"
#include "lib/formats/trackio/schema.h"

namespace telltale::formats::trackio {
namespace {

using simdjson::dom::element;

constexpr size_t kMostConfigDepth = 8;
constexpr double kMostExact = 9007199254740992;  // beyond it a double skips integers

// What is kept as it was given.
model::ParamValue Literal(element value) {
  bool truth = false;
  if (value.get(truth) == simdjson::SUCCESS) return truth;
  double number = 0;
  if (value.get(number) == simdjson::SUCCESS) {
    if (value.is_double() || std::abs(number) < kMostExact) return number;
    return std::string(simdjson::minify(value));
  }
  std::string_view text;
  if (value.get(text) == simdjson::SUCCESS) return std::string(text);
  return std::string(simdjson::minify(value));
}

// Trackio reads these words as numbers.
model::ParamValue Value(element value) {
  std::string_view text;
  if (value.get(text) == simdjson::SUCCESS) {
    if (const auto number = WordValue(text)) return *number;
  }
  return Literal(value);
}

void AddParam(std::string name, element value, size_t depth, model::Run& run) {
  simdjson::dom::object object;
  if (value.get(object) != simdjson::SUCCESS || depth == kMostConfigDepth) {
    run.params.push_back({std::move(name), depth == 0 ? Value(value) : Literal(value)});
    return;
  }
  for (const auto& [key, member] : object) {
    AddParam(StrCat(name, "/", key), member, depth + 1, run);
  }
}

// The members of `value`, where it is an object.
void AddLiterals(element value, std::vector<model::Param>& to) {
  simdjson::dom::object object;
  if (value.get(object) != simdjson::SUCCESS) return;
  for (const auto& [key, member] : object) to.push_back({std::string(key), Literal(member)});
}

}  // namespace

bool ReadConfig(std::string_view json, model::Run& run) {
  simdjson::dom::parser parser;
  simdjson::dom::object object;
  if (!ParseObject(json, parser, object)) return false;
  for (const auto& [key, value] : object) {
    std::string_view text;
    const bool is_text = value.get(text) == simdjson::SUCCESS;
    if (key == kTags) {
      AddLiterals(value, run.tags);
    } else if (key == kParams) {
      AddLiterals(value, run.params);
    } else if (key == kCreated) {
      const auto time = ParseTime(text);
      if (time) run.info.start_time = static_cast<double>(*time) / 1e6;
    } else if (key == kGroup) {
      run.info.group = std::string(text);
    } else if (!key.starts_with('_')) {
      AddParam(std::string(key), value, 0, run);
    } else if (is_text) {
      run.tags.push_back({std::string(key), std::string(text)});
    }
  }
  return true;
}

}  // namespace telltale::formats::trackio
