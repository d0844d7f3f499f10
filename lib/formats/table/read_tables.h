// Reads the tables of one kind at or below a path.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "lib/formats/format.h"
#include "lib/formats/table/kind.h"
#include "lib/model/experiment.h"

namespace telltale::formats::table {

// Format::read of the format whose tables are of `kind`. A file that the user named is read
// as one, whatever it looks like; of a directory those are read that look so, and a remark says
// where others were left out.
absl::StatusOr<model::Experiment> ReadTables(const std::string& path, const ReadOptions& options,
                                             Kind kind);
template <Kind kind>
absl::StatusOr<model::Experiment> Read(const std::string& path, const ReadOptions& options) {
  return ReadTables(path, options, kind);
}

}  // namespace telltale::formats::table
