#include "lib/io/atomic_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <utility>

#include "lib/base/status_util.h"
#include "lib/base/str.h"
#include "lib/io/durable.h"
#include "lib/io/temporary_name.h"

namespace telltale::io {
namespace {

constexpr size_t kBufferBytes = size_t{256} << 10;
constexpr int kNamesToTry = 10000;

std::string DirectoryOf(const std::string& path) {
  const size_t slash = path.rfind('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

bool IsDirectory(const std::string& path) {
  struct stat info;
  return ::stat(path.c_str(), &info) == 0 && S_ISDIR(info.st_mode);
}

// Makes `directory` and what is missing above it, and appends each one made to `made`, outermost
// first.
absl::Status MakeDirectories(const std::string& directory, std::vector<std::string>& made) {
  for (size_t at = 0; at != std::string::npos;) {
    at = directory.find('/', at + 1);
    const std::string part = directory.substr(0, at);
    if (part.empty() || IsDirectory(part)) continue;
    if (::mkdir(part.c_str(), 0777) == 0) {
      made.push_back(part);
    } else if (const int error = errno; error != EEXIST || !IsDirectory(part)) {
      return ErrnoStatus(error, part, "cannot make this directory");
    }
  }
  return absl::OkStatus();
}

// Innermost first, and only while empty: somebody else may have begun to use one.
void RemoveDirectories(const std::vector<std::string>& made) {
  for (auto it = made.rbegin(); it != made.rend(); ++it) {
    if (::rmdir(it->c_str()) != 0) return;
  }
}

}  // namespace

absl::StatusOr<AtomicFile> AtomicFile::Create(const std::string& path, Leftovers leftovers) {
  if (path.empty() || path.ends_with('/') || path.find('\0') != std::string::npos) {
    return absl::InvalidArgumentError(StrCat("\"", path, "\" does not name a file"));
  }
  const std::string directory = DirectoryOf(path);
  std::vector<std::string> made;
  if (absl::Status status = MakeDirectories(directory, made); !status.ok()) {
    RemoveDirectories(made);
    return status;
  }
  if (leftovers == Leftovers::kRemove) RemoveLeftovers(directory);
  for (int n = 0; n < kNamesToTry; ++n) {
    std::string temporary = TemporaryName(directory, n);
    const int fd =
        ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0666);
    if (fd >= 0) return AtomicFile(path, std::move(temporary), fd, std::move(made));
    if (errno == EEXIST || errno == EINTR) continue;
    const int error = errno;
    RemoveDirectories(made);
    return ErrnoStatus(error, path, "cannot create");
  }
  return absl::ResourceExhaustedError(
      StrCat(path, ": cannot create: ", kNamesToTry, " temporary files stand in ", directory));
}

AtomicFile::AtomicFile(std::string path, std::string temporary, int fd,
                       std::vector<std::string> made)
    : path_(std::move(path)), temporary_(std::move(temporary)), made_(std::move(made)), fd_(fd) {}

AtomicFile::AtomicFile(AtomicFile&& other) noexcept { *this = std::move(other); }

AtomicFile& AtomicFile::operator=(AtomicFile&& other) noexcept {
  if (this == &other) return *this;
  Discard();
  path_ = std::move(other.path_);
  temporary_ = std::move(other.temporary_);
  made_ = std::exchange(other.made_, {});
  buffer_ = std::move(other.buffer_);
  failure_ = std::exchange(other.failure_, absl::OkStatus());
  fd_ = std::exchange(other.fd_, -1);
  return *this;
}

AtomicFile::~AtomicFile() { Discard(); }

void AtomicFile::Discard() {
  if (fd_ < 0) return;
  ::close(fd_);
  fd_ = -1;
  ::unlink(temporary_.c_str());
  RemoveDirectories(made_);
}

absl::Status AtomicFile::Flush() {
  if (failure_.ok()) failure_ = WriteAll(fd_, buffer_, path_);
  buffer_.clear();
  return failure_;
}

absl::Status AtomicFile::Write(std::string_view bytes) {
  if (fd_ < 0) return absl::FailedPreconditionError(StrCat(path_, ": written after Commit"));
  if (!failure_.ok()) return failure_;
  if (buffer_.size() + bytes.size() >= kBufferBytes) {
    TELLTALE_RETURN_IF_ERROR(Flush());
    if (bytes.size() >= kBufferBytes) return failure_ = WriteAll(fd_, bytes, path_);
  }
  buffer_ += bytes;
  return absl::OkStatus();
}

absl::Status AtomicFile::Commit() {
  if (fd_ < 0) return absl::FailedPreconditionError(StrCat(path_, ": committed twice"));
  absl::Status status = Flush();
  if (status.ok()) status = SyncFd(fd_, path_);
  if (status.ok() && ::rename(temporary_.c_str(), path_.c_str()) != 0) {
    status = ErrnoStatus(errno, path_, "cannot put the new file in place");
  }
  if (!status.ok()) {
    Discard();
    return status;
  }
  // The bytes are durable; Linux closes the descriptor whatever close() says.
  ::close(fd_);
  fd_ = -1;
  TELLTALE_RETURN_IF_ERROR(SyncPath(DirectoryOf(path_)));
  for (const std::string& directory : made_) {
    TELLTALE_RETURN_IF_ERROR(SyncPath(DirectoryOf(directory)));
  }
  return absl::OkStatus();
}

absl::Status WriteFileAtomically(const std::string& path, std::string_view bytes,
                                 Leftovers leftovers) {
  TELLTALE_ASSIGN_OR_RETURN(AtomicFile file, AtomicFile::Create(path, leftovers));
  TELLTALE_RETURN_IF_ERROR(file.Write(bytes));
  return file.Commit();
}

}  // namespace telltale::io
