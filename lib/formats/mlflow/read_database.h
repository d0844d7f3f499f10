// MLflow's SQLite database, of every schema since 1.0 and of those before.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "lib/formats/format.h"
#include "lib/model/experiment.h"

namespace telltale::formats::mlflow {

// Reads all active runs of active experiments from the database `path`; `root` is what the user
// typed. DataLoss where it is no database, InvalidArgument where it is none of MLflow's.
absl::StatusOr<model::Experiment> ReadDatabase(const std::string& root, const std::string& path,
                                               const ReadOptions& options);

}  // namespace telltale::formats::mlflow
