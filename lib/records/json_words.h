// JSON as Python writes it, which is no JSON where a number is not finite.
#pragma once

#include <string>
#include <string_view>

namespace telltale::records {

// `text` with the bare words NaN, Infinity and -Infinity in quotes, as which any parser takes them.
std::string QuoteJsonWords(std::string_view text);

}  // namespace telltale::records
