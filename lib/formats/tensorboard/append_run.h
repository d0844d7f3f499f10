// Putting runs together: the files of one run, the parts of one file.
#pragma once

#include <cstddef>
#include <vector>

#include "lib/model/experiment.h"

namespace telltale::formats::tensorboard {

// Appends what `from` holds to `to`: points behind points of the same tag, nothing dropped. What a
// tag or a parameter is, the first that says it decides. Name and path stay.
void AppendRun(model::Run& to, model::Run from);

// The same for many, on at most `jobs` threads (0: one per core), without ever holding many points
// twice.
void AppendParts(model::Run& to, std::vector<model::Run> parts, size_t jobs);

}  // namespace telltale::formats::tensorboard
