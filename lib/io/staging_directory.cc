#include "lib/io/staging_directory.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <system_error>
#include <utility>
#include <vector>

#include "lib/base/parallel.h"
#include "lib/base/status_util.h"
#include "lib/base/str.h"
#include "lib/io/durable.h"
#include "lib/io/safe_path.h"
#include "lib/io/temporary_name.h"

namespace telltale::io {
namespace {

namespace fs = std::filesystem;

constexpr int kDirectoriesToTry = 10000;
constexpr size_t kSyncsAtOnce = 32;  // they wait for the disk, not for a core
constexpr size_t kFileBuffer = size_t{256} << 10;

// Makes the new name of `place` durable as well.
absl::Status SyncParent(const std::string& place) {
  const std::string parent = fs::path(place).parent_path().string();
  return SyncPath(parent.empty() ? "." : parent);
}

// All files and directories at and below `root`.
//
// The rename alone makes a directory all or nothing for a process that is killed; what was written
// must be on the disk before it so that a power cut changes nothing about that. Files are synced
// one by one, but many at a time: the file system then writes them out together, so that 10,000
// small ones take less than a second, where one after the other they take half a minute. syncfs()
// would be one call, but waits for whatever all other programs have written to the file system.
absl::Status SyncAll(const std::string& root) {
  std::vector<std::string> files;
  std::vector<std::string> directories = {root};
  std::error_code error;
  for (fs::recursive_directory_iterator entry(root, error), end; !error && entry != end;
       entry.increment(error)) {
    std::error_code ignored;
    (entry->is_directory(ignored) ? directories : files).push_back(entry->path().string());
  }
  if (error) return ErrnoStatus(error.value(), root, "cannot list");
  for (const std::vector<std::string>* paths : {&files, &directories}) {
    std::vector<absl::Status> done(paths->size());
    ParallelFor(paths->size(), kSyncsAtOnce, [&](size_t i) { done[i] = SyncPath((*paths)[i]); });
    for (const absl::Status& status : done) TELLTALE_RETURN_IF_ERROR(status);
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<StagingDirectory> StagingDirectory::Create(const std::string& root) {
  std::error_code error;
  fs::create_directories(root, error);
  if (error) return ErrnoStatus(error.value(), root, "cannot make this directory");
  RemoveLeftovers(root);
  for (int n = 0; n < kDirectoriesToTry; ++n) {
    std::string path = TemporaryName(root, n);
    if (::mkdir(path.c_str(), 0777) == 0) return StagingDirectory(std::move(path));
    if (errno != EEXIST) return ErrnoStatus(errno, root, "cannot make a directory in it");
  }
  return absl::ResourceExhaustedError(
      StrCat(root, ": holds ", kDirectoriesToTry, " temporary names"));
}

StagingDirectory::StagingDirectory(StagingDirectory&& other) noexcept
    : path_(std::exchange(other.path_, {})) {}

StagingDirectory::~StagingDirectory() {
  if (path_.empty()) return;
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

StagedFile::StagedFile(StagedFile&& other) noexcept
    : path_(std::move(other.path_)),
      buffer_(std::move(other.buffer_)),
      failure_(std::move(other.failure_)),
      fd_(std::exchange(other.fd_, -1)) {}

StagedFile::~StagedFile() {
  if (fd_ >= 0) ::close(fd_);
}

absl::Status StagedFile::Write(std::string_view bytes) {
  buffer_.append(bytes);
  return buffer_.size() < kFileBuffer ? failure_ : Flush();
}

absl::Status StagedFile::Flush() {
  if (failure_.ok()) failure_ = WriteAll(fd_, buffer_, path_);
  buffer_.clear();
  return failure_;
}

absl::Status StagedFile::Close() {
  TELLTALE_RETURN_IF_ERROR(Flush());
  if (::close(std::exchange(fd_, -1)) != 0) failure_ = ErrnoStatus(errno, path_, "cannot write");
  return failure_;
}

absl::StatusOr<StagedFile> StagingDirectory::CreateFile(std::string_view relative) const {
  TELLTALE_ASSIGN_OR_RETURN(std::string path, JoinBelow(path_, relative));
  std::error_code error;
  fs::create_directories(fs::path(path).parent_path(), error);
  if (error) return ErrnoStatus(error.value(), path, "cannot make the directory of this file");
  int fd = -1;
  do {
    fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0666);
  } while (fd < 0 && errno == EINTR);
  if (fd < 0) return ErrnoStatus(errno, path, "cannot create");
  return StagedFile(std::move(path), fd);
}

absl::Status StagingDirectory::WriteFile(std::string_view relative, std::string_view bytes) const {
  TELLTALE_ASSIGN_OR_RETURN(StagedFile file, CreateFile(relative));
  TELLTALE_RETURN_IF_ERROR(file.Write(bytes));
  return file.Close();
}

absl::Status StagingDirectory::Commit(const std::string& place) {
  TELLTALE_RETURN_IF_ERROR(SyncAll(path_));
  struct stat info;
  if (::lstat(place.c_str(), &info) != 0) {
    if (::rename(path_.c_str(), place.c_str()) != 0) {
      return ErrnoStatus(errno, place, "cannot put the new directory there");
    }
    path_.clear();
    return SyncParent(place);
  }
  // The old one takes the temporary name, and goes away with it.
  if (::renameat2(AT_FDCWD, path_.c_str(), AT_FDCWD, place.c_str(), RENAME_EXCHANGE) != 0) {
    return ErrnoStatus(errno, place, "cannot replace this directory");
  }
  return SyncParent(place);
}

}  // namespace telltale::io
