// Means and spreads of groups of training runs, as runs of their own that TensorBoard shows.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "lib/model/experiment.h"
#include "lib/model/reduce.h"
#include "lib/model/training_run.h"

namespace telltale::edit {

struct ReduceOptions {
  model::StepsOf steps = model::StepsOf::kInterpolated;
  bool dry_run = false;  // nothing is written
};

struct ReducedTag {
  std::string run = {};  // below the training runs, such as "train"; empty for their own
  std::string tag = {};
  size_t members = 0;   // training runs that have it
  size_t points = 0;    // of the mean
  size_t left_out = 0;  // points that are not finite
};

struct ReducedGroup {
  std::string name = {};  // directory below the destination
  std::vector<std::string> training_runs = {};
  std::vector<ReducedTag> tags = {};
};

// Writes for each of `groups` the runs <name>/mean, /std, /min, /max and /median with the tags of
// its training runs, and <name>/band, whose layout for the Custom Scalars tab draws means within
// mean ± std. `destination` is there completely or not at all; one that an earlier reduce wrote is
// replaced. `experiment.path` is the source. Tags that fewer than two training runs have are left
// out. Errors: those of Destination (lib/edit/destination.h), and InvalidArgument for a group whose
// name is no directory.
absl::StatusOr<std::vector<ReducedGroup>> ReduceGroups(const model::Experiment& experiment,
                                                       const model::Grouping& grouping,
                                                       const std::vector<model::Group>& groups,
                                                       const std::string& destination,
                                                       const ReduceOptions& options = {});

}  // namespace telltale::edit
