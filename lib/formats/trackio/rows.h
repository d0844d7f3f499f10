// Points of many series as rows of what was logged together, which is how Trackio stores them.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "absl/status/status.h"
#include "lib/model/experiment.h"

namespace telltale::formats::trackio {

struct Row {
  int64_t step = 0;
  int64_t microseconds = 0;  // since the Unix epoch
  std::string metrics = {};  // JSON object
  uint64_t points = 0;
};

// Gives all points of `run` to `take`, row by row, and stops at the first error. Points of a step
// and a time share a row; rows come by time, as far as each series keeps its order and each of its
// points, equal or not, a row of its own.
absl::Status EachRow(const model::Run& run, const std::function<absl::Status(const Row&)>& take);

}  // namespace telltale::formats::trackio
