// MLflow's file store, mlruns/: a directory an experiment, in it one a run, in that a file a
// metric, parameter and tag (docs/formats/mlflow.md).
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "lib/formats/format.h"
#include "lib/formats/notes.h"
#include "lib/formats/sink.h"
#include "lib/model/experiment.h"

namespace telltale::formats::mlflow {

inline constexpr std::string_view kMetaFile = "meta.yaml";
// Where the file store cannot hold the name of a parameter or tag: the run's tag with this name
// maps what the file is called to the name, as JSON.
inline constexpr std::string_view kNamesTag = "telltale.names";

// The scalars of a meta.yaml at its top level. InvalidArgument where it is no YAML map.
absl::StatusOr<std::map<std::string, std::string>> ParseMeta(const std::string& path,
                                                             const std::string& text);

// Reads all active runs at or below `path`: a store, an experiment, a run, or a directory that
// holds mlruns/.
absl::StatusOr<model::Experiment> ReadFileStore(const std::string& path,
                                                const ReadOptions& options);

// Sink::write of the format.
absl::StatusOr<Written> WriteFileStore(const model::Experiment& experiment,
                                       const std::string& destination, const WriteOptions& options);

// formats::WriteNotes of the format: file by file, each atomically.
absl::StatusOr<std::vector<NoteResult>> WriteFileStoreNotes(const model::Experiment& experiment,
                                                            std::span<const RunNote> notes);

}  // namespace telltale::formats::mlflow
