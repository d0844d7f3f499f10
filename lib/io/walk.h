// Finding files below a directory.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace telltale::io {

struct FoundFile {
  std::string path;       // `root` as given, then '/' and the relative path
  std::string directory;  // relative to root, '/'-separated; "." for root itself
  std::string name;       // last component
  uint64_t bytes = 0;
};

struct FoundDirectory {
  std::string path;
  std::string directory;  // relative to root; "." for root itself
  uint64_t device = 0;
  uint64_t inode = 0;
};

struct WalkOptions {
  // Directories deeper than this are not entered; symbolic links are followed, and a directory is
  // entered only once (by device and inode), so that a cycle ends.
  size_t max_depth = 64;
  // Called for each directory that cannot be read; the walk goes on.
  std::function<void(const std::string& path, const absl::Status& why)> on_error = {};
  // Called for each directory before it is listed, so that who watches it misses nothing; false
  // passes over it and all below.
  std::function<bool(const FoundDirectory& directory)> enter = {};
};

// Regular files below `root` (or `root` itself, if it is a file) for which `keep` is true of the
// last component, sorted by directory, then name, bytewise. Fails only when `root` cannot be read.
absl::StatusOr<std::vector<FoundFile>> Walk(const std::string& root,
                                            const std::function<bool(const std::string&)>& keep,
                                            const WalkOptions& options = {});

// Paths, relative to `root`, of the regular files below it: those of one depth sorted, the nearest
// first, at most `most` of them and none deeper than `max_depth` directories. For a look at what is
// there: what cannot be read is left out.
std::vector<std::string> ListNearest(const std::string& root, size_t most, size_t max_depth);

}  // namespace telltale::io
