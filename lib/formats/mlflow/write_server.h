// Runs onto an MLflow tracking server.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "lib/formats/mlflow/server.h"
#include "lib/formats/notes.h"
#include "lib/formats/sink.h"
#include "lib/model/experiment.h"

namespace telltale::formats::mlflow {

// Sink::write onto a server, or into the experiment that its address names. A run takes many
// requests: until all of it is there it is marked as unfinished (kStateTag), which our reader
// leaves out, and only then does it take the place of what an earlier conversion wrote. Writing
// again leaves complete runs of the same content as they are, and replaces unfinished ones.
absl::StatusOr<Written> WriteServer(Server& server, const model::Experiment& experiment,
                                    const WriteOptions& options);

// formats::WriteNotes of a server: run by run.
std::vector<NoteResult> WriteServerNotes(Server& server, const model::Experiment& experiment,
                                         std::span<const RunNote> notes);

}  // namespace telltale::formats::mlflow
