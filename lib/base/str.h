// Abseil as Debian builds it has a string_view of its own, which does not take std::string_view.
// These bridge the two.
#pragma once

#include <string>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace telltale {

inline absl::string_view ToAbsl(std::string_view s) { return {s.data(), s.size()}; }
inline std::string_view ToStd(absl::string_view s) { return {s.data(), s.size()}; }

namespace internal {
template <typename T>
const T& StrPiece(const T& piece) {
  return piece;
}
inline absl::string_view StrPiece(std::string_view piece) { return ToAbsl(piece); }
}  // namespace internal

// absl::StrCat and absl::StrAppend, std::string_view included.
template <typename... Pieces>
std::string StrCat(const Pieces&... pieces) {
  return absl::StrCat(internal::StrPiece(pieces)...);
}

template <typename... Pieces>
void StrAppend(std::string* out, const Pieces&... pieces) {
  absl::StrAppend(out, internal::StrPiece(pieces)...);
}

}  // namespace telltale
