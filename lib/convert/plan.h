// What a conversion would do, before it does it: which run and series goes where under which name,
// and what the target cannot hold.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "lib/convert/change.h"
#include "lib/convert/rename.h"
#include "lib/formats/format.h"
#include "lib/model/downsample.h"
#include "lib/model/experiment.h"

namespace telltale::convert {

struct PlanOptions {
  std::vector<RenameRule> renames = {};
  model::Downsampling downsampling = {};
};

struct RunPlan {
  std::string source = {};  // the run's name where it comes from
  std::string target = {};  // and where it goes
  uint64_t series = 0;
  uint64_t points = 0;
  Changes changes = {};
};

struct Plan {
  const formats::Format* to = nullptr;
  // What is to be written: names, points and all else fit the format.
  model::Experiment fitted = {};
  std::vector<RunPlan> runs = {};  // one for each of fitted.runs, in their order

  uint64_t points() const;
};

// Plans to write `experiment`, as it was read from format `experiment.format`, as `to`, which must
// have a sink. Runs that Telltale's annotations are, are left out; names that an earlier conversion
// changed are given back. Deterministic. InvalidArgument when a rename makes two series one.
absl::StatusOr<Plan> MakePlan(model::Experiment experiment, const formats::Format& to,
                              const PlanOptions& options = {});

}  // namespace telltale::convert
