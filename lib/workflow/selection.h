// Which series are read: what users say by patterns, as formats::ReadOptions::select takes it.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace telltale::workflow {

using Selection = std::function<bool(std::string_view run, std::string_view tag)>;

// Regular expressions (RE2), each looked for in a run's name, in a tag and in "run:tag". A series
// is selected where one of `include` is found, or there are none, and none of `exclude`. Empty
// where both are: everything is selected. InvalidArgument, "include 'PATTERN': why", where a
// pattern is none. May be called from several threads.
absl::StatusOr<Selection> MakeSelection(const std::vector<std::string>& include,
                                        const std::vector<std::string>& exclude);

}  // namespace telltale::workflow
