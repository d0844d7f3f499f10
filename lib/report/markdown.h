// Markdown for issues, pull requests and TensorBoard's Text tab. Names are escaped: see
// EscapeMarkdown in lib/base/text.h.
#pragma once

#include <span>
#include <string>

#include "lib/report/report.h"

namespace telltale::report {

// A finding: heading, summary, table of evidence, remedies. `heading` is the heading's level, 1
// to 6.
std::string MarkdownOf(const diagnosis::Finding& finding, int heading = 3);

// How what few readers want is put out of the way.
enum class Folding {
  kDetails,  // <details>, as GitHub and GitLab show it
  kNone,     // in the open: TensorBoard's Text tab shows HTML as it is written
};

// A training run: verdict, findings, and what could not be assessed.
std::string MarkdownOf(const RunReport& report, int heading = 2,
                       Folding folding = Folding::kDetails);

// A whole report: a table of all training runs, then those that have findings, groups, problems.
std::string DiagnosisMarkdown(std::span<const PathReport> paths);

// What `telltale inspect` tells.
std::string InspectMarkdown(std::span<const PathReport> paths);

}  // namespace telltale::report
