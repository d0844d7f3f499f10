// Files that fit into memory, and the beginnings of those that need not.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/status/statusor.h"

namespace telltale::io {

// All of a file, decompressed if it is gzip'd; memory follows the bytes that are there.
// ResourceExhausted where it is longer than `most` bytes.
absl::StatusOr<std::string> ReadFile(const std::string& path, uint64_t most);

// Its first `most` bytes, or as many as there are or can be decompressed. Fails where the file
// cannot be opened.
absl::StatusOr<std::string> ReadHead(const std::string& path, size_t most);

}  // namespace telltale::io
