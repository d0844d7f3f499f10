// Follows a TensorBoard log directory: which directories and event files there are, and what is
// appended to them. Reads only what is new, and holds the points of all runs.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "lib/base/problem.h"
#include "lib/formats/format.h"
#include "lib/io/dir_watcher.h"
#include "lib/io/walk.h"
#include "lib/model/experiment.h"
#include "lib/model/training_run.h"
#include "lib/watch/live_directory.h"

namespace telltale::watch {

struct FollowOptions {
  formats::ReadOptions read = {};
  model::GroupingOptions grouping = {};
  // Seconds between two listings of all directories, where changes have to be looked for; more
  // where a listing takes long.
  double list_every = 2;
  std::function<void(Problem)> on_problem = {};  // of files
  std::function<void(std::string)> warn = {};    // of the following itself
};

// What is known of a training run without looking at its points.
struct Activity {
  uint64_t points = 0;  // of all its series; of all sessions, where a directory holds several
  bool urgent = false;  // DirectoryGrowth::urgent since the last Judged()
  double grew_at = 0;   // when points were last read, in the seconds of Look()
  double gap = 0;       // seconds between two points of its longest series, on average
  double last_wall_time = 0;
};

class LogFollower {
 public:
  // `path` is a directory or an event file. Nothing is read yet.
  LogFollower(std::string path, FollowOptions options, std::unique_ptr<io::DirWatcher> watcher);
  LogFollower(const LogFollower&) = delete;
  LogFollower& operator=(const LogFollower&) = delete;

  // Reads all that is new. `now` is in seconds and never goes back. True where there was something.
  absl::StatusOr<bool> Look(double now);
  // The same for files that were not due, for a last look: compressed ones.
  absl::StatusOr<bool> LookAtAll(double now);

  // Whether runs or series came, went or changed so that the grouping has to be made again; until
  // then experiment() and grouping() are as they were.
  bool stale() const { return stale_; }
  void Regroup();

  const model::Experiment& experiment() const { return experiment_; }
  const model::Grouping& grouping() const { return grouping_; }
  Activity ActivityOf(size_t training_run) const;
  // Its urgent points have been judged.
  void Judged(size_t training_run);

  // Puts the series of these training runs into experiment(), where only the names of runs stand
  // otherwise. False where the grouping no longer fits them, which is stale() then. Nothing may be
  // read before GiveBack().
  bool Lend(std::span<const size_t> training_runs);
  void GiveBack();

  // Some directory is growing, so that Look() has to be called again and again.
  bool hot() const {
    return !hot_.empty() || !pending_.empty() || known_.empty() || watcher_->fd() < 0;
  }
  int fd() const { return watcher_->fd(); }  // of DirWatcher
  uint64_t points() const { return points_; }
  size_t directories() const { return known_.size(); }

 private:
  struct Known {
    std::pair<uint64_t, uint64_t> identity = {};  // device, inode
    std::unique_ptr<LiveDirectory> live = {};     // nullptr: no event files
    double grew_at = 0;
    bool urgent = false;
    bool hot = false;
    bool lent = false;
    int calm_looks = 0;  // without anything new, one after the other
  };
  using Directories = std::map<std::string, Known>;  // by path
  // Which directory a run of experiment_ comes from, and which of its runs it is.
  struct Origin {
    std::string path = {};
    size_t session = 0;
  };

  absl::Status ListPending(double now);
  absl::Status List(const std::string& directory);
  absl::Status ListOnlyFile();
  bool Enter(const std::string& path, uint64_t device, uint64_t inode);
  void Watch(const std::string& path);
  void Forget(Directories::iterator known);
  void Take(const std::vector<io::FoundFile>& found, const std::string& below);
  void Heat(const std::string& path);
  bool ReadHot(double now, bool whole);
  void Cool(const std::string& path, Known& known);
  void FallBack(const absl::Status& why);

  const std::string path_;
  std::string root_;       // directory
  std::string only_file_;  // name of the one file that is followed; empty: all
  FollowOptions options_;
  std::unique_ptr<io::DirWatcher> watcher_;
  Directories known_;
  absl::flat_hash_map<std::pair<uint64_t, uint64_t>, std::string> identities_;
  std::vector<std::string> hot_;   // paths
  std::set<std::string> pending_;  // directories to be listed
  double next_listing_ = 0;
  bool listed_ = false;
  bool stale_ = true;
  uint64_t points_ = 0;
  uint64_t grouped_points_ = 0;
  model::Experiment experiment_;
  model::Grouping grouping_;
  std::vector<Origin> origins_;                                    // of experiment_.runs
  absl::flat_hash_map<std::string, std::vector<size_t>> runs_of_;  // directory -> its runs
  std::vector<std::string> lent_;
};

}  // namespace telltale::watch
