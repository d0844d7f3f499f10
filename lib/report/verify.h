// What `telltale verify` tells: each file's records, and whether all its checksums are right.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "lib/report/report.h"
#include "lib/report/text.h"

namespace telltale::report {

// What other readers show of a file, by its path: sentences.
using Explanations = std::map<std::string, std::vector<std::string>>;

// A line a file and its problems below, then what other readers make of it; the total last. Brief:
// only files that have problems.
std::string VerifyText(std::span<const PathReport> paths, const TextOptions& options,
                       const Explanations& explained = {});

// The document of schema "telltale.verify/1". Files that are explained have "shown_elsewhere".
std::string VerifyJson(std::span<const PathReport> paths, std::string_view version,
                       const Explanations& explained = {});

// Files, then problems as {"problem": ...}, one a line.
std::string VerifyJsonLines(std::span<const PathReport> paths, const Explanations& explained = {});

// A table of files and one of problems.
std::string VerifyMarkdown(std::span<const PathReport> paths);

}  // namespace telltale::report
