#include "lib/report/junit.h"

#include <cstddef>

#include "absl/strings/str_replace.h"
#include "lib/base/str.h"
#include "lib/base/text.h"

namespace telltale::report {
namespace {

// Printable() leaves no character that XML 1.0 forbids.
std::string Escape(std::string_view text) {
  return absl::StrReplaceAll(
      Printable(text),
      {{"&", "&amp;"}, {"<", "&lt;"}, {">", "&gt;"}, {"\"", "&quot;"}, {"'", "&apos;"}});
}

std::string StepRangeText(const diagnosis::Finding& finding) {
  if (!finding.first_step || !finding.last_step) return "";
  return StrCat(", steps ", *finding.first_step, " to ", *finding.last_step);
}

// A finding as lines of text, escaped.
std::string Said(const diagnosis::Finding& finding) {
  std::string out = StrCat(finding.id, " (", diagnosis::SeverityName(finding.severity),
                           StepRangeText(finding), "): ", Escape(finding.summary), "\n");
  for (const std::string& remedy : finding.remedies) StrAppend(&out, "- ", Escape(remedy), "\n");
  return out;
}

class Suite {
 public:
  explicit Suite(diagnosis::Severity fail_on) : fail_on_(fail_on) {}

  void Add(std::string_view suite, std::string_view name,
           std::span<const diagnosis::Finding> findings, bool undiagnosable) {
    std::string inner;
    std::string others;
    const diagnosis::Finding* worst = nullptr;
    std::string failures;
    for (const auto& finding : findings) {
      if (finding.severity >= fail_on_) {
        if (worst == nullptr) worst = &finding;  // the most severe comes first
        failures += Said(finding);
      } else {
        others += Said(finding);
      }
    }
    if (worst != nullptr) {
      ++failures_;
      StrAppend(&inner, "      <failure type=\"", worst->id, "\" message=\"",
                Escape(worst->summary), "\">", failures, "</failure>\n");
    } else if (undiagnosable) {
      ++skipped_;
      inner += "      <skipped message=\"nothing could be judged\"/>\n";
    }
    if (!others.empty()) StrAppend(&inner, "      <system-out>", others, "</system-out>\n");
    StrAppend(&cases_, "    <testcase classname=\"", Escape(suite), "\" name=\"", Escape(name),
              "\" time=\"0\"", inner.empty() ? "/>\n" : StrCat(">\n", inner, "    </testcase>\n"));
    ++tests_;
  }

  std::string Xml(std::string_view name, std::string_view problems) const {
    return StrCat("  <testsuite name=\"", Escape(name), "\" tests=\"", tests_, "\" failures=\"",
                  failures_, "\" errors=\"0\" skipped=\"", skipped_, "\" time=\"0\">\n", cases_,
                  problems.empty() ? "" : StrCat("    <system-err>", problems, "</system-err>\n"),
                  "  </testsuite>\n");
  }

  size_t tests() const { return tests_; }
  size_t failures() const { return failures_; }

 private:
  diagnosis::Severity fail_on_;
  std::string cases_;
  size_t tests_ = 0;
  size_t failures_ = 0;
  size_t skipped_ = 0;
};

}  // namespace

std::string DiagnosisJunit(std::span<const PathReport> paths,
                           std::optional<diagnosis::Severity> fail_on) {
  std::string suites;
  size_t tests = 0;
  size_t failures = 0;
  for (const PathReport& path : paths) {
    const std::string& name = path.experiment.path;
    Suite suite(fail_on.value_or(diagnosis::Severity::kError));
    for (size_t i = 0; i < path.diagnoses.size(); ++i) {
      suite.Add(name, path.grouping.training_runs[i].name, path.diagnoses[i].findings,
                path.diagnoses[i].verdict == diagnosis::Verdict::kUndiagnosable);
    }
    for (size_t i = 0; i < path.group_findings.size(); ++i) {
      suite.Add(name, StrCat("group ", path.grouping.groups[i].name), path.group_findings[i],
                false);
    }
    std::string problems;
    for (const Problem& problem : path.experiment.problems) {
      StrAppend(&problems, Escape(problem.path), ": ", Escape(problem.message), "\n");
    }
    suites += suite.Xml(name, problems);
    tests += suite.tests();
    failures += suite.failures();
  }
  return StrCat(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"telltale\" tests=\"", tests,
      "\" failures=\"", failures, "\" errors=\"0\" time=\"0\">\n", suites, "</testsuites>\n");
}

}  // namespace telltale::report
