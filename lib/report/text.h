// Text for people, on a terminal or in a file. Names from logs are shown escaped (lib/base/text.h).
#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "lib/report/report.h"
#include "lib/report/style.h"

namespace telltale::report {

enum class Detail {
  kBrief,    // one line a training run
  kNormal,   // healthy training runs take one line; findings with evidence and remedies
  kVerbose,  // everything, also what could not be assessed and why
};

struct TextOptions {
  size_t width = 80;  // columns; prose is not set wider than 100 of them
  Color color = Color::kNever;
  Detail detail = Detail::kNormal;
  size_t name_width = 0;  // columns for names in lists; see NameWidth
};

// Columns that the names of all training runs need, within reason for `width`.
size_t NameWidth(std::span<const PathReport> paths, size_t width);

// Sets blocks of text one below the other: an empty line stands around those of several lines, none
// between single lines.
class Blocks {
 public:
  // `block` with the empty line before it that it needs; ends with a newline. Empty stays empty.
  std::string Add(std::string block);
  // The same for a single line that stands apart, such as a total.
  std::string AddApart(std::string block);

 private:
  bool any_ = false;
  bool last_was_tall_ = false;
};

// A training run: verdict, curves with the findings' ranges marked, findings.
std::string TextOf(const RunReport& report, const TextOptions& options);

// As much of a diagnosis as one line and the totals take: verdict, ids and severities of findings,
// the main reason why there is no verdict. Of a hundred thousand the whole is too much to keep.
diagnosis::Diagnosis InShort(const diagnosis::Diagnosis& diagnosis);

// A group that has findings; empty for one that has none, unless `options` are verbose.
std::string TextOf(const GroupReport& report, const TextOptions& options);

// The problems of all paths under one title; empty when there are none.
std::string ProblemsText(std::span<const PathReport> paths, const TextOptions& options);

// How many training runs are how well, and which findings there are: the last lines of a report.
std::string SummaryText(std::span<const PathReport> paths, const TextOptions& options);

// What `telltale inspect` tells of one path: training runs, series, roles, groups and why,
// problems.
std::string InspectText(const PathReport& path, const TextOptions& options);

}  // namespace telltale::report
