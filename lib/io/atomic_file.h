// Files that are there completely or not at all.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace telltale::io {

// Collects writes under a temporary name in the same directory; Commit() makes them durable (fsync
// of file and directory) and renames. Without Commit() the destructor removes the temporary file
// and nothing has happened.
class AtomicFile {
 public:
  // Creates the directories above `path`. Fails if they cannot be made or written.
  static absl::StatusOr<AtomicFile> Create(const std::string& path);

  AtomicFile(AtomicFile&& other) noexcept;
  AtomicFile& operator=(AtomicFile&& other) noexcept;
  AtomicFile(const AtomicFile&) = delete;
  AtomicFile& operator=(const AtomicFile&) = delete;
  ~AtomicFile();

  absl::Status Write(std::string_view bytes);
  absl::Status Commit();

 private:
  AtomicFile(std::string path, std::string temporary, int fd);
  void Discard();

  std::string path_;
  std::string temporary_;
  std::string buffer_;
  int fd_ = -1;
};

// AtomicFile in one call.
absl::Status WriteFileAtomically(const std::string& path, std::string_view bytes);

}  // namespace telltale::io
