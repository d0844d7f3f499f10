#include "lib/watch/log_follower.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "lib/base/parallel.h"
#include "lib/base/status_util.h"

namespace telltale::watch {
namespace {

bool HoldsNothing(const std::vector<model::Run>& runs) {
  return std::all_of(runs.begin(), runs.end(),
                     [](const model::Run& run) { return run.series.empty(); });
}

// What stands for a run that is not lent.
model::Run NameOf(const model::Run& run) {
  return {.name = run.name, .path = run.path, .session = run.session};
}

TreeOptions WithoutPoints(TreeOptions options) {
  options.hold_points = false;
  return options;
}

}  // namespace

LogFollower::LogFollower(std::string path, FollowOptions options,
                         std::unique_ptr<io::DirWatcher> watcher)
    : tree_(std::move(path), WithoutPoints(options.tree), std::move(watcher)),
      options_(std::move(options)) {
  experiment_ = {.format = "tensorboard", .path = tree_.path()};
}

absl::StatusOr<bool> LogFollower::Look(double now) {
  TELLTALE_ASSIGN_OR_RETURN(const bool any, tree_.Look(now));
  NoteShape();
  return any;
}

bool LogFollower::LookAtAll(double now) {
  const bool any = tree_.LookAtAll(now);
  NoteShape();
  return any;
}

void LogFollower::NoteShape() {
  // Roles are weighed by points as well.
  if (tree_.TakeReshaped() || tree_.points() > 2 * grouped_points_) stale_ = true;
}

void LogFollower::Regroup() {
  GiveBack();
  stale_ = false;
  grouped_points_ = tree_.points();
  struct Placed {
    model::Run run;
    Origin origin;
  };
  std::vector<Placed> placed;
  for (const auto& [path, directory] : tree_.directories()) {
    if (directory.live == nullptr || directory.live->written_by_telltale()) continue;
    auto runs = directory.live->Outline();
    if (!runs.ok()) continue;  // the next look tells why, and then it is grouped again
    // Runs of which the selection left nothing are not what the user asked about.
    if (options_.tree.read.select && HoldsNothing(*runs)) continue;
    for (size_t i = 0; i < runs->size(); ++i) placed.push_back({std::move((*runs)[i]), {path, i}});
  }
  std::sort(placed.begin(), placed.end(), [](const Placed& a, const Placed& b) {
    return std::tie(a.run.name, a.run.session) < std::tie(b.run.name, b.run.session);
  });
  experiment_.runs.clear();
  origins_.clear();
  runs_of_.clear();
  for (Placed& each : placed) {
    runs_of_[each.origin.path].push_back(experiment_.runs.size());
    origins_.push_back(std::move(each.origin));
    experiment_.runs.push_back(std::move(each.run));
  }
  grouping_ = model::GroupRuns(experiment_, options_.grouping);
  for (model::Run& run : experiment_.runs) run = NameOf(run);
  training_run_of_.assign(experiment_.runs.size(), 0);
  for (size_t i = 0; i < grouping_.training_runs.size(); ++i) {
    for (const size_t run : grouping_.training_runs[i].runs) training_run_of_[run] = i;
  }
}

bool LogFollower::Lend(std::span<const size_t> training_runs) {
  GiveBack();
  const std::vector<std::string> paths = DirectoriesOf(training_runs);
  std::vector<absl::StatusOr<std::vector<model::Run>>> lent(paths.size());
  ParallelFor(paths.size(), paths.size() > 1 ? options_.tree.read.jobs : 1, [&](size_t i) {
    TreeDirectory* directory = tree_.Find(paths[i]);
    if (directory != nullptr && directory->live != nullptr) lent[i] = directory->live->Lend();
  });
  bool all = true;
  for (size_t i = 0; i < paths.size(); ++i) all = Place(paths[i], std::move(lent[i])) && all;
  if (all) return true;
  GiveBack();
  stale_ = true;
  return false;
}

std::vector<std::string> LogFollower::DirectoriesOf(std::span<const size_t> training_runs) const {
  std::vector<std::string> paths;
  absl::flat_hash_set<std::string> taken;
  for (const size_t training_run : training_runs) {
    for (const size_t run : grouping_.training_runs[training_run].runs) {
      if (taken.insert(origins_[run].path).second) paths.push_back(origins_[run].path);
    }
  }
  return paths;
}

// Puts the runs of a directory to where they stand in experiment_.
bool LogFollower::Place(const std::string& path, absl::StatusOr<std::vector<model::Run>> runs) {
  if (!runs.ok()) return false;
  const std::vector<size_t>& places = runs_of_[path];
  if (runs->size() != places.size()) {
    tree_.Find(path)->live->TakeBack(*std::move(runs));
    return false;
  }
  for (const size_t place : places) {
    experiment_.runs[place] = std::move((*runs)[origins_[place].session]);
  }
  lent_.insert(path);
  return true;
}

void LogFollower::GiveBack() {
  for (const std::string& path : lent_) {
    std::vector<model::Run> runs;
    for (const size_t run : runs_of_[path]) {
      model::Run& lent = experiment_.runs[run];
      model::Run name = NameOf(lent);
      runs.push_back(std::exchange(lent, std::move(name)));
    }
    TreeDirectory* directory = tree_.Find(path);
    if (directory != nullptr && directory->live != nullptr) {
      directory->live->TakeBack(std::move(runs));
    }
  }
  lent_.clear();
}

std::vector<size_t> LogFollower::TakeTouched() {
  std::vector<size_t> touched;
  for (const std::string& path : tree_.TakeTouched()) {
    const auto runs = runs_of_.find(path);
    if (runs == runs_of_.end()) continue;
    for (const size_t run : runs->second) touched.push_back(training_run_of_[run]);
  }
  return touched;
}

Activity LogFollower::ActivityOf(size_t training_run) const {
  Activity activity;
  size_t longest = 0;
  double first = 0;
  const std::string* last_path = nullptr;
  for (const size_t run : grouping_.training_runs[training_run].runs) {
    if (last_path != nullptr && *last_path == origins_[run].path) continue;
    last_path = &origins_[run].path;
    const TreeDirectory* directory = tree_.Find(*last_path);
    if (directory == nullptr || directory->live == nullptr) continue;
    const LiveDirectory& live = *directory->live;
    activity.points += live.points();
    activity.urgent = activity.urgent || directory->urgent;
    activity.grew_at = std::max(activity.grew_at, directory->grew_at);
    longest = std::max(longest, live.longest_series());
    const double begin = live.first_wall_time();
    if (begin != 0) first = first == 0 ? begin : std::min(first, begin);
    activity.last_wall_time = std::max(activity.last_wall_time, live.last_wall_time());
  }
  if (longest > 1) {
    activity.gap = (activity.last_wall_time - first) / static_cast<double>(longest - 1);
  }
  return activity;
}

void LogFollower::Judged(size_t training_run) {
  for (const size_t run : grouping_.training_runs[training_run].runs) {
    if (TreeDirectory* directory = tree_.Find(origins_[run].path)) directory->urgent = false;
  }
}

}  // namespace telltale::watch
