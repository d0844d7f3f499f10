// Names that any tracker takes.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace telltale::formats {

// `text` in UTF-8 and without zero bytes.
std::string FitText(std::string_view text);

// The same as a name of at most `most_bytes`, never empty.
std::string FitName(std::string_view name, size_t most_bytes);

}  // namespace telltale::formats
