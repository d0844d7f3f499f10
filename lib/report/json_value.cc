#include "lib/report/json_value.h"

#include <algorithm>
#include <cmath>

#include "lib/base/text.h"

namespace telltale::report {
namespace {

std::string Dump(const Json& json, int indent) {
  return PrintableJson(json.dump(indent, ' ', false, Json::error_handler_t::replace)) + "\n";
}

}  // namespace

Json Number(double value) {
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value > 0 ? "Infinity" : "-Infinity";
  return value;
}

Json OrNull(const std::optional<int64_t>& value) { return value ? Json(*value) : Json(nullptr); }

Json ProblemJson(const Problem& problem) {
  Json json;
  json["path"] = problem.path;
  json["offset"] = problem.begin;
  json["kind"] = ProblemKindName(problem.kind);
  json["message"] = problem.message;
  json["records_lost"] = problem.records_lost ? Json(*problem.records_lost) : Json(nullptr);
  json["end"] = problem.end;
  return json;
}

std::optional<StepRange> StepRangeOf(const model::Series& series) {
  if (series.steps.empty()) return std::nullopt;
  const auto [first, last] = std::minmax_element(series.steps.begin(), series.steps.end());
  return StepRange{*first, *last};
}

std::string Line(const Json& json) { return Dump(json, -1); }
std::string Indented(const Json& json) { return Dump(json, 2); }

}  // namespace telltale::report
