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

// `note`, a run's description as it is, with `markdown` as its last section, between two comments
// that MLflow's page does not show; what stood between them before is replaced, what a person wrote
// around them stays.
std::string WithSection(std::string_view note, std::string_view markdown);

// formats::WriteNotes of a database: in one transaction.
absl::StatusOr<std::vector<NoteResult>> WriteDatabaseNotes(const model::Experiment& experiment,
                                                           std::span<const RunNote> notes);

}  // namespace telltale::formats::mlflow
