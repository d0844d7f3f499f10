// Numbers as people read them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "lib/diagnosis/finding.h"

namespace telltale::report {

// Four significant digits without trailing zeros: "0.3124", "12500", "3.1e-05", "NaN", "Infinity".
std::string FormatNumber(double value);

// "1 file", "2 files": `many` is one + "s" where it is empty.
std::string Count(uint64_t n, std::string_view one, std::string_view many = {});

// "812 B", "8.1 kB", "219 MB": powers of 1000.
std::string FormatBytes(uint64_t bytes);

// "step 18", "steps 18–49", "from step 18"; empty where the finding has no range.
std::string FormatSteps(const std::optional<int64_t>& first, const std::optional<int64_t>& last);

// Value, unit and interval: "14.2 σ", "3.1 % (2.8 to 3.4)", "60×", "step 18".
std::string FormatEvidence(const diagnosis::Evidence& evidence);

// "93 %"
std::string FormatPercent(double share);

// "generalization_gap" -> "generalization gap"
std::string Words(std::string_view snake_case);

}  // namespace telltale::report
