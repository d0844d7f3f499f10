// Findings about runs, as offline runs of the same ids that `wandb sync` adds to them
// (docs/formats/wandb.md).
#pragma once

#include <span>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "lib/formats/notes.h"
#include "lib/model/experiment.h"

namespace telltale::formats::wandb {

inline constexpr std::string_view kVerdictKey = "telltale.verdict";
inline constexpr std::string_view kFindingsKey = "telltale.findings";

// formats::WriteNotes: for each run a directory beside its own, "offline-run-...-telltale", whose
// file holds all that the run's says but its rows, with the findings in its notes and summary. What
// stands there of an earlier call is replaced; the run's own files are not touched.
absl::StatusOr<std::vector<NoteResult>> WriteNotes(const model::Experiment& experiment,
                                                   std::span<const RunNote> notes);

}  // namespace telltale::formats::wandb
