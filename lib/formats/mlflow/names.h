// MLflow's rules for names and ids (mlflow/utils/validation.py of 3.17), and how its infinities are
// stored.
#pragma once

#include <string>
#include <string_view>

#include "lib/model/experiment.h"

namespace telltale::formats::mlflow {

// `tag` as a metric's key: letters, digits and "_/.- :" of any script, at most 250 bytes, a path
// that leads neither up nor nowhere. Idempotent; never empty.
std::string FitKey(std::string_view tag);

// `name` as a run's name: valid UTF-8 of at most 250 bytes. Never empty.
std::string FitRunName(std::string_view name);

// The 32 hexadecimal digits of the run that RunInfo::id names: itself, where it already is such an
// id, else a hash of it that is the same on every machine.
std::string RunIdOf(const model::RunInfo& info);

// The word of runs.status: "FINISHED".
std::string_view StatusName(model::RunStatus status);
model::RunStatus StatusOf(std::string_view name);

inline constexpr std::string_view kNoteTag = "mlflow.note.content";
inline constexpr std::string_view kNameTag = "mlflow.runName";
inline constexpr std::string_view kParentTag = "mlflow.parentRunId";

// How a conversion to a server, which takes many requests, stays all or nothing: each run says
// whether it is complete, which run of the source it is, and a hash of what was written.
inline constexpr std::string_view kStateTag = "telltale.state";
inline constexpr std::string_view kWriting = "writing";
inline constexpr std::string_view kComplete = "complete";
inline constexpr std::string_view kRunTag = "telltale.run";
inline constexpr std::string_view kContentTag = "telltale.content";

}  // namespace telltale::formats::mlflow
