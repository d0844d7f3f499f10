#include "lib/report/text_finding.h"

#include <algorithm>
#include <span>
#include <vector>

#include "lib/base/str.h"
#include "lib/base/text.h"
#include "lib/report/number.h"

namespace telltale::report {
namespace {

// "    evidence  ", so that what a finding says stands in one column.
constexpr size_t kLabelWidth = 8;

std::string Label(std::string_view label) {
  return StrCat("    ", PadEnd(label, kLabelWidth), "  ");
}

std::string EvidenceText(const diagnosis::Finding& finding, const RunReport* report, size_t width,
                         const Painter& paint) {
  size_t name_width = 0;
  size_t value_width = 0;
  for (const auto& e : finding.evidence) {
    name_width = std::max(name_width, DisplayWidth(Printable(Words(e.name))));
    value_width = std::max(value_width, DisplayWidth(Printable(FormatEvidence(e))));
  }
  std::string out;
  for (const auto& e : finding.evidence) {
    const std::string name = PadEnd(Printable(Words(e.name)), name_width);
    const std::string value = Printable(FormatEvidence(e));
    const std::string series = report ? ShortSeriesName(*report, e.series) : Printable(e.series);
    const size_t used = 4 + kLabelWidth + 2 + name_width + 2;
    std::string line = StrCat(paint(Ink::kDim, Label(out.empty() ? "evidence" : "")), name, "  ");
    // The series' name is the first to go where there is no room.
    const size_t with_series = used + value_width + 2;
    if (series.empty() || with_series + 12 > width) {
      StrAppend(&line, value);
    } else {
      StrAppend(&line, PadEnd(value, value_width), "  ",
                paint(Ink::kDim, FitMiddle(series, width - with_series)));
    }
    StrAppend(&out, line, "\n");
  }
  return out;
}

// Lines under one label: "try       1. Stop at step 18".
std::string ListText(std::string_view label, std::span<const std::string> lines, size_t width,
                     const Painter& paint, Ink ink = Ink::kPlain) {
  std::string out;
  for (size_t i = 0; i < lines.size(); ++i) {
    const std::string first =
        StrCat(Label(i == 0 ? label : ""), lines.size() > 1 ? StrCat(i + 1, ". ") : "");
    std::string text = Hanging(first, Printable(lines[i]), width, paint, ink);
    if (i == 0) text.replace(0, Label(label).size(), paint(Ink::kDim, Label(label)));
    out += text;
  }
  return out;
}

}  // namespace

std::string ShortSeriesName(const RunReport& report, std::string_view series) {
  const std::string prefix = report.training_run.name + "/";
  if (series.starts_with(prefix)) {
    series.remove_prefix(prefix.size());
  } else if (series.starts_with(report.training_run.name) &&
             series.substr(report.training_run.name.size()).starts_with(":")) {
    series.remove_prefix(report.training_run.name.size() + 1);
  } else if (series.starts_with(".:")) {
    series.remove_prefix(2);
  }
  return Printable(series);
}

bool IsRemark(const diagnosis::Finding& finding, const RunReport& report) {
  return finding.severity == diagnosis::Severity::kInfo &&
         (report.diagnosis.verdict == diagnosis::Verdict::kFailing ||
          report.diagnosis.verdict == diagnosis::Verdict::kAttention);
}

std::string FindingText(const diagnosis::Finding& finding, const RunReport* report,
                        const TextOptions& options) {
  const Painter paint(options.color);
  const size_t width = ProseWidth(options);
  const std::string id = Printable(finding.id);
  std::string about = StrCat(diagnosis::SeverityName(finding.severity));
  if (const auto steps = FormatSteps(finding.first_step, finding.last_step); !steps.empty()) {
    StrAppend(&about, ", ", steps);
  }
  StrAppend(&about, ", confidence ", FormatPercent(finding.confidence));
  const bool fits = DisplayWidth(StrCat("  ● ", id, "  ", about)) <= options.width;
  std::string out = StrCat("  ", paint(InkOf(finding.severity), StrCat("● ", id)),
                           fits ? "  " : "\n    ", paint(Ink::kDim, about), "\n");
  out += Hanging("    ", Printable(finding.summary), width, paint);
  // Beside what is wrong, what is only good to know takes a sentence.
  if (options.detail != Detail::kVerbose && report != nullptr && IsRemark(finding, *report)) {
    return out;
  }
  out += EvidenceText(finding, report, width, paint);
  out += ListText("try", finding.remedies, width, paint);
  if (options.detail == Detail::kVerbose) {
    out += ListText("not", finding.ruled_out, width, paint, Ink::kDim);
    out += ListText("or else", finding.alternatives, width, paint, Ink::kDim);
  }
  return out;
}

}  // namespace telltale::report
