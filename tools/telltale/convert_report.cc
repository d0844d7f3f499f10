#include "tools/telltale/convert_report.h"

#include <algorithm>
#include <map>
#include <set>
#include <vector>

#include "lib/base/str.h"
#include "lib/base/text.h"
#include "lib/report/number.h"
#include "lib/report/style.h"

namespace telltale::cli {
namespace {

using convert::Change;
using convert::ChangeKind;
using convert::Conversion;
using report::Ink;
using report::Painter;

// All changes of one kind.
struct KindSummary {
  uint64_t count = 0;
  std::set<std::string> runs = {};
  uint64_t tags = 0;
  bool lost = false;
  std::string example = {};
};

std::string Where(const std::string& run, const Change& change) {
  return change.tag.empty() ? Printable(run) : Printable(StrCat(run, ":", change.tag));
}

std::map<ChangeKind, KindSummary> Summarise(const convert::Plan& plan) {
  std::map<ChangeKind, KindSummary> kinds;
  for (const convert::RunPlan& run : plan.runs) {
    for (const Change& change : run.changes) {
      KindSummary& kind = kinds[change.kind];
      kind.count += change.count;
      kind.runs.insert(run.source);
      kind.tags += change.tag.empty() ? 0 : 1;
      kind.lost = kind.lost || change.lost;
      if (kind.example.empty())
        kind.example = StrCat(Where(run.source, change), " ", Printable(change.detail));
    }
  }
  return kinds;
}

// "120 points in 3 tags of 2 runs"
std::string Amount(ChangeKind kind, const KindSummary& summary) {
  std::string out;
  switch (kind) {
    case ChangeKind::kRenamedRun:
      return report::Count(summary.runs.size(), "run");
    case ChangeKind::kRenamedTag:
      out = report::Count(summary.tags, "tag");
      break;
    case ChangeKind::kTexts:
    case ChangeKind::kOpaque:
    case ChangeKind::kParams:
    case ChangeKind::kTags:
      out = report::Count(summary.count, "value");
      break;
    case ChangeKind::kNote:
      return report::Count(summary.runs.size(), "run");
    default:
      out = report::Count(summary.count, "point");
  }
  return StrCat(out, " of ", report::Count(summary.runs.size(), "run"));
}

std::string ChangeLines(const Conversion& conversion, const report::TextOptions& options) {
  const Painter paint(options.color);
  std::string out;
  for (const auto& [kind, summary] : Summarise(conversion.plan)) {
    StrAppend(&out, "  ", paint(summary.lost ? Ink::kYellow : Ink::kDim, summary.lost ? "!" : "·"),
              " ", report::PadEnd(ChangeKindName(kind), 16), " ", Amount(kind, summary), "\n");
    StrAppend(&out, paint(Ink::kDim, FitEnd(StrCat("      ", summary.example), options.width)),
              "\n");
  }
  return out;
}

std::string RunLines(const Conversion& conversion, const report::TextOptions& options) {
  const Painter paint(options.color);
  size_t width = 0;
  for (const auto& run : conversion.plan.runs) {
    width = std::max(width, DisplayWidth(Printable(run.source)));
  }
  width = std::min(width, options.width / 3);
  std::string out;
  for (const auto& run : conversion.plan.runs) {
    const std::string source = FitMiddle(Printable(run.source), width);
    StrAppend(&out, "  ", report::PadEnd(source, width), "  → ", Printable(run.target), "  ",
              paint(Ink::kDim, StrCat(report::Count(run.series, "series", "series"), ", ",
                                      report::Count(run.points, "point"))),
              "\n");
    if (options.detail != report::Detail::kVerbose) continue;
    for (const Change& change : run.changes) {
      StrAppend(&out, "      ", change.lost ? "! " : "· ", ChangeKindName(change.kind), "  ",
                change.tag.empty() ? "" : StrCat(Printable(change.tag), "  "),
                Printable(change.detail), change.count > 1 ? StrCat(" (", change.count, ")") : "",
                "\n");
    }
  }
  return out;
}

uint64_t SeriesCount(const Conversion& conversion) {
  uint64_t series = 0;
  for (const auto& run : conversion.plan.runs) series += run.series;
  return series;
}

std::string VerificationLines(const convert::Verification& verification, const Painter& paint) {
  if (verification.ok()) {
    return StrCat(paint(Ink::kGreen, "✓"), " read back: all ",
                  report::Count(verification.points, "point"), " of ",
                  report::Count(verification.runs, "run"), " are the same\n");
  }
  std::string out = StrCat(paint(Ink::kRed, "✗"), " read back, and not the same:\n");
  for (const convert::Difference& difference : verification.differences) {
    StrAppend(&out, "    ", Printable(difference.run), difference.tag.empty() ? "" : ":",
              Printable(difference.tag), " ", Printable(difference.what), "\n");
  }
  if (verification.more > 0) StrAppend(&out, "    and ", verification.more, " more\n");
  return out;
}

}  // namespace

std::string ConversionText(const Conversion& conversion, const ConvertedPaths& paths,
                           const report::TextOptions& options) {
  const Painter paint(options.color);
  const bool brief = options.detail == report::Detail::kBrief;
  std::string out;
  if (!brief) {
    StrAppend(&out, paint(Ink::kBold, Printable(paths.source)), " (", conversion.from->id, ") → ",
              paint(Ink::kBold, Printable(paths.destination)), " (", conversion.plan.to->id, ")\n");
    if (paths.dry_run || options.detail == report::Detail::kVerbose)
      out += RunLines(conversion, options);
    out += ChangeLines(conversion, options);
  }
  const uint64_t replaced = conversion.written.replaced_runs;
  StrAppend(&out, report::Count(conversion.plan.runs.size(), "run"), ", ",
            report::Count(SeriesCount(conversion), "series", "series"), ", ",
            report::Count(conversion.plan.points(), "point"),
            paths.dry_run ? " would be written" : " written",
            replaced > 0
                ? StrCat("; ", report::Count(replaced, "run"), " of an earlier conversion replaced")
                : "",
            "\n");
  if (conversion.verification) out += VerificationLines(*conversion.verification, paint);
  return out;
}

}  // namespace telltale::cli
