// Pieces that the JSON documents share. Not for other layers: nlohmann's types stay inside
// lib/report.
#pragma once

#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "lib/base/problem.h"
#include "lib/diagnosis/finding.h"
#include "lib/model/series.h"

namespace telltale::report {

using Json = nlohmann::ordered_json;

// An empty object or array with room for `n` members: without it each one more moves all before it,
// and copies their names.
Json Object(size_t n);
Json Array(size_t n);

// A number, or the string that stands for one that is not finite.
Json Number(double value);

// The number, or null.
Json OrNull(const std::optional<int64_t>& value);

// {"id", "severity", ...}: an element of the document's "findings".
Json FindingJson(const diagnosis::Finding& finding);

// {"path", "offset", "kind", "message", "records_lost", "end"}
Json ProblemJson(const Problem& problem);

// The smallest and the largest step; nullopt for a series without points.
struct StepRange {
  int64_t first = 0;
  int64_t last = 0;
};
std::optional<StepRange> StepRangeOf(const model::Series& series);

// `json` as text, on one line or indented by two spaces, with a newline at the end; safe on a
// terminal.
std::string Line(const Json& json);
std::string Indented(const Json& json);

}  // namespace telltale::report
