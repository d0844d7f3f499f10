// Writing to descriptors and making it durable: what lib/io's writers share.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/status.h"

namespace telltale::io {

// All of `bytes`, however many calls that takes; a signal in between is no error. `path` is what
// errors name, here and below.
absl::Status WriteAll(int fd, std::string_view bytes, const std::string& path);

// fsync(). A file system that has nothing to sync is no error.
absl::Status SyncFd(int fd, const std::string& path);

// The same of a file or directory by its name, which may be a link. One that may not be read stays
// as it is: what is in it can be synced all the same.
absl::Status SyncPath(const std::string& path);

}  // namespace telltale::io
