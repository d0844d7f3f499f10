#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <memory>
#include <string>
#include <utility>

#include "lib/base/status_util.h"
#include "lib/base/str.h"
#include "lib/io/byte_source.h"

namespace telltale::io {
namespace {

absl::StatusOr<size_t> ReadAt(int fd, const std::string& path, uint64_t offset, char* out,
                              size_t n) {
  while (true) {
    const ssize_t got = ::pread(fd, out, n, static_cast<off_t>(offset));
    if (got >= 0) return static_cast<size_t>(got);
    if (errno != EINTR) return ErrnoStatus(errno, path, StrCat("cannot read at byte ", offset));
  }
}

class FileSource final : public ByteSource {
 public:
  FileSource(std::string path, int fd, uint64_t offset)
      : path_(std::move(path)), fd_(fd), offset_(offset) {}
  FileSource(const FileSource&) = delete;
  FileSource& operator=(const FileSource&) = delete;
  ~FileSource() override { ::close(fd_); }

  absl::StatusOr<size_t> Read(char* out, size_t n) override {
    TELLTALE_ASSIGN_OR_RETURN(const size_t got, ReadAt(fd_, path_, offset_, out, n));
    offset_ += got;
    return got;
  }

  std::optional<uint64_t> Remaining() override {
    struct stat info;
    if (::fstat(fd_, &info) != 0 || !S_ISREG(info.st_mode)) return std::nullopt;
    const auto size = static_cast<uint64_t>(info.st_size);
    return size > offset_ ? size - offset_ : 0;
  }

  std::string_view name() const override { return path_; }

 private:
  std::string path_;
  int fd_;
  uint64_t offset_;
};

// A TFRecord file that starts with these bytes would claim a first record of 559 KB or more whose
// length checksum then has to fit too; no writer begins with one.
constexpr std::string_view kGzipMagic("\x1f\x8b\x08", 3);

absl::StatusOr<int> OpenRegular(const std::string& path) {
  // O_NONBLOCK so that a FIFO in a log directory cannot hang us; it has no effect on regular files.
  int fd = -1;
  do {
    fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  } while (fd < 0 && errno == EINTR);
  if (fd < 0) return ErrnoStatus(errno, path, "cannot open");
  struct stat info;
  absl::Status why;
  if (::fstat(fd, &info) != 0) {
    why = ErrnoStatus(errno, path, "cannot stat");
  } else if (!S_ISREG(info.st_mode)) {
    why = absl::InvalidArgumentError(path + ": not a regular file");
  } else {
    return fd;
  }
  ::close(fd);
  return why;
}

}  // namespace

absl::StatusOr<std::unique_ptr<ByteSource>> OpenFileAt(const std::string& path, uint64_t offset) {
  TELLTALE_ASSIGN_OR_RETURN(const int fd, OpenRegular(path));
  return std::make_unique<FileSource>(path, fd, offset);
}

absl::StatusOr<std::unique_ptr<ByteSource>> OpenFile(const std::string& path) {
  TELLTALE_ASSIGN_OR_RETURN(const int fd, OpenRegular(path));
  auto source = std::make_unique<FileSource>(path, fd, 0);
  char magic[kGzipMagic.size()];
  size_t size = 0;
  while (size < sizeof magic) {  // some file systems give fewer bytes than there are
    TELLTALE_ASSIGN_OR_RETURN(const size_t got,
                              ReadAt(fd, path, size, magic + size, sizeof magic - size));
    if (got == 0) break;
    size += got;
  }
  if (std::string_view(magic, size) == kGzipMagic) return Gunzip(std::move(source));
  return source;
}

}  // namespace telltale::io
