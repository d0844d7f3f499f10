// What is said about runs, in no tracker's terms: how findings reach a tracker's own tags, notes
// and alerts without a format knowing of diagnosis.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "lib/model/experiment.h"

namespace telltale::formats {

enum class AlertLevel { kInfo, kWarning, kError };

struct Alert {
  AlertLevel level = AlertLevel::kInfo;
  std::string title = {};            // "overfitting"
  std::string text = {};             // one or more sentences
  std::optional<int64_t> step = {};  // where it begins
};

// About one run.
struct RunNote {
  size_t run = 0;                          // index into Experiment::runs
  std::string verdict = {};                // "failing"
  std::vector<std::string> findings = {};  // ids, the worst first
  std::string markdown = {};               // all of it, for people
  std::vector<Alert> alerts = {};          // one a finding
};

enum class NoteOutcome { kWritten, kReplaced, kUnchanged, kFailed };

struct NoteResult {
  NoteOutcome outcome = NoteOutcome::kFailed;
  std::string place = {};  // file or address, as the user would type it
  absl::Status why = {};   // of kFailed
};

// Writes `notes` where the tracker of `experiment` (which was read from experiment.path) shows
// them; what Telltale said of the same run before is replaced, what a person wrote stays. One
// result a note, in their order. Fails as a whole only before anything is written.
using WriteNotes = absl::StatusOr<std::vector<NoteResult>> (*)(const model::Experiment& experiment,
                                                               std::span<const RunNote> notes);

}  // namespace telltale::formats
