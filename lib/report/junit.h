// JUnit XML, as Jenkins, GitLab and others read it (the schema of Jenkins' xUnit plugin).
#pragma once

#include <optional>
#include <span>
#include <string>

#include "lib/report/report.h"

namespace telltale::report {

// A suite for each path; in it a case for each training run and each group. Findings at or above
// `fail_on` (without it: errors) make the case a failure; all others are its output. A training run
// of which nothing could be judged is skipped.
std::string DiagnosisJunit(std::span<const PathReport> paths,
                           std::optional<diagnosis::Severity> fail_on);

}  // namespace telltale::report
