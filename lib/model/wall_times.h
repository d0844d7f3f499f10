// When a run's points were written.
#pragma once

#include "lib/model/experiment.h"

namespace telltale::model {

// Sets Run::first_wall_time and last_wall_time from the finite wall times of its series; leaves
// them as they are where there is none.
void SetWallTimes(Run& run);

}  // namespace telltale::model
