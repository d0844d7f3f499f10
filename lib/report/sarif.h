// SARIF 2.1.0 (OASIS), as GitHub's code scanning and editors read it.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "lib/report/report.h"

namespace telltale::report {

// One run of the tool: a result for each finding, at the file or directory of its training run, and
// a notification for each file problem. Severities are the levels "note", "warning" and "error".
std::string DiagnosisSarif(std::span<const PathReport> paths, std::string_view version);

}  // namespace telltale::report
