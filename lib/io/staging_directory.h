// Directories that are there completely or not at all.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace telltale::io {

// A file of a staging directory while it is written.
class StagedFile {
 public:
  StagedFile(StagedFile&& other) noexcept;
  StagedFile& operator=(StagedFile&&) = delete;
  ~StagedFile();

  // Collects small writes. Once one has failed, so do all later calls.
  absl::Status Write(std::string_view bytes);
  // Hands what was written to the operating system; StagingDirectory::Commit makes it durable.
  absl::Status Close();

 private:
  friend class StagingDirectory;
  StagedFile(std::string path, int fd) : path_(std::move(path)), fd_(fd) {}
  absl::Status Flush();

  std::string path_;
  std::string buffer_;
  absl::Status failure_ = {};
  int fd_ = -1;
};

// A directory that is filled under a temporary name (temporary_name.h) and then takes its
// place in one step. Without Commit(), or when it fails, it goes away and nothing has happened.
// Errors name the path.
class StagingDirectory {
 public:
  // Below `root`, which is made where it is missing and must be on the file system of the place
  // meant. What processes that were killed left there goes away.
  static absl::StatusOr<StagingDirectory> Create(const std::string& root);

  StagingDirectory(StagingDirectory&& other) noexcept;
  StagingDirectory& operator=(StagingDirectory&&) = delete;
  ~StagingDirectory();

  const std::string& path() const { return path_; }

  // Begins the file `relative`, '/'-separated, whose directories are made; InvalidArgument where it
  // would lie outside, AlreadyExists where it is there.
  absl::StatusOr<StagedFile> CreateFile(std::string_view relative) const;

  // The same for a file of which all bytes are there.
  absl::Status WriteFile(std::string_view relative, std::string_view bytes) const;

  // Makes all of it durable and renames it to `place`. A directory that stands there is replaced in
  // the same step.
  absl::Status Commit(const std::string& place);

 private:
  explicit StagingDirectory(std::string path) : path_(std::move(path)) {}
  std::string path_;  // empty once it is nothing any more
};

}  // namespace telltale::io
