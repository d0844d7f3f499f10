#include <algorithm>
#include <string>
#include <vector>

#include "lib/base/str.h"
#include "lib/base/text.h"
#include "lib/report/number.h"
#include "lib/report/text.h"
#include "lib/report/text_finding.h"

namespace telltale::report {
namespace {

// The problems that are told in the same words: a damaged disk or a habit of one writer makes many
// of a kind.
struct Told {
  ProblemKind kind = ProblemKind::kUnparsable;
  std::string message = {};
  std::vector<const Problem*> problems = {};
};

std::vector<Told> ByMessage(std::span<const PathReport> paths) {
  std::vector<Told> all;
  for (const PathReport& path : paths) {
    for (const Problem& problem : path.experiment.problems) {
      const auto same = std::find_if(all.begin(), all.end(), [&](const Told& told) {
        return told.kind == problem.kind && told.message == problem.message;
      });
      Told& told =
          same != all.end() ? *same : all.emplace_back(Told{problem.kind, problem.message});
      told.problems.push_back(&problem);
    }
  }
  return all;
}

std::string WhatOf(const Problem& problem) {
  std::string out;
  if (problem.end > problem.begin) {
    out = StrCat("bytes ", problem.begin, "–", problem.end);
  } else if (problem.begin > 0) {
    out = StrCat("byte ", problem.begin);
  }
  if (problem.records_lost) {
    StrAppend(&out, out.empty() ? "" : ", ", Count(*problem.records_lost, "record"), " lost");
  }
  return out;
}

std::string PathLine(const Problem& problem, size_t width, const Painter& paint) {
  const std::string what = WhatOf(problem);
  const size_t taken = 4 + (what.empty() ? 0 : 2 + DisplayWidth(what));
  const size_t room = width > taken + 16 ? width - taken : 16;
  return StrCat("    ", FitMiddle(Printable(problem.path), room), what.empty() ? "" : "  ",
                paint(Ink::kDim, what), "\n");
}

}  // namespace

std::string ProblemsText(std::span<const PathReport> paths, const TextOptions& options) {
  constexpr size_t kShown = 20;
  const Painter paint(options.color);
  size_t n = 0;
  std::string lines;
  for (const Told& told : ByMessage(paths)) {
    const std::string kind = StrCat("  ", ProblemKindName(told.kind), "  ");
    for (const Problem* problem : told.problems) {
      if (++n > kShown && options.detail != Detail::kVerbose) continue;
      if (problem == told.problems.front()) {
        std::string what = Hanging(kind, Printable(told.message), ProseWidth(options), paint);
        what.replace(0, kind.size(), paint(Ink::kYellow, kind));
        lines += what;
      }
      lines += PathLine(*problem, options.width, paint);
    }
  }
  if (n == 0) return "";
  if (n > kShown && options.detail != Detail::kVerbose) {
    StrAppend(&lines, "  … and ", n - kShown, " more; --verbose lists them\n");
  }
  return StrCat(paint(Ink::kBold, "problems with files"), "\n", lines);
}

}  // namespace telltale::report
