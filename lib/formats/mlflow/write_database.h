// Runs into MLflow's SQLite database.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "lib/formats/sink.h"
#include "lib/model/experiment.h"

namespace telltale::formats::mlflow {

// The database that `destination` means: itself, where it is named *.db, *.sqlite or *.sqlite3 or
// is a file; else mlflow.db in that directory.
std::string DatabaseAt(const std::string& destination);

// Sink::write of the format: a new database, or runs appended to an existing one in one
// transaction. FailedPrecondition where that has a schema that is not known or a run of the same id
// that Telltale did not convert.
absl::StatusOr<Written> WriteDatabase(const model::Experiment& experiment,
                                      const std::string& destination, const WriteOptions& options);

}  // namespace telltale::formats::mlflow
