// The directories and event files below a log directory, followed while they come, grow and go.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "lib/base/problem.h"
#include "lib/formats/format.h"
#include "lib/io/dir_watcher.h"
#include "lib/io/walk.h"
#include "lib/watch/live_directory.h"

namespace telltale::watch {

struct TreeOptions {
  formats::ReadOptions read = {};
  // Seconds between two listings of all directories, where changes have to be looked for; more
  // where a listing takes long.
  double list_every = 2;
  // Else they are read again whenever they are lent: what is followed for days takes no memory that
  // grows with it.
  bool hold_points = true;
  std::function<void(Problem)> on_problem = {};  // of files
  std::function<void(std::string)> warn = {};    // of the following itself
};

// A directory that is watched.
struct TreeDirectory {
  std::pair<uint64_t, uint64_t> identity = {};  // device, inode
  std::unique_ptr<LiveDirectory> live = {};     // nullptr: no event files
  double grew_at = 0;                           // when points were last read, as in Look()
  bool urgent = false;                          // DirectoryGrowth::urgent, until somebody clears it
  bool hot = false;                             // it grows, so that it is looked at every time
  int calm_looks = 0;                           // without anything new, one after the other
};

class LogTree {
 public:
  using Directories = std::map<std::string, TreeDirectory>;  // by path

  // `path` is a directory or an event file. Nothing is read yet.
  LogTree(std::string path, TreeOptions options, std::unique_ptr<io::DirWatcher> watcher);
  LogTree(const LogTree&) = delete;
  LogTree& operator=(const LogTree&) = delete;

  // Reads all that is new. `now` is in seconds and never goes back. True where there was something.
  // Fails where there is nothing to be listed, the first time only.
  absl::StatusOr<bool> Look(double now);
  // The same for all files, whether they seem to grow or not.
  bool LookAtAll(double now);

  // Whether other runs or series are there than at the last call.
  bool TakeReshaped() { return std::exchange(reshaped_, false); }

  // Directories in which something was read since the last call; some may be gone again.
  std::vector<std::string> TakeTouched() { return std::exchange(touched_, {}); }

  const std::string& path() const { return path_; }
  const Directories& directories() const { return directories_; }
  TreeDirectory* Find(const std::string& path);
  const TreeDirectory* Find(const std::string& path) const;
  uint64_t points() const { return points_; }
  // Look() has to be called again and again, because something grows or nobody tells of it.
  bool hot() const {
    return !hot_.empty() || !pending_.empty() || directories_.empty() || watcher_->fd() < 0;
  }
  int fd() const { return watcher_->fd(); }  // of DirWatcher

 private:
  struct Work {
    std::string path;
    TreeDirectory* directory;
    DirectoryGrowth growth;
  };

  absl::Status ListPending(double now);
  absl::Status List(const std::string& directory);
  absl::Status ListOnlyFile();
  bool Enter(const std::string& path, std::pair<uint64_t, uint64_t> identity);
  void FallBack(const absl::Status& why);
  void Forget(Directories::iterator directory);
  void ForgetIdentity(const Directories::value_type& directory);
  void Take(const std::vector<io::FoundFile>& found, const std::string& below);
  void TakeFiles(const std::string& path, TreeDirectory& directory,
                 const std::vector<const io::FoundFile*>& files);
  void Heat(const std::string& path);
  bool ReadHot(double now, formats::tensorboard::TailReading reading);
  void Note(Work& work, double now);
  std::string NameOf(const std::string& path) const;

  const std::string path_;
  std::string root_;       // directory
  std::string only_file_;  // name of the one file that is followed; empty: all
  TreeOptions options_;
  std::unique_ptr<io::DirWatcher> watcher_;
  Directories directories_;
  // The same. Thousands are looked up every second, and their paths begin alike: comparing them is
  // what a search in order would do most.
  absl::flat_hash_map<std::string_view, TreeDirectory*> by_path_;
  absl::flat_hash_map<std::pair<uint64_t, uint64_t>, std::string> identities_;
  std::vector<std::string> hot_;  // paths
  std::vector<std::string> touched_;
  std::set<std::string> pending_;  // directories to be listed
  double next_listing_ = 0;
  bool listed_ = false;
  bool reshaped_ = false;
  uint64_t points_ = 0;
};

}  // namespace telltale::watch
