// Values that are no numbers.
#pragma once

#include <limits>

namespace telltale::testing {

inline constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
inline constexpr double kInfinity = std::numeric_limits<double>::infinity();

}  // namespace telltale::testing
