#include "lib/io/walk.h"

#include <dirent.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <tuple>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "lib/base/status_util.h"
#include "lib/base/str.h"

namespace telltale::io {
namespace {

struct CloseDir {
  void operator()(DIR* dir) const { ::closedir(dir); }
};

std::string Join(const std::string& directory, std::string_view name) {
  if (directory.empty() || directory.back() == '/') return StrCat(directory, name);
  return StrCat(directory, "/", name);
}

class Walker {
 public:
  Walker(const std::function<bool(const std::string&)>& keep, const WalkOptions& options)
      : keep_(keep), options_(options) {}

  // A stack of our own: a deep tree must not overflow the thread's.
  absl::Status Run(const std::string& root, const struct stat& root_info) {
    seen_.insert({root_info.st_dev, root_info.st_ino});
    std::vector<Pending> pending;
    if (MayEnter(root, ".", root_info)) pending.push_back({root, ".", 0});
    while (!pending.empty()) {
      const Pending next = std::move(pending.back());
      pending.pop_back();
      absl::Status status = List(next, pending);
      if (status.ok()) continue;
      if (next.depth == 0) return status;
      if (options_.on_error) options_.on_error(next.path, status);
    }
    return absl::OkStatus();
  }

  std::vector<FoundFile> Take() {
    std::sort(found_.begin(), found_.end(), [](const FoundFile& a, const FoundFile& b) {
      return std::tie(a.directory, a.name) < std::tie(b.directory, b.name);
    });
    return std::move(found_);
  }

 private:
  struct Pending {
    std::string path;
    std::string directory;
    size_t depth;
  };

  bool MayEnter(const std::string& path, const std::string& directory, const struct stat& info) {
    return !options_.enter || options_.enter({.path = path,
                                              .directory = directory,
                                              .device = static_cast<uint64_t>(info.st_dev),
                                              .inode = static_cast<uint64_t>(info.st_ino)});
  }

  absl::Status List(const Pending& here, std::vector<Pending>& pending) {
    const std::unique_ptr<DIR, CloseDir> dir(::opendir(here.path.c_str()));
    if (dir == nullptr) return ErrnoStatus(errno, here.path, "cannot list");
    while (true) {
      errno = 0;
      const dirent* entry = ::readdir(dir.get());
      if (entry == nullptr) {
        return errno == 0 ? absl::OkStatus() : ErrnoStatus(errno, here.path, "cannot list");
      }
      const std::string name = entry->d_name;
      if (name != "." && name != "..") Visit(here, name, entry->d_type, pending);
    }
  }

  void Visit(const Pending& here, const std::string& name, unsigned char type,
             std::vector<Pending>& pending) {
    // d_type spares a stat for each of the many files that are not ours.
    if (type == DT_REG && !keep_(name)) return;
    const std::string path = Join(here.path, name);
    struct stat info;
    if (::stat(path.c_str(), &info) != 0) {
      // A dangling link, or a file that was removed meanwhile: nothing is lost.
      if (errno != ENOENT && errno != ELOOP && options_.on_error) {
        options_.on_error(path, ErrnoStatus(errno, path, "cannot stat"));
      }
      return;
    }
    if (S_ISDIR(info.st_mode)) {
      if (here.depth + 1 > options_.max_depth || !seen_.insert({info.st_dev, info.st_ino}).second)
        return;
      std::string directory = here.directory == "." ? name : Join(here.directory, name);
      if (!MayEnter(path, directory, info)) return;
      pending.push_back({path, std::move(directory), here.depth + 1});
    } else if (S_ISREG(info.st_mode) && keep_(name)) {
      found_.push_back({path, here.directory, name, static_cast<uint64_t>(info.st_size)});
    }
  }

  const std::function<bool(const std::string&)>& keep_;
  const WalkOptions& options_;
  absl::flat_hash_set<std::pair<dev_t, ino_t>> seen_;
  std::vector<FoundFile> found_;
};

}  // namespace

absl::StatusOr<std::vector<FoundFile>> Walk(const std::string& root,
                                            const std::function<bool(const std::string&)>& keep,
                                            const WalkOptions& options) {
  struct stat info;
  if (::stat(root.c_str(), &info) != 0) return ErrnoStatus(errno, root, "cannot open");
  if (S_ISREG(info.st_mode)) {
    const std::string name = root.substr(root.rfind('/') + 1);
    std::vector<FoundFile> found;
    if (keep(name)) found.push_back({root, ".", name, static_cast<uint64_t>(info.st_size)});
    return found;
  }
  if (!S_ISDIR(info.st_mode))
    return absl::InvalidArgumentError(StrCat(root, ": not a file or directory"));
  Walker walker(keep, options);
  TELLTALE_RETURN_IF_ERROR(walker.Run(root, info));
  return walker.Take();
}

}  // namespace telltale::io
