// One page that says all: curves, findings, evidence, remedies. It holds its data and its script,
// loads nothing, and opens from a disk.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "lib/report/report.h"

namespace telltale::report {

// A whole HTML document. Its script is the one of TensorBoard's Diagnosis tab
// (plugins/tensorboard/frontend), and a policy in the page lets no other run. Curves are thinned so
// that all of them together take about a megabyte, and 50 training runs less than two.
std::string DiagnosisHtml(std::span<const PathReport> paths, std::string_view version);

// How each of these pages begins, whatever version wrote it, and nothing else does.
inline constexpr std::string_view kPageBeginning = "<!doctype html>\n<!-- telltale report -->\n";

}  // namespace telltale::report
