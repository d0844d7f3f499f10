// Points that a format can hold.
#pragma once

#include "lib/convert/change.h"
#include "lib/formats/sink.h"
#include "lib/model/experiment.h"

namespace telltale::convert {

// Changes the points of all series of `run` to what `capacity` holds, and adds to `changes` what
// that changes, at most one entry of a kind for each series. `tags` of the changes are those of the
// series as they are. Steps and the order of points stay.
void FitPoints(const formats::Capacity& capacity, model::Run& run, Changes& changes);

}  // namespace telltale::convert
