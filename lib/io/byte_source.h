// Bytes in order, from a file, memory or a decompressor. Position moves forward only.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace telltale::io {

class ByteSource {
 public:
  virtual ~ByteSource() = default;

  // Reads up to `n` bytes to `out` and returns how many; 0 means the present end, and a later call
  // may give more when the file has grown. Fewer than `n` does not mean the end. Errors name the
  // path.
  virtual absl::StatusOr<size_t> Read(char* out, size_t n) = 0;

  // How many more bytes the source is known to hold at present; nullopt when it cannot be told (a
  // decompressor). A reader bounds what it allocates by this.
  virtual std::optional<uint64_t> Remaining() = 0;

  virtual std::string_view name() const = 0;
};

// Reads `path` with pread (never mmap: a file that is cut short while mapped is a SIGBUS). A file
// that starts with the gzip magic is decompressed on the way; offsets are then those of the
// decompressed bytes.
absl::StatusOr<std::unique_ptr<ByteSource>> OpenFile(const std::string& path);

// The bytes of `path` from `offset` on, as they are: nothing is decompressed.
absl::StatusOr<std::unique_ptr<ByteSource>> OpenFileAt(const std::string& path, uint64_t offset);

// `bytes` must outlive the source.
std::unique_ptr<ByteSource> FromMemory(std::string_view bytes, std::string_view name = "memory");

// Decompresses gzip (also several members in a row) from `compressed`.
std::unique_ptr<ByteSource> Gunzip(std::unique_ptr<ByteSource> compressed);

}  // namespace telltale::io
