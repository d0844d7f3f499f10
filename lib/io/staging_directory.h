// Directories that are there completely or not at all.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace telltale::io {

// A directory that is filled under a temporary name, ".telltale-<pid>-<n>.tmp", and then takes its
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

  // Writes the file `relative`, '/'-separated, whose directories are made; InvalidArgument where it
  // would lie outside.
  absl::Status WriteFile(std::string_view relative, std::string_view bytes) const;

  // Makes all of it durable and renames it to `place`. A directory that stands there is replaced in
  // the same step.
  absl::Status Commit(const std::string& place);

 private:
  explicit StagingDirectory(std::string path) : path_(std::move(path)) {}
  std::string path_;  // empty once it is nothing any more
};

}  // namespace telltale::io
