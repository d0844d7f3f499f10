// What a copy has changed.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>

namespace telltale::edit {

// The changes that were made, by what they are: "wall time that is not finite" -> how often.
using ChangeCounts = std::map<std::string, uint64_t, std::less<>>;

}  // namespace telltale::edit
