// Findings as Trackio's alerts.
#pragma once

#include <span>
#include <vector>

#include "absl/status/statusor.h"
#include "lib/formats/notes.h"
#include "lib/model/experiment.h"

namespace telltale::formats::trackio {

// formats::WriteNotes of the format: one alert a finding, in one transaction a database. Those that
// Telltale wrote of the same run before are replaced, others stay.
absl::StatusOr<std::vector<NoteResult>> WriteNotes(const model::Experiment& experiment,
                                                   std::span<const RunNote> notes);

}  // namespace telltale::formats::trackio
