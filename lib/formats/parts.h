// What stands below a path, in parts that are read one after the other: so that any number of runs
// takes the memory of a few.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "lib/formats/read_options.h"
#include "lib/model/experiment.h"

namespace telltale::formats {

// Parts stand in the order of their runs' names. Runs of different parts seldom belong to one
// training run: where they do, its home is above both parts.
class Parts {
 public:
  virtual ~Parts() = default;

  virtual size_t size() const = 0;
  virtual uint64_t bytes(size_t part) const = 0;  // of its files
  // Whether the home of a training run, a directory relative to the path, stands in the part; and
  // whether the part lies below it.
  virtual bool Holds(size_t part, const std::string& home) const = 0;
  virtual bool LiesBelow(size_t part, const std::string& home) const = 0;

  // Reads the parts [begin, end) together. Names of runs are those that reading all at once gives.
  virtual absl::StatusOr<model::Experiment> Read(size_t begin, size_t end,
                                                 const ReadOptions& options) = 0;
};

}  // namespace telltale::formats
