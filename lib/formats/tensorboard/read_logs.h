// From event files to runs.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "lib/base/problem.h"
#include "lib/formats/read_options.h"
#include "lib/io/walk.h"
#include "lib/model/experiment.h"

namespace telltale::formats::tensorboard {

struct FoundLogs {
  std::vector<io::FoundFile> files = {};  // by directory, then name
  std::vector<Problem> problems = {};     // directories that cannot be read
};

// The event files at or below `path`; a single file whatever its name. NotFound: there are none.
absl::StatusOr<FoundLogs> FindLogs(const std::string& path);

// Reads `files`, some of those that are below `path`. Files of one directory stand together.
absl::StatusOr<model::Experiment> ReadLogs(const std::string& path,
                                           const std::vector<io::FoundFile>& files,
                                           std::vector<Problem> problems,
                                           const ReadOptions& options);

}  // namespace telltale::formats::tensorboard
