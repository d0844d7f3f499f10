#include "lib/report/json_value.h"

#include <algorithm>
#include <cmath>

#include "lib/base/text.h"

namespace telltale::report {
namespace {

std::string Dump(const Json& json, int indent) {
  return PrintableJson(json.dump(indent, ' ', false, Json::error_handler_t::replace)) + "\n";
}

Json EvidenceJson(const diagnosis::Evidence& evidence) {
  Json json = Object(6);
  json["name"] = evidence.name;
  json["value"] = Number(evidence.value);
  json["unit"] = evidence.unit;
  json["series"] = evidence.series;
  if (evidence.low && evidence.high) {
    json["low"] = Number(*evidence.low);
    json["high"] = Number(*evidence.high);
  }
  return json;
}

}  // namespace

Json Object(size_t n) {
  Json json = Json::object();
  json.get_ref<Json::object_t&>().reserve(n);
  return json;
}

Json Array(size_t n) {
  Json json = Json::array();
  json.get_ref<Json::array_t&>().reserve(n);
  return json;
}

Json Number(double value) {
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value > 0 ? "Infinity" : "-Infinity";
  return value;
}

Json OrNull(const std::optional<int64_t>& value) { return value ? Json(*value) : Json(nullptr); }

Json FindingJson(const diagnosis::Finding& finding) {
  Json json = Object(10);
  json["id"] = finding.id;
  json["severity"] = diagnosis::SeverityName(finding.severity);
  json["confidence"] = Number(finding.confidence);
  json["summary"] = finding.summary;
  json["first_step"] = OrNull(finding.first_step);
  json["last_step"] = OrNull(finding.last_step);
  json["evidence"] = Array(finding.evidence.size());
  for (const auto& evidence : finding.evidence) json["evidence"].push_back(EvidenceJson(evidence));
  json["remedies"] = finding.remedies;
  json["ruled_out"] = finding.ruled_out;
  json["alternatives"] = finding.alternatives;
  return json;
}

Json ProblemJson(const Problem& problem) {
  Json json = Object(6);
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
