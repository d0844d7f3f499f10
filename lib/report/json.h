// JSON for programs. Members and elements come in a fixed order; numbers that are not finite are
// the strings "NaN", "Infinity" and "-Infinity"; bytes in names that are not UTF-8 become U+FFFD;
// invisible and control characters are \u escapes, so that the text is safe on a terminal as well.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "lib/report/report.h"

namespace telltale::report {

// The document of schema "telltale.diagnosis/1", indented by two spaces, with a newline at the end.
std::string DiagnosisJson(std::span<const PathReport> paths, std::string_view version);

// One line each, with a newline at the end: an element of the document's "training_runs", of
// "groups", and of "problems" as
// {"problem": ...}.
std::string JsonLine(const RunReport& report);
std::string JsonLine(const GroupReport& report);
std::string JsonLine(const Problem& problem);

// What `telltale inspect` tells: schema "telltale.inspect/1". Lines as above: training runs,
// groups, problems. `diagnoses` of the paths are not looked at and may be empty.
std::string InspectJson(std::span<const PathReport> paths, std::string_view version);
std::string InspectJsonLine(const model::Experiment& experiment,
                            const model::TrainingRun& training_run);
std::string InspectJsonLine(const GroupReport& report);

}  // namespace telltale::report
