// Tells when something happens in directories: by inotify, or by saying that anything may have
// happened where that cannot be used.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace telltale::io {

// Directories are called what they were called in Add(); each is named at most once.
struct DirChanges {
  std::vector<std::string> entries = {};  // something was made, removed or renamed there
  std::vector<std::string> files = {};    // a file there was written to
  bool anything = false;                  // it cannot be told what: look at everything again
};

class DirWatcher {
 public:
  virtual ~DirWatcher() = default;

  // Watches `path`, a directory, but nothing below it. ResourceExhausted where the system's limit
  // is reached.
  virtual absl::Status Add(const std::string& path) = 0;
  virtual void Remove(const std::string& path) = 0;

  // Files of `path` that are written to are told of no longer, or are again. That spares an event
  // for each write to files that are looked at anyway.
  virtual void MuteWrites(const std::string& path) = 0;
  virtual void TellWrites(const std::string& path) = 0;

  // What happened since the last call. Does not wait.
  virtual absl::StatusOr<DirChanges> Take() = 0;

  // Readable when Take() has something to tell; -1 where that cannot be told.
  virtual int fd() const = 0;
};

// FailedPrecondition or ResourceExhausted where there is no inotify, or no more of it for this
// user.
absl::StatusOr<std::unique_ptr<DirWatcher>> MakeInotifyWatcher();

// Says `anything` at every call.
std::unique_ptr<DirWatcher> MakePollingWatcher();

// Whether changes that other machines make below `path` go unnoticed by inotify: it stands on a
// network or user-space file system.
bool IsRemote(const std::string& path);

}  // namespace telltale::io
