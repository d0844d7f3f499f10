// Several event files in one directory: one run that was continued, or several training runs.
#pragma once

#include <string>
#include <vector>

#include "lib/base/problem.h"
#include "lib/formats/tensorboard/event_file.h"
#include "lib/model/experiment.h"

namespace telltale::formats::tensorboard {

// Makes runs of the files of one directory, given in the order of their names. Files whose shared
// tags start again from the beginning are sessions, "name#1", "name#2", ...; a file that goes on
// where another ended, that holds other tags, or that says so with a SessionLog is part of the
// session before it, and its points are appended, nothing dropped. `name` is the directory relative
// to the logdir, `path` as the user would type it.
std::vector<model::Run> MergeFiles(const std::string& name, const std::string& path,
                                   std::vector<EventFile> files, std::vector<Problem>& problems);

}  // namespace telltale::formats::tensorboard
