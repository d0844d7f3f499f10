// How numbers are written in findings.
#pragma once

#include <cstdint>
#include <string>

namespace telltale::diagnosis {

std::string Num(double value);                   // "0.312", "1.2e-05": four significant digits
std::string Percent(double share);               // 0.314 -> "31 %", 0.0312 -> "3.1 %"
std::string Steps(int64_t first, int64_t last);  // "steps 18 to 49"

}  // namespace telltale::diagnosis
