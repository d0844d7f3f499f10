// What a cell of a table says.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace telltale::formats::table {

// Nothing was logged: empty, or what programs write for that ("NA", "None", "null", "-").
bool IsMissing(std::string_view cell);

// The number, as Python, C and R spell it; NaN and infinities are numbers. nullopt for all else.
std::optional<double> ParseNumber(std::string_view cell);

// A whole number within 64 bits, also spelt "3.0" or "3e4". nullopt for all else.
std::optional<int64_t> ParseStep(std::string_view cell);
std::optional<int64_t> WholeNumber(double value);

// Shortest decimals that read back as the same double; "NaN", "Infinity", "-Infinity".
std::string FormatNumber(double value);

std::string_view Trim(std::string_view text);
std::string Lower(std::string_view text);

}  // namespace telltale::formats::table
