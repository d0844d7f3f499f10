// Which Telltale this is.
#pragma once

#include <string_view>

namespace telltale {

// Semantic version of the library and the command line, for example "0.1.0".
std::string_view Version();

}  // namespace telltale
