// One run of what belongs together.
#pragma once

#include "lib/model/experiment.h"
#include "lib/model/training_run.h"

namespace telltale::convert {

// The runs of `experiment` that `grouping` takes for one training run become one run, named like
// it: "exp/train" and "exp/validation" become "exp", whose series are "train/loss" and
// "validation/loss". A tag that starts with that already stays as it is. Runs that Telltale wrote
// are left out. Of hyper-parameters and tags the first value of a name stays.
model::Experiment MergeTrainingRuns(model::Experiment experiment, const model::Grouping& grouping);

}  // namespace telltale::convert
