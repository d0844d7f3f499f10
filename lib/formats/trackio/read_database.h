// Trackio's databases, one a project, of every schema since its first release.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "lib/formats/format.h"
#include "lib/model/experiment.h"

namespace telltale::formats::trackio {

// Whether a database with these tables is one of Trackio's.
bool IsOurs(const std::vector<std::string>& tables);

// Reads all runs of the database `path`, or of all of Trackio's in the directory `path` itself.
// Metrics that are text become texts, media and tables are counted, alerts of others than Telltale
// become texts.
absl::StatusOr<model::Experiment> Read(const std::string& path, const ReadOptions& options);

}  // namespace telltale::formats::trackio
