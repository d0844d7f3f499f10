// Findings as MLflow's tags and notes.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "lib/formats/notes.h"
#include "lib/model/experiment.h"

namespace telltale::formats::mlflow {

inline constexpr std::string_view kVerdictTag = "telltale.verdict";
inline constexpr std::string_view kFindingsTag = "telltale.findings";

// formats::WriteNotes of a database: in one transaction.
absl::StatusOr<std::vector<NoteResult>> WriteDatabaseNotes(const model::Experiment& experiment,
                                                           std::span<const RunNote> notes);

}  // namespace telltale::formats::mlflow
