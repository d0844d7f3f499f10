// The lines of a metric's file in MLflow's file store (docs/formats/mlflow.md).
#pragma once

#include <cstdint>

#include "absl/status/status.h"
#include "lib/io/byte_source.h"
#include "lib/model/series.h"

namespace telltale::formats::mlflow {

// Lines that are none: how many, and where the first of them is.
struct BadLines {
  uint64_t count = 0;
  uint64_t begin = 0;
  uint64_t end = 0;
};

// Adds the points of all lines of `source` to `series`, a block at a time: memory follows the
// points, not the file. A line that is longer than any of MLflow's is none. Fails where `source`
// does.
absl::Status ReadMetricLines(io::ByteSource& source, model::Series& series, BadLines& bad);

}  // namespace telltale::formats::mlflow
