// Between std::string_view, which our interfaces use, and Abseil's. Debian and Ubuntu build Abseil with a string_view type of
// its own that std::string_view does not convert to, so absl::StrCat(view) and absl::StrSplit(view, ...) do not compile there.
// Where Abseil uses the standard type these functions change nothing. absl::StrFormat takes both types as it is.
#pragma once

#include <string>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace telltale {

// Valid as long as what `text` views.
constexpr absl::string_view ToAbsl(std::string_view text) { return {text.data(), text.size()}; }
constexpr std::string_view FromAbsl(absl::string_view text) { return {text.data(), text.size()}; }

namespace internal {
template <typename T>
const T& Piece(const T& part) {
  return part;
}
inline absl::string_view Piece(const std::string_view& part) { return ToAbsl(part); }
}  // namespace internal

// absl::StrCat and absl::StrAppend for parts that may be std::string_view as well.
template <typename... Parts>
std::string Concat(const Parts&... parts) {
  return absl::StrCat(internal::Piece(parts)...);
}
template <typename... Parts>
void AppendTo(std::string* out, const Parts&... parts) {
  absl::StrAppend(out, internal::Piece(parts)...);
}

}  // namespace telltale
