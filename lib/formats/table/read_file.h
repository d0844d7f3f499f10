// Reads one table into runs.
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "lib/base/problem.h"
#include "lib/formats/format.h"
#include "lib/formats/table/builder.h"
#include "lib/formats/table/kind.h"

namespace telltale::formats::table {

// One table. Cells that are no numbers, rows without a step and lines that are no JSON become
// problems; an error means that nothing of the file could be read. `delimiter` separates cells.
absl::Status ReadCsvFile(const std::string& path, Kind kind, char delimiter, TableBuilder& builder,
                         std::vector<Problem>& problems);
absl::Status ReadJsonFile(const std::string& path, Kind kind, TableBuilder& builder,
                          std::vector<Problem>& problems);

// The state of a Hugging Face Trainer: the history as points, what stands beside it as parameters.
absl::Status ReadTrainerState(const std::string& path, TableBuilder& builder,
                              std::vector<Problem>& problems);

// From the name of a file that TensorBoard's page offers, "run-<run>-tag-<tag>.csv": run and tag.
// Where the name is another one, the run is "" and the tag the name without its ending.
struct TensorBoardName {
  std::string run = {};
  std::string tag = {};
};
TensorBoardName ParseTensorBoardName(std::string_view path);

}  // namespace telltale::formats::table
