#include "lib/io/durable.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

#include "lib/base/status_util.h"

namespace telltale::io {

absl::Status WriteAll(int fd, std::string_view bytes, const std::string& path) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(fd, bytes.data(), bytes.size());
    if (written < 0) {
      if (errno == EINTR) continue;
      return ErrnoStatus(errno, path, "cannot write");
    }
    bytes.remove_prefix(static_cast<size_t>(written));
  }
  return absl::OkStatus();
}

absl::Status SyncFd(int fd, const std::string& path) {
  while (::fsync(fd) != 0) {
    if (errno == EINTR) continue;
    if (errno == EINVAL || errno == ENOTSUP) break;
    return ErrnoStatus(errno, path, "cannot make it durable");
  }
  return absl::OkStatus();
}

absl::Status SyncPath(const std::string& path) {
  int fd = -1;
  do {
    // O_NONBLOCK: whatever else has this name by now, opening it does not wait.
    fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  } while (fd < 0 && errno == EINTR);
  if (fd < 0) {
    if (errno == EACCES) return absl::OkStatus();
    return ErrnoStatus(errno, path, "cannot make it durable");
  }
  const absl::Status status = SyncFd(fd, path);
  ::close(fd);
  return status;
}

}  // namespace telltale::io
