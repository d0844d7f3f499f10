#include "lib/annotate/tracker_notes.h"

#include <algorithm>
#include <string>
#include <utility>

#include "lib/base/status_util.h"
#include "lib/base/str.h"
#include "lib/diagnosis/finding.h"
#include "lib/report/markdown.h"

namespace telltale::annotate {
namespace {

using formats::AlertLevel;
using formats::NoteOutcome;
using formats::NoteResult;
using formats::RunNote;

AlertLevel LevelOf(diagnosis::Severity severity) {
  switch (severity) {
    case diagnosis::Severity::kInfo:
      return AlertLevel::kInfo;
    case diagnosis::Severity::kWarning:
      return AlertLevel::kWarning;
    case diagnosis::Severity::kError:
      return AlertLevel::kError;
  }
  return AlertLevel::kInfo;
}

Outcome OutcomeOf(NoteOutcome outcome) {
  switch (outcome) {
    case NoteOutcome::kWritten:
      return Outcome::kWritten;
    case NoteOutcome::kReplaced:
      return Outcome::kReplaced;
    case NoteOutcome::kUnchanged:
      return Outcome::kUnchanged;
    case NoteOutcome::kFailed:
      return Outcome::kFailed;
  }
  return Outcome::kFailed;
}

RunNote NoteOf(const report::RunReport& report) {
  RunNote note;
  note.verdict = diagnosis::VerdictName(report.diagnosis.verdict);
  note.markdown = report::MarkdownOf(report, 2, report::Folding::kNone);
  for (const diagnosis::Finding& finding : report.diagnosis.findings) {
    // A tag that names an id once is easier to search for.
    if (std::find(note.findings.begin(), note.findings.end(), finding.id) == note.findings.end()) {
      note.findings.push_back(finding.id);
    }
    std::string text = finding.summary;
    if (!finding.remedies.empty()) StrAppend(&text, " ", finding.remedies.front());
    note.alerts.push_back({.level = LevelOf(finding.severity),
                           .title = finding.id,
                           .text = std::move(text),
                           .step = finding.first_step});
  }
  return note;
}

// Of several runs of one training run: what went wrong with any of them, else what was done.
void Add(const NoteResult& result, Annotation& annotation) {
  const bool first =
      annotation.file.empty() && annotation.outcome == Outcome::kFailed && annotation.why.ok();
  const Outcome outcome = OutcomeOf(result.outcome);
  if (first || outcome == Outcome::kFailed ||
      (annotation.outcome == Outcome::kUnchanged && outcome != Outcome::kUnchanged)) {
    annotation.outcome = outcome;
  }
  if (annotation.file.empty()) annotation.file = result.place;
  if (annotation.why.ok()) annotation.why = result.why;
}

}  // namespace

absl::StatusOr<std::vector<Annotation>> NoteInTracker(const formats::Format& format,
                                                      const report::PathReport& report,
                                                      size_t path) {
  std::vector<RunNote> notes;
  std::vector<size_t> training_runs;  // of `notes`
  for (size_t i = 0; i < report.grouping.training_runs.size(); ++i) {
    const model::TrainingRun& training_run = report.grouping.training_runs[i];
    const RunNote note = NoteOf({report.experiment, training_run, report.diagnoses[i]});
    for (const size_t run : training_run.runs) {
      notes.push_back(note);
      notes.back().run = run;
      training_runs.push_back(i);
    }
  }
  TELLTALE_ASSIGN_OR_RETURN(const std::vector<NoteResult> results,
                            format.write_notes(report.experiment, notes));
  std::vector<Annotation> annotations(report.grouping.training_runs.size());
  for (size_t i = 0; i < annotations.size(); ++i) {
    annotations[i].path = path;
    annotations[i].training_run = i;
  }
  for (size_t i = 0; i < std::min(results.size(), notes.size()); ++i) {
    Add(results[i], annotations[training_runs[i]]);
  }
  return annotations;
}

}  // namespace telltale::annotate
