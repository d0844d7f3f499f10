// JSON for programs. Members and elements come in a fixed order; numbers that are not finite are
// the strings "NaN", "Infinity" and "-Infinity"; bytes in names that are not UTF-8 become U+FFFD;
// invisible and control characters are \u escapes, so that the text is safe on a terminal as well.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "lib/report/report.h"

namespace telltale::report {

// The document of schema "telltale.diagnosis/1", indented by two spaces, with a newline at the end.
std::string DiagnosisJson(std::span<const PathReport> paths, std::string_view version);

// The same document piece by piece, for more training runs than memory holds: what each call gives
// is to be written behind what was given before. Training runs come first, then groups, then
// problems.
class DiagnosisDocument {
 public:
  explicit DiagnosisDocument(std::string_view version) : version_(version) {}
  std::string Add(const RunReport& report);
  std::string Add(const GroupReport& report);
  std::string Add(const Problem& problem);
  std::string Finish();

 private:
  std::string GoTo(size_t list);
  std::string Element(size_t list, const std::string& json);

  std::string version_;
  bool begun_ = false;
  size_t list_ = 0;    // the one that is being written
  bool empty_ = true;  // there is nothing in it yet
};

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
