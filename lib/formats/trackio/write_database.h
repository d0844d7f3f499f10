// Runs into Trackio's databases.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "lib/formats/sink.h"
#include "lib/model/experiment.h"

namespace telltale::formats::trackio {

// Sink::write of the format: into the database `destination`, where it is named *.db or is a file,
// else into one a project in that directory, which TRACKIO_DIR then names. A database is new and
// there at once, or runs are added to it in one transaction. FailedPrecondition where it is none of
// Trackio's since 0.24, or holds a run of the same id that Telltale did not convert.
absl::StatusOr<Written> Write(const model::Experiment& experiment, const std::string& destination,
                              const WriteOptions& options);

}  // namespace telltale::formats::trackio
