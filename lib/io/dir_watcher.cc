#include "lib/io/dir_watcher.h"

#ifdef __linux__
#include <sys/inotify.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <iterator>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "lib/base/status_util.h"
#include "lib/base/str.h"
#endif

namespace telltale::io {
namespace {

class PollingWatcher final : public DirWatcher {
 public:
  absl::Status Add(const std::string&) override { return absl::OkStatus(); }
  void Remove(const std::string&) override {}
  void MuteWrites(const std::string&) override {}
  void TellWrites(const std::string&) override {}
  absl::StatusOr<DirChanges> Take() override { return DirChanges{.anything = true}; }
  int fd() const override { return -1; }
};

#ifdef __linux__

// IN_ATTRIB: a file that could not be read may have become readable.
constexpr uint32_t kEntries = IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_DELETE_SELF |
                              IN_MOVE_SELF | IN_ATTRIB | IN_ONLYDIR;
constexpr uint32_t kWrites = IN_MODIFY;

class InotifyWatcher final : public DirWatcher {
 public:
  explicit InotifyWatcher(int fd) : fd_(fd) {}
  InotifyWatcher(const InotifyWatcher&) = delete;
  InotifyWatcher& operator=(const InotifyWatcher&) = delete;
  ~InotifyWatcher() override { ::close(fd_); }

  absl::Status Add(const std::string& path) override {
    const int watch = ::inotify_add_watch(fd_, path.c_str(), kEntries | kWrites);
    if (watch < 0 && errno == ENOSPC) {
      return absl::ResourceExhaustedError(
          StrCat(path, ": no more directories can be watched (fs.inotify.max_user_watches)"));
    }
    if (watch < 0) return ErrnoStatus(errno, path, "cannot watch");
    // A directory that was renamed keeps its watch, under its new name.
    paths_[watch] = path;
    watches_[path] = watch;
    return absl::OkStatus();
  }

  void Remove(const std::string& path) override {
    const auto found = watches_.find(path);
    if (found == watches_.end()) return;
    const auto owner = paths_.find(found->second);
    if (owner != paths_.end() && owner->second == path) {
      ::inotify_rm_watch(fd_, found->second);
      paths_.erase(owner);
    }
    watches_.erase(found);
  }

  void MuteWrites(const std::string& path) override { SetMask(path, kEntries); }
  void TellWrites(const std::string& path) override { SetMask(path, kEntries | kWrites); }

  absl::StatusOr<DirChanges> Take() override {
    DirChanges changes;
    absl::flat_hash_set<int> entries;
    absl::flat_hash_set<int> files;
    absl::flat_hash_map<int, std::string> gone;  // watches that ended meanwhile
    alignas(inotify_event) char buffer[64 << 10];
    while (true) {
      const ssize_t got = ::read(fd_, buffer, sizeof buffer);
      if (got < 0 && errno == EINTR) continue;
      if (got < 0 && errno != EAGAIN) return ErrnoStatus(errno, "inotify", "cannot read");
      if (got <= 0) break;
      for (ssize_t at = 0; at < got;) {
        inotify_event event;
        std::memcpy(&event, buffer + at, sizeof event);
        at += static_cast<ssize_t>(sizeof event + event.len);
        if ((event.mask & IN_Q_OVERFLOW) != 0) {
          changes.anything = true;
        } else if ((event.mask & IN_IGNORED) != 0) {
          Forget(event.wd, gone);
        } else {
          ((event.mask & ~kWrites) == 0 ? files : entries).insert(event.wd);
        }
      }
    }
    Name(entries, gone, changes.entries);
    Name(files, gone, changes.files);
    return changes;
  }

  int fd() const override { return fd_; }

 private:
  // An existing watch takes the new mask.
  void SetMask(const std::string& path, uint32_t mask) const {
    if (watches_.contains(path)) ::inotify_add_watch(fd_, path.c_str(), mask);
  }

  void Forget(int watch, absl::flat_hash_map<int, std::string>& gone) {
    const auto found = paths_.find(watch);
    if (found == paths_.end()) return;
    const auto known = watches_.find(found->second);
    if (known != watches_.end() && known->second == watch) watches_.erase(known);
    gone[watch] = std::move(found->second);
    paths_.erase(found);
  }

  void Name(const absl::flat_hash_set<int>& watches,
            const absl::flat_hash_map<int, std::string>& gone,
            std::vector<std::string>& paths) const {
    for (const int watch : watches) {
      if (const auto found = paths_.find(watch); found != paths_.end()) {
        paths.push_back(found->second);
      } else if (const auto was = gone.find(watch); was != gone.end()) {
        paths.push_back(was->second);
      }
    }
    std::sort(paths.begin(), paths.end());
    paths.erase(std::unique(paths.begin(), paths.end()), paths.end());
  }

  const int fd_;
  absl::flat_hash_map<int, std::string> paths_;
  absl::flat_hash_map<std::string, int> watches_;
};

#endif

}  // namespace

std::unique_ptr<DirWatcher> MakePollingWatcher() { return std::make_unique<PollingWatcher>(); }

#ifdef __linux__

absl::StatusOr<std::unique_ptr<DirWatcher>> MakeInotifyWatcher() {
  const int fd = ::inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
  if (fd < 0 && (errno == EMFILE || errno == ENFILE)) {
    return absl::ResourceExhaustedError(
        "inotify: no more instances for this user (fs.inotify.max_user_instances)");
  }
  if (fd < 0) return ErrnoStatus(errno, "inotify", "cannot start");
  return std::make_unique<InotifyWatcher>(fd);
}

bool IsRemote(const std::string& path) {
  struct statfs info;
  if (::statfs(path.c_str(), &info) != 0) return false;
  // statfs(2) and linux/magic.h: NFS, SMB, CIFS, SMB2, FUSE, 9p, Ceph, AFS, Coda, Lustre, GPFS,
  // GFS2, OCFS2.
  constexpr uint32_t kRemote[] = {0x6969,     0x517b,     0xff534d42, 0xfe534d42, 0x65735546,
                                  0x01021997, 0x00c36400, 0x5346414f, 0x73757245, 0x0bd00bd0,
                                  0x47504653, 0x01161970, 0x7461636f};
  return std::find(std::begin(kRemote), std::end(kRemote), static_cast<uint32_t>(info.f_type)) !=
         std::end(kRemote);
}

#else

absl::StatusOr<std::unique_ptr<DirWatcher>> MakeInotifyWatcher() {
  return absl::FailedPreconditionError("this system has no inotify");
}

bool IsRemote(const std::string&) { return false; }

#endif

}  // namespace telltale::io
