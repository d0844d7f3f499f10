// "Did you mean …?"
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace telltale {

// The candidate that `word` is most likely a slip of (fewest insertions, deletions, substitutions
// and swaps of neighbours; the first of equals), or nullopt when none is near. The result views
// `candidates`.
std::optional<std::string_view> Nearest(std::string_view word,
                                        std::span<const std::string_view> candidates);

// "; did you mean 'overfitting'?", or "" when no candidate is near.
std::string DidYouMean(std::string_view word, std::span<const std::string_view> candidates);

}  // namespace telltale
