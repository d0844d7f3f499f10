// Patterns that users write for names of runs and findings.
#pragma once

#include <string_view>

namespace telltale {

// Whether the shell-like `pattern` covers all of `text`: '*' is any text, '/' included, '?' one
// byte. Linear in practice, never worse than the product of the lengths.
bool GlobMatches(std::string_view pattern, std::string_view text);

}  // namespace telltale
