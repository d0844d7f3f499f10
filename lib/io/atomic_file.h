// Files that are there completely or not at all.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace telltale::io {

// Whether files that killed writers left in the directory go first (temporary_name.h). That lists
// the directory: who writes many files into one removes them once, and lets them stay for each
// file.
enum class Leftovers { kRemove, kStay };

// Collects writes under a temporary name in the same directory, which no reader takes for a log;
// Commit() makes them durable (fsync of file and directory) and renames. Without Commit(), or when
// it fails, the temporary file and the directories made for it go away and nothing has happened. A
// symbolic link at `path` is replaced, not followed. A process that is killed leaves
// its temporary file behind until the next file is written there. Errors name the path.
class AtomicFile {
 public:
  // Creates the directories above `path`. Fails if they cannot be made or written.
  static absl::StatusOr<AtomicFile> Create(const std::string& path,
                                           Leftovers leftovers = Leftovers::kRemove);

  AtomicFile(AtomicFile&& other) noexcept;
  AtomicFile& operator=(AtomicFile&& other) noexcept;
  AtomicFile(const AtomicFile&) = delete;
  AtomicFile& operator=(const AtomicFile&) = delete;
  ~AtomicFile();

  // Once a write has failed (no space, I/O error), so do all later calls.
  absl::Status Write(std::string_view bytes);
  // Ends the file, well or not. An error after the rename says that the file is there but may not
  // survive a power cut.
  absl::Status Commit();

  // Hands all that was written so far to the operating system: temporary() can be read then.
  absl::Status Flush();

  // Where the bytes are until then: for a library that writes files by itself, such as SQLite. It
  // must have closed the file before Commit().
  const std::string& temporary() const { return temporary_; }

 private:
  AtomicFile(std::string path, std::string temporary, int fd, std::vector<std::string> made);
  void Discard();

  std::string path_;
  std::string temporary_;
  std::vector<std::string> made_;  // directories, outermost first
  std::string buffer_;
  absl::Status failure_ = {};
  int fd_ = -1;
};

// AtomicFile in one call.
absl::Status WriteFileAtomically(const std::string& path, std::string_view bytes,
                                 Leftovers leftovers = Leftovers::kRemove);

}  // namespace telltale::io
