// What Python's json module writes and JSON does not have.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace telltale::records {

// `text`, JSON but for the bare words NaN, Infinity and -Infinity, with these as strings.
std::string QuoteJsonWords(std::string_view text);

// The same; nullopt where objects and arrays stand in one another more than `most_levels` deep.
std::optional<std::string> QuoteJsonWords(std::string_view text, size_t most_levels);

}  // namespace telltale::records
