// Hyper-parameters that stand in a YAML file beside a table.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "lib/base/problem.h"
#include "lib/model/experiment.h"

namespace telltale::formats::table {

// Adds to `run` what the file `name` in the directory of `table`, or in one of the `up` directories
// above it, says: scalars with their types, nested ones joined by '/'. No file is no problem; one
// that is no YAML map is.
void ReadParamsFile(const std::string& table, std::string_view name, size_t up, model::Run& run,
                    std::vector<Problem>& problems);

}  // namespace telltale::formats::table
