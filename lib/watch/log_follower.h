// The runs of a log directory while they grow: their points, and how they are grouped.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/status/statusor.h"
#include "lib/io/dir_watcher.h"
#include "lib/model/experiment.h"
#include "lib/model/training_run.h"
#include "lib/watch/log_tree.h"

namespace telltale::watch {

struct FollowOptions {
  TreeOptions tree = {};
  model::GroupingOptions grouping = {};
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
  // As of LogTree.
  LogFollower(std::string path, FollowOptions options, std::unique_ptr<io::DirWatcher> watcher);
  LogFollower(const LogFollower&) = delete;
  LogFollower& operator=(const LogFollower&) = delete;

  // As of LogTree.
  absl::StatusOr<bool> Look(double now);
  bool LookAtAll(double now);
  bool hot() const { return tree_.hot(); }
  int fd() const { return tree_.fd(); }
  uint64_t points() const { return tree_.points(); }

  // Whether runs or series came, went or changed so that the grouping has to be made again; until
  // then experiment() and grouping() are as they were.
  bool stale() const { return stale_; }
  void Regroup();

  const model::Experiment& experiment() const { return experiment_; }
  const model::Grouping& grouping() const { return grouping_; }
  // Training runs of grouping() that something was read of since the last call, in no order.
  std::vector<size_t> TakeTouched();
  Activity ActivityOf(size_t training_run) const;
  // Its urgent points have been judged.
  void Judged(size_t training_run);

  // Puts the series of these training runs into experiment(), where only the names of runs stand
  // otherwise: they are read again, since nobody holds points meanwhile. False where the grouping
  // no longer fits them, which is stale() then. Nothing may be read before GiveBack().
  bool Lend(std::span<const size_t> training_runs);
  void GiveBack();

 private:
  // Which directory a run of experiment_ comes from, and which of its runs it is.
  struct Origin {
    std::string path = {};
    size_t session = 0;
  };

  void NoteShape();
  std::vector<std::string> DirectoriesOf(std::span<const size_t> training_runs) const;
  bool Place(const std::string& path, absl::StatusOr<std::vector<model::Run>> runs);

  LogTree tree_;
  FollowOptions options_;
  bool stale_ = true;
  uint64_t grouped_points_ = 0;
  model::Experiment experiment_;
  model::Grouping grouping_;
  std::vector<Origin> origins_;                                    // of experiment_.runs
  std::vector<size_t> training_run_of_;                            // of experiment_.runs
  absl::flat_hash_map<std::string, std::vector<size_t>> runs_of_;  // directory -> its runs
  absl::flat_hash_set<std::string> lent_;                          // directories
};

}  // namespace telltale::watch
