// What Python's json module writes and JSON does not have.
#pragma once

#include <string>
#include <string_view>

namespace telltale::records {

// `text`, JSON but for the bare words NaN, Infinity and -Infinity, with these as strings.
std::string QuoteJsonWords(std::string_view text);

}  // namespace telltale::records
