// Whether anything has changed between two looks at the same logs.
#pragma once

#include "lib/model/experiment.h"
#include "lib/model/training_run.h"

namespace telltale::model {

// Whether the two training runs have one name, and the same series with the same points to the bit,
// roles and parameters: whatever depends on these alone is the same for both. Linear in the points,
// at the speed of memory.
bool SameContent(const Experiment& a, const TrainingRun& in_a, const Experiment& b,
                 const TrainingRun& in_b);

}  // namespace telltale::model
