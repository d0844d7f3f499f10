#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "lib/base/str.h"
#include "lib/base/text.h"
#include "lib/report/number.h"
#include "lib/report/text.h"
#include "lib/report/text_finding.h"

namespace telltale::report {
namespace {

using diagnosis::Verdict;

struct Totals {
  size_t training_runs = 0;
  std::array<size_t, 4> verdicts = {};  // by Verdict
  std::map<std::string, std::pair<diagnosis::Severity, size_t>> findings = {};
  size_t problems = 0;

  void Take(const diagnosis::Finding& finding) {
    auto& [severity, n] = findings[Printable(finding.id)];
    severity = std::max(severity, finding.severity);
    ++n;
  }
};

Totals TotalsOf(std::span<const PathReport> paths) {
  Totals totals;
  for (const PathReport& path : paths) {
    totals.training_runs += path.grouping.training_runs.size();
    totals.problems += path.experiment.problems.size();
    for (const auto& diagnosis : path.diagnoses) {
      ++totals.verdicts[static_cast<size_t>(diagnosis.verdict)];
      for (const auto& finding : diagnosis.findings) totals.Take(finding);
    }
    for (const auto& findings : path.group_findings) {
      for (const auto& finding : findings) totals.Take(finding);
    }
  }
  return totals;
}

std::string VerdictsLine(const Totals& totals, const Painter& paint) {
  constexpr std::array<std::pair<Verdict, std::string_view>, 4> kWords = {{
      {Verdict::kFailing, "failing"},
      {Verdict::kAttention, "to look at"},
      {Verdict::kHealthy, "healthy"},
      {Verdict::kUndiagnosable, "undiagnosable"},
  }};
  std::string out;
  for (const auto& [verdict, words] : kWords) {
    const size_t n = totals.verdicts[static_cast<size_t>(verdict)];
    if (n == 0) continue;
    StrAppend(&out, out.empty() ? "" : ", ", paint(InkOf(verdict), StrCat(n, " ", words)));
  }
  return StrCat(Count(totals.training_runs, "training run"), out.empty() ? "" : ": ", out, "\n");
}

// "overfitting 4 · plateau 2", most severe first, then most frequent.
std::string FindingsLine(const Totals& totals, size_t width, const Painter& paint) {
  using Entry = std::pair<std::string, std::pair<diagnosis::Severity, size_t>>;
  std::vector<Entry> entries(totals.findings.begin(), totals.findings.end());
  std::stable_sort(entries.begin(), entries.end(),
                   [](const Entry& a, const Entry& b) { return a.second > b.second; });
  std::string out;
  size_t used = 0;
  for (const auto& [id, what] : entries) {
    const std::string entry = StrCat(id, " ", what.second);
    const size_t needs = DisplayWidth(entry) + 3;
    if (used > 0 && used + needs > width) {
      out += "\n";
      used = 0;
    }
    StrAppend(&out, used > 0 ? " · " : "", paint(InkOf(what.first), entry));
    used += needs;
  }
  return out.empty() ? "" : out + "\n";
}

}  // namespace

std::string SummaryText(std::span<const PathReport> paths, const TextOptions& options) {
  const Painter paint(options.color);
  const Totals totals = TotalsOf(paths);
  std::string out = VerdictsLine(totals, paint);
  out += FindingsLine(totals, ProseWidth(options), paint);
  if (!totals.findings.empty()) {
    StrAppend(&out, paint(Ink::kDim, "`telltale rules ID` explains a finding"), "\n");
  }
  if (totals.problems > 0) {
    StrAppend(&out, paint(Ink::kYellow, Count(totals.problems, "problem")), " with files\n");
  }
  return out;
}

}  // namespace telltale::report
