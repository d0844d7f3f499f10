#include "lib/report/markdown.h"

#include <algorithm>
#include <string_view>

#include "absl/strings/str_format.h"
#include "lib/base/str.h"
#include "lib/base/text.h"
#include "lib/report/number.h"

namespace telltale::report {
namespace {

std::string Heading(int level) {
  return StrCat(std::string(static_cast<size_t>(std::clamp(level, 1, 6)), '#'), " ");
}

// What a reader looks for first, in words that a search finds as well as the sign.
std::string_view VerdictSign(diagnosis::Verdict verdict) {
  switch (verdict) {
    case diagnosis::Verdict::kHealthy:
      return "✅";
    case diagnosis::Verdict::kAttention:
      return "⚠️";
    case diagnosis::Verdict::kFailing:
      return "❌";
    case diagnosis::Verdict::kUndiagnosable:
      return "❔";
  }
  return "";
}

std::string Bullets(std::string_view title, std::span<const std::string> lines) {
  if (lines.empty()) return "";
  std::string out = StrCat("**", title, "**\n\n");
  for (const std::string& line : lines) StrAppend(&out, "- ", EscapeMarkdown(line), "\n");
  return out + "\n";
}

std::string Numbered(std::string_view title, std::span<const std::string> lines) {
  if (lines.empty()) return "";
  std::string out = StrCat("**", title, "**\n\n");
  for (size_t i = 0; i < lines.size(); ++i) {
    StrAppend(&out, i + 1, ". ", EscapeMarkdown(lines[i]), "\n");
  }
  return out + "\n";
}

std::string EvidenceTable(std::span<const diagnosis::Evidence> evidence) {
  if (evidence.empty()) return "";
  std::string out = "| evidence | value | series |\n| --- | ---: | --- |\n";
  for (const auto& e : evidence) {
    StrAppend(&out, "| ", EscapeMarkdown(Words(e.name)), " | ", EscapeMarkdown(FormatEvidence(e)),
              " | ", e.series.empty() ? "" : MarkdownCode(e.series), " |\n");
  }
  return out + "\n";
}

std::string FindingCodes(std::span<const diagnosis::Finding> findings) {
  std::string out;
  for (const auto& finding : findings) {
    StrAppend(&out, out.empty() ? "" : ", ", MarkdownCode(finding.id));
  }
  return out.empty() ? "–" : out;
}

std::string NotAssessable(std::span<const diagnosis::NotAssessable> rules, Folding folding) {
  if (rules.empty()) return "";
  std::string out = folding == Folding::kDetails ? "<details><summary>Not assessable</summary>\n\n"
                                                 : "**Not assessable**\n\n";
  for (const auto& rule : rules) {
    StrAppend(&out, "- ", MarkdownCode(rule.id), ": ", EscapeMarkdown(rule.reason), "\n");
  }
  return out + (folding == Folding::kDetails ? "\n</details>\n\n" : "\n");
}

std::string BestLine(const diagnosis::BestCheckpoint& best) {
  return StrCat("Best checkpoint: step ", best.step, ", where ", MarkdownCode(best.series), " is ",
                FormatNumber(best.value), best.is_last ? " (the last one).\n\n" : ".\n\n");
}

std::string OverviewTable(std::span<const PathReport> paths) {
  std::string out = "| training run | verdict | findings |\n| --- | --- | --- |\n";
  for (const PathReport& path : paths) {
    for (size_t i = 0; i < path.grouping.training_runs.size(); ++i) {
      const auto& diagnosis = path.diagnoses[i];
      StrAppend(&out, "| ", MarkdownCode(path.grouping.training_runs[i].name), " | ",
                VerdictSign(diagnosis.verdict), " ", diagnosis::VerdictName(diagnosis.verdict),
                " | ", FindingCodes(diagnosis.findings), " |\n");
    }
  }
  return out + "\n";
}

std::string GroupSection(const GroupReport& report) {
  std::string out =
      StrCat("### ", report.group.kind == model::GroupKind::kSeeds ? "Seeds of " : "Sweep ",
             MarkdownCode(report.group.name), "\n\n",
             Count(report.group.training_runs.size(), "training run"), ".\n\n");
  for (const auto& finding : report.findings) out += MarkdownOf(finding, 4);
  return out;
}

std::string ProblemsTable(std::span<const PathReport> paths) {
  std::string rows;
  for (const PathReport& path : paths) {
    for (const Problem& problem : path.experiment.problems) {
      StrAppend(&rows, "| ", MarkdownCode(problem.path), " | ", problem.begin, " | ",
                ProblemKindName(problem.kind), " | ", EscapeMarkdown(problem.message), " |\n");
    }
  }
  if (rows.empty()) return "";
  return StrCat(
      "## Problems with files\n\n| file | offset | kind | what |\n| --- | ---: | --- | --- |\n",
      rows, "\n");
}

std::string SeriesMarkdown(const model::Experiment& experiment,
                           const model::TrainingRun& training_run) {
  std::string out =
      "| run | tag | role | points | steps | last value |\n| --- | --- | --- | ---: | --- | ---: "
      "|\n";
  for (const model::SeriesRef& ref : training_run.series) {
    const model::Run& run = experiment.runs[ref.run];
    const model::Series& series = run.series[ref.series];
    std::string steps;
    if (!series.steps.empty()) {
      const auto [first, last] = std::minmax_element(series.steps.begin(), series.steps.end());
      steps = StrCat(*first, "–", *last);
    }
    StrAppend(&out, "| ", MarkdownCode(run.name), " | ", MarkdownCode(series.tag), " | ",
              model::SplitName(ref.role.split), " ", model::QuantityName(ref.role.quantity), " | ",
              series.size(), " | ", steps, " | ",
              series.values.empty() ? "" : FormatNumber(series.values.back()), " |\n");
  }
  return out + "\n";
}

}  // namespace

std::string MarkdownOf(const diagnosis::Finding& finding, int heading) {
  std::string out = StrCat(Heading(heading), diagnosis::SeverityName(finding.severity), ": ",
                           EscapeMarkdown(finding.id), "\n\n", EscapeMarkdown(finding.summary));
  const std::string steps = FormatSteps(finding.first_step, finding.last_step);
  StrAppend(&out, " *(", steps, steps.empty() ? "" : ", ", "confidence ",
            FormatPercent(finding.confidence), ")*\n\n", EvidenceTable(finding.evidence),
            Numbered("What to try", finding.remedies), Bullets("Ruled out", finding.ruled_out),
            Bullets("It could also be", finding.alternatives));
  return out;
}

std::string MarkdownOf(const RunReport& report, int heading, Folding folding) {
  const diagnosis::Diagnosis& diagnosis = report.diagnosis;
  std::string out = StrCat(Heading(heading), VerdictSign(diagnosis.verdict), " ",
                           MarkdownCode(report.training_run.name), ": ",
                           diagnosis::VerdictName(diagnosis.verdict), "\n\n");
  if (diagnosis.findings.empty()) out += "No findings.\n\n";
  if (diagnosis.best) out += BestLine(*diagnosis.best);
  for (const auto& finding : diagnosis.findings) out += MarkdownOf(finding, heading + 1);
  if (!diagnosis.suppressed.empty()) {
    StrAppend(&out, "Suppressed: ", FindingCodes(diagnosis.suppressed), ".\n\n");
  }
  out += NotAssessable(diagnosis.not_assessable, folding);
  return out;
}

std::string DiagnosisMarkdown(std::span<const PathReport> paths) {
  std::string out = StrCat("# Diagnosis\n\n", OverviewTable(paths));
  for (const PathReport& path : paths) {
    for (size_t i = 0; i < path.grouping.training_runs.size(); ++i) {
      if (path.diagnoses[i].findings.empty()) continue;
      out +=
          MarkdownOf(RunReport{path.experiment, path.grouping.training_runs[i], path.diagnoses[i]});
    }
  }
  std::string groups;
  for (const PathReport& path : paths) {
    for (size_t i = 0; i < path.grouping.groups.size(); ++i) {
      if (path.group_findings[i].empty()) continue;
      groups += GroupSection({path.grouping, path.grouping.groups[i], path.group_findings[i]});
    }
  }
  if (!groups.empty()) StrAppend(&out, "## Groups\n\n", groups);
  out += ProblemsTable(paths);
  out.pop_back();  // each section ends with an empty line; a file ends with one newline
  return out;
}

std::string InspectMarkdown(std::span<const PathReport> paths) {
  std::string out = "# Contents\n\n";
  for (const PathReport& path : paths) {
    for (const auto& training_run : path.grouping.training_runs) {
      StrAppend(&out, "## ", MarkdownCode(training_run.name), "\n\n",
                EscapeMarkdown(training_run.grouped_because), "\n\n",
                SeriesMarkdown(path.experiment, training_run));
    }
    for (const auto& group : path.grouping.groups) {
      StrAppend(&out, "## Group ", MarkdownCode(group.name), "\n\n",
                EscapeMarkdown(group.grouped_because), "\n\n");
      for (const size_t i : group.training_runs) {
        StrAppend(&out, "- ", MarkdownCode(path.grouping.training_runs[i].name), "\n");
      }
      out += "\n";
    }
  }
  out += ProblemsTable(paths);
  out.pop_back();
  return out;
}

}  // namespace telltale::report
