// Ids of runs, for trackers that want theirs to look alike.
#pragma once

#include <string>
#include <string_view>

namespace telltale::formats {

// 32 hexadecimal digits for `id`: itself, where it already is such an id, else a hash of it that is
// the same on every machine.
std::string HexRunId(std::string_view id);

}  // namespace telltale::formats
