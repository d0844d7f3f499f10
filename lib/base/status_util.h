// Errors that stop an operation. The message names path, offset where there is one, and cause.
#pragma once

#include <cstdint>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

#define TELLTALE_RETURN_IF_ERROR(expr)                                \
  do {                                                                \
    if (absl::Status status_ = (expr); !status_.ok()) return status_; \
  } while (false)

#define TELLTALE_CONCAT_INNER_(a, b) a##b
#define TELLTALE_CONCAT_(a, b) TELLTALE_CONCAT_INNER_(a, b)

// NOLINTBEGIN(bugprone-macro-parentheses): `lhs` and `var` are declared here, and declarators take
// no parentheses.

// TELLTALE_ASSIGN_OR_RETURN(auto x, F()): x is F's value, or the enclosing function returns F's
// status.
#define TELLTALE_ASSIGN_OR_RETURN(lhs, expr) \
  TELLTALE_ASSIGN_OR_RETURN_IMPL_(TELLTALE_CONCAT_(statusor_, __LINE__), lhs, expr)
#define TELLTALE_ASSIGN_OR_RETURN_IMPL_(var, lhs, expr) \
  auto var = (expr);                                    \
  if (!var.ok()) return var.status();                   \
  lhs = std::move(*var)

// NOLINTEND(bugprone-macro-parentheses)

namespace telltale {

// "path: doing: strerror(error_number)", with the status code that fits the errno.
absl::Status ErrnoStatus(int error_number, std::string_view path, std::string_view doing);

// "path: at byte offset: cause".
absl::Status DataError(std::string_view path, uint64_t offset, std::string_view cause);

}  // namespace telltale
