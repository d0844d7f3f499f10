#include "lib/watch/log_follower.h"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <tuple>

#include "absl/container/flat_hash_set.h"
#include "lib/base/parallel.h"
#include "lib/base/status_util.h"
#include "lib/base/str.h"
#include "lib/formats/tensorboard/event_file.h"

namespace telltale::watch {
namespace {

// A directory without anything new for this many looks is told of by the watcher again.
constexpr int kCalmLooks = 5;
// Listings take at most this share of the time.
constexpr double kListingShare = 0.05;
// Fewer directories than this are read without the help of other threads.
constexpr size_t kManyDirectories = 64;

std::string Join(const std::string& directory, std::string_view name) {
  return StrCat(directory, directory.ends_with('/') ? "" : "/", name);
}

bool IsRegularFile(const std::string& path) {
  struct stat info;
  return ::stat(path.c_str(), &info) == 0 && S_ISREG(info.st_mode);
}

double Seconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

}  // namespace

LogFollower::LogFollower(std::string path, FollowOptions options,
                         std::unique_ptr<io::DirWatcher> watcher)
    : path_(std::move(path)),
      root_(path_),
      options_(std::move(options)),
      watcher_(std::move(watcher)) {
  if (IsRegularFile(path_)) {
    const size_t slash = path_.rfind('/');
    only_file_ = path_.substr(slash == std::string::npos ? 0 : slash + 1);
    root_ = slash == std::string::npos ? "." : slash == 0 ? "/" : path_.substr(0, slash);
  }
  experiment_ = {.format = "tensorboard", .path = path_};
}

absl::StatusOr<bool> LogFollower::Look(double now) {
  auto changes = watcher_->Take();
  if (!changes.ok()) {
    FallBack(changes.status());
    changes = io::DirChanges{.anything = true};
  }
  pending_.insert(changes->entries.begin(), changes->entries.end());
  // Nobody tells that a directory that was gone is back.
  if (changes->anything || known_.empty()) pending_.insert(root_);
  if (!pending_.empty() && now >= next_listing_) TELLTALE_RETURN_IF_ERROR(ListPending(now));
  for (const std::string& directory : changes->files) Heat(directory);
  return ReadHot(now, false);
}

absl::Status LogFollower::ListPending(double now) {
  const double begin = Seconds();
  const std::set<std::string> directories = std::exchange(pending_, {});
  const std::string* above = nullptr;
  for (const std::string& directory : directories) {
    if (above != nullptr && directory.starts_with(Join(*above, ""))) continue;
    above = &directory;
    const absl::Status status = List(directory);
    if (!listed_ && !status.ok()) return status;
    listed_ = true;
  }
  const bool polling = watcher_->fd() < 0;
  next_listing_ =
      now + std::max(polling ? options_.list_every : 0, (Seconds() - begin) / kListingShare);
  return absl::OkStatus();
}

absl::StatusOr<bool> LogFollower::LookAtAll(double now) {
  static_cast<void>(List(root_));
  for (const auto& [path, known] : known_) {
    if (known.live != nullptr && !known.live->written_by_telltale()) Heat(path);
  }
  return ReadHot(now, true);
}

// Brings what is known of `directory`, and of all below it, up to date.
absl::Status LogFollower::List(const std::string& directory) {
  if (!only_file_.empty()) return ListOnlyFile();
  absl::flat_hash_set<std::string> entered;
  io::WalkOptions walk;
  walk.enter = [&](const io::FoundDirectory& found) {
    if (!Enter(found.path, found.device, found.inode)) return false;
    entered.insert(found.path);
    return true;
  };
  walk.on_error = [&](const std::string& where, const absl::Status& why) {
    if (absl::IsNotFound(why) || !options_.on_problem) return;
    options_.on_problem({.path = where,
                         .kind = ProblemKind::kUnreadableFile,
                         .message = std::string(why.message())});
  };
  const auto found = io::Walk(directory, formats::tensorboard::IsEventFileName, walk);
  if (!found.ok()) entered.erase(directory);
  const std::string below = Join(directory, "");
  for (auto it = known_.lower_bound(directory); it != known_.end();) {
    const bool inside = it->first == directory || it->first.starts_with(below);
    // Between "a" and "a/b" others may stand, as "a-b".
    if (!inside && !it->first.starts_with(directory)) break;
    const auto next = std::next(it);
    if (inside && !entered.contains(it->first)) Forget(it);
    it = next;
  }
  Take(found.ok() ? *found : std::vector<io::FoundFile>(), directory);
  return found.status();
}

absl::Status LogFollower::ListOnlyFile() {
  struct stat info;
  if (::stat(root_.c_str(), &info) != 0) {
    const int error = errno;
    if (const auto known = known_.find(root_); known != known_.end()) Forget(known);
    return ErrnoStatus(error, root_, "cannot open");
  }
  Enter(root_, static_cast<uint64_t>(info.st_dev), static_cast<uint64_t>(info.st_ino));
  std::vector<io::FoundFile> found;
  if (const std::string file = Join(root_, only_file_); ::stat(file.c_str(), &info) == 0) {
    found.push_back({file, ".", only_file_, static_cast<uint64_t>(info.st_size)});
  }
  Take(found, root_);
  return absl::OkStatus();
}

// Whether the directory is looked into, from now on under this path. Of several paths that lead to
// it the first one is taken.
bool LogFollower::Enter(const std::string& path, uint64_t device, uint64_t inode) {
  const std::pair identity{device, inode};
  if (const auto other = identities_.find(identity);
      other != identities_.end() && other->second != path) {
    struct stat info;
    if (::stat(other->second.c_str(), &info) == 0 &&
        std::pair{static_cast<uint64_t>(info.st_dev), static_cast<uint64_t>(info.st_ino)} ==
            identity) {
      return false;
    }
  }
  const auto [known, is_new] = known_.try_emplace(path);
  if (!is_new && known->second.identity == identity) return true;
  if (!is_new) {  // another directory has this name now
    watcher_->Remove(path);
    const auto old = identities_.find(known->second.identity);
    if (old != identities_.end() && old->second == path) identities_.erase(old);
  }
  known->second.identity = identity;
  identities_[identity] = path;
  Watch(path);
  return true;
}

void LogFollower::Watch(const std::string& path) {
  const absl::Status status = watcher_->Add(path);
  // What cannot be read, or is gone already, the listing says.
  if (absl::IsResourceExhausted(status)) FallBack(status);
}

void LogFollower::FallBack(const absl::Status& why) {
  if (options_.warn) {
    options_.warn(
        StrCat(ToStd(why.message()), "; looking every ", options_.list_every, " seconds instead"));
  }
  watcher_ = io::MakePollingWatcher();
}

void LogFollower::Forget(Directories::iterator known) {
  watcher_->Remove(known->first);
  const auto identity = identities_.find(known->second.identity);
  if (identity != identities_.end() && identity->second == known->first) {
    identities_.erase(identity);
  }
  std::erase(hot_, known->first);
  if (known->second.live != nullptr) stale_ = true;
  known_.erase(known);
}

// `found` are all event files at and below the directory `below`.
void LogFollower::Take(const std::vector<io::FoundFile>& found, const std::string& below) {
  absl::flat_hash_map<std::string, std::vector<const io::FoundFile*>> by_directory;
  for (const io::FoundFile& file : found) {
    const std::string directory = file.path.size() > file.name.size() + 1
                                      ? file.path.substr(0, file.path.size() - file.name.size() - 1)
                                      : root_;
    by_directory[file.directory == "." ? below : directory].push_back(&file);
  }
  const std::string inside = Join(below, "");
  for (auto it = known_.lower_bound(below); it != known_.end() && it->first.starts_with(below);
       ++it) {
    auto& [path, known] = *it;
    if (path != below && !path.starts_with(inside)) continue;
    std::vector<std::string> names;
    bool grew = false;
    const auto files = by_directory.find(path);
    if (files != by_directory.end()) {
      for (const io::FoundFile* file : files->second) {
        names.push_back(file->name);
        grew = grew || known.live == nullptr || known.live->bytes_of(file->name) != file->bytes;
      }
    }
    if (names.empty() && known.live == nullptr) continue;
    if (known.live == nullptr) {
      const std::string root = Join(root_, "");
      const std::string name = path == root_ ? "." : path.substr(root.size());
      known.live = std::make_unique<LiveDirectory>(path, name, only_file_.empty() ? path : path_,
                                                   options_.read);
    }
    if (known.live->SetFiles(names)) stale_ = true;
    if (names.empty()) {
      known.live.reset();
    } else if (grew) {
      Heat(path);
    }
  }
}

// The directory is looked at from now on, until nothing more comes.
void LogFollower::Heat(const std::string& path) {
  const auto found = known_.find(path);
  if (found == known_.end()) return;
  Known& known = found->second;
  if (known.hot) return;
  // What is written there but not to an event file is of no interest.
  watcher_->TellWrites(path, false);
  if (known.live == nullptr) return;
  known.hot = true;
  known.calm_looks = 0;
  hot_.push_back(path);
}

void LogFollower::Cool(const std::string& path, Known& known) {
  known.hot = false;
  known.calm_looks = 0;
  watcher_->TellWrites(path, true);
}

bool LogFollower::ReadHot(double now, bool whole) {
  struct Work {
    const std::string* path;
    Known* known;
    DirectoryGrowth growth;
  };
  std::vector<Work> work;
  for (const std::string& path : hot_) {
    const auto found = known_.find(path);
    if (found == known_.end() || found->second.live == nullptr) continue;
    Known& known = found->second;
    // From here on the watcher tells of writes again, and what came before it did is read now.
    if (known.calm_looks >= kCalmLooks || known.live->written_by_telltale()) Cool(path, known);
    work.push_back({&found->first, &known, {}});
  }
  const size_t jobs = work.size() < kManyDirectories ? 1 : options_.read.jobs;
  ParallelFor(work.size(), points_ == 0 ? options_.read.jobs : jobs,
              [&](size_t i) { work[i].growth = work[i].known->live->Read(whole); });
  bool any = false;
  std::vector<std::string> vanished;
  std::vector<std::string> hot;
  for (Work& each : work) {
    Known& known = *each.known;
    const DirectoryGrowth& growth = each.growth;
    any = any || growth.grew;
    stale_ = stale_ || growth.reshaped;
    known.urgent = known.urgent || growth.urgent;
    if (growth.points > 0) known.grew_at = now;
    if (growth.vanished) vanished.push_back(*each.path);
    known.calm_looks = growth.grew ? 0 : known.calm_looks + 1;
    if (options_.on_problem) {
      for (Problem& problem : known.live->TakeProblems()) options_.on_problem(std::move(problem));
    }
    if (!known.hot && growth.grew && !known.live->written_by_telltale()) {
      watcher_->TellWrites(*each.path, false);
      known.hot = true;
    }
    if (known.hot) hot.push_back(*each.path);
  }
  hot_ = std::move(hot);
  points_ = 0;
  for (const auto& [path, known] : known_) {
    if (known.live != nullptr) points_ += known.live->points();
  }
  // Roles are weighed by points as well.
  if (points_ > 2 * grouped_points_) stale_ = true;
  for (const std::string& directory : vanished) static_cast<void>(List(directory));
  return any;
}

void LogFollower::Regroup() {
  GiveBack();
  stale_ = false;
  grouped_points_ = points_;
  experiment_.runs.clear();
  struct Placed {
    model::Run run;
    Origin origin;
  };
  std::vector<Placed> placed;
  for (auto& [path, known] : known_) {
    if (known.live == nullptr || known.live->written_by_telltale()) continue;
    std::vector<model::Run> runs = known.live->Lend();
    // Runs of which the selection left nothing are not what the user asked about.
    if (options_.read.select && std::all_of(runs.begin(), runs.end(), [](const model::Run& run) {
          return run.series.empty();
        })) {
      known.live->TakeBack(std::move(runs));
      continue;
    }
    for (size_t i = 0; i < runs.size(); ++i) placed.push_back({std::move(runs[i]), {path, i}});
    known.lent = true;
    lent_.push_back(path);
  }
  std::sort(placed.begin(), placed.end(), [](const Placed& a, const Placed& b) {
    return std::tie(a.run.name, a.run.session) < std::tie(b.run.name, b.run.session);
  });
  origins_.clear();
  runs_of_.clear();
  for (Placed& each : placed) {
    runs_of_[each.origin.path].push_back(experiment_.runs.size());
    origins_.push_back(std::move(each.origin));
    experiment_.runs.push_back(std::move(each.run));
  }
  grouping_ = model::GroupRuns(experiment_, options_.grouping);
  GiveBack();
}

bool LogFollower::Lend(std::span<const size_t> training_runs) {
  GiveBack();
  for (const size_t training_run : training_runs) {
    for (const size_t run : grouping_.training_runs[training_run].runs) {
      const std::string& path = origins_[run].path;
      const auto known = known_.find(path);
      if (known != known_.end() && known->second.lent) continue;
      if (known == known_.end() || known->second.live == nullptr) {
        stale_ = true;
        return false;
      }
      std::vector<model::Run> runs = known->second.live->Lend();
      const std::vector<size_t>& places = runs_of_[path];
      if (runs.size() != places.size()) {
        known->second.live->TakeBack(std::move(runs));
        stale_ = true;
        return false;
      }
      known->second.lent = true;
      lent_.push_back(path);
      for (size_t i = 0; i < runs.size(); ++i) {
        experiment_.runs[places[i]] = std::move(runs[origins_[places[i]].session]);
      }
    }
  }
  return true;
}

void LogFollower::GiveBack() {
  for (const std::string& path : lent_) {
    const auto known = known_.find(path);
    const auto places = runs_of_.find(path);
    if (known == known_.end() || places == runs_of_.end()) continue;
    known->second.lent = false;
    if (known->second.live == nullptr) continue;
    std::vector<model::Run> runs;
    for (const size_t run : places->second) {
      model::Run& lent = experiment_.runs[run];
      model::Run name{.name = lent.name, .path = lent.path, .session = lent.session};
      runs.push_back(std::exchange(lent, std::move(name)));
    }
    known->second.live->TakeBack(std::move(runs));
  }
  lent_.clear();
}

Activity LogFollower::ActivityOf(size_t training_run) const {
  Activity activity;
  size_t longest = 0;
  double first = 0;
  const std::string* last_path = nullptr;
  for (const size_t run : grouping_.training_runs[training_run].runs) {
    if (last_path != nullptr && *last_path == origins_[run].path) continue;
    last_path = &origins_[run].path;
    const auto found = known_.find(*last_path);
    if (found == known_.end() || found->second.live == nullptr) continue;
    const Known& known = found->second;
    activity.points += known.live->points();
    activity.urgent = activity.urgent || known.urgent;
    activity.grew_at = std::max(activity.grew_at, known.grew_at);
    longest = std::max(longest, known.live->longest_series());
    const double begin = known.live->first_wall_time();
    if (begin != 0) first = first == 0 ? begin : std::min(first, begin);
    activity.last_wall_time = std::max(activity.last_wall_time, known.live->last_wall_time());
  }
  if (longest > 1) {
    activity.gap = (activity.last_wall_time - first) / static_cast<double>(longest - 1);
  }
  return activity;
}

void LogFollower::Judged(size_t training_run) {
  for (const size_t run : grouping_.training_runs[training_run].runs) {
    if (const auto found = known_.find(origins_[run].path); found != known_.end()) {
      found->second.urgent = false;
    }
  }
}

}  // namespace telltale::watch
