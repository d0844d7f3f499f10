// What `telltale verify` tells: each file's records, and whether all its checksums are right.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "lib/report/report.h"
#include "lib/report/text.h"

namespace telltale::report {

// A line a file and its problems below; the total last. Brief: only files that have problems.
std::string VerifyText(std::span<const PathReport> paths, const TextOptions& options);

// The document of schema "telltale.verify/1".
std::string VerifyJson(std::span<const PathReport> paths, std::string_view version);

// Files, then problems as {"problem": ...}, one a line.
std::string VerifyJsonLines(std::span<const PathReport> paths);

// A table of files and one of problems.
std::string VerifyMarkdown(std::span<const PathReport> paths);

}  // namespace telltale::report
