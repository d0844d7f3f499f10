// Runs that hold everything that trips trackers up.
#pragma once

#include <string>
#include <vector>

#include "lib/model/experiment.h"

namespace telltale::testing {

// Values that are hard to carry, steps that are hard to order, names that are hard to write, runs
// without anything, a run of `tags` series. Sorted and valid.
model::Experiment HostileRuns(size_t tags = 10000);

}  // namespace telltale::testing
