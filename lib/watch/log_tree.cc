#include "lib/watch/log_tree.h"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <chrono>

#include "absl/container/flat_hash_set.h"
#include "lib/base/parallel.h"
#include "lib/base/status_util.h"
#include "lib/base/str.h"
#include "lib/formats/tensorboard/event_file.h"

namespace telltale::watch {
namespace {

using formats::tensorboard::TailReading;

// A directory without anything new for this many looks is told of by the watcher again.
constexpr int kCalmLooks = 5;
// Listings take at most this share of the time.
constexpr double kListingShare = 0.05;
// Fewer directories than this are read without the help of other threads.
constexpr size_t kManyDirectories = 4096;

std::string JoinPath(const std::string& directory, std::string_view name) {
  return StrCat(directory, directory.ends_with('/') ? "" : "/", name);
}

bool IsRegularFile(const std::string& path) {
  struct stat info;
  return ::stat(path.c_str(), &info) == 0 && S_ISREG(info.st_mode);
}

std::pair<uint64_t, uint64_t> IdentityOf(const struct stat& info) {
  return {static_cast<uint64_t>(info.st_dev), static_cast<uint64_t>(info.st_ino)};
}

double SecondsNow() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

}  // namespace

LogTree::LogTree(std::string path, TreeOptions options, std::unique_ptr<io::DirWatcher> watcher)
    : path_(std::move(path)),
      root_(path_),
      options_(std::move(options)),
      watcher_(std::move(watcher)) {
  if (!IsRegularFile(path_)) return;
  const size_t slash = path_.rfind('/');
  only_file_ = path_.substr(slash == std::string::npos ? 0 : slash + 1);
  root_ = slash == std::string::npos ? "." : slash == 0 ? "/" : path_.substr(0, slash);
}

TreeDirectory* LogTree::Find(const std::string& path) {
  const auto found = by_path_.find(path);
  return found == by_path_.end() ? nullptr : found->second;
}

const TreeDirectory* LogTree::Find(const std::string& path) const {
  const auto found = by_path_.find(path);
  return found == by_path_.end() ? nullptr : found->second;
}

absl::StatusOr<bool> LogTree::Look(double now) {
  auto changes = watcher_->Take();
  if (!changes.ok()) {
    FallBack(changes.status());
    changes = io::DirChanges{.anything = true};
  }
  pending_.insert(changes->entries.begin(), changes->entries.end());
  // Nobody tells that a directory that was gone is back.
  if (changes->anything || directories_.empty()) pending_.insert(root_);
  if (!pending_.empty() && now >= next_listing_) TELLTALE_RETURN_IF_ERROR(ListPending(now));
  for (const std::string& directory : changes->files) Heat(directory);
  return ReadHot(now, TailReading::kGrowth);
}

bool LogTree::LookAtAll(double now) {
  static_cast<void>(List(root_));
  for (const auto& [path, directory] : directories_) Heat(path);
  return ReadHot(now, TailReading::kEverything);
}

absl::Status LogTree::ListPending(double now) {
  const double begin = SecondsNow();
  const std::set<std::string> directories = std::exchange(pending_, {});
  const std::string* above = nullptr;
  for (const std::string& directory : directories) {
    if (above != nullptr && directory.starts_with(JoinPath(*above, ""))) continue;
    above = &directory;
    const absl::Status status = List(directory);
    if (!listed_ && !status.ok()) return status;
    listed_ = true;
  }
  const bool polling = watcher_->fd() < 0;
  next_listing_ =
      now + std::max(polling ? options_.list_every : 0, (SecondsNow() - begin) / kListingShare);
  return absl::OkStatus();
}

// Brings what is known of `directory`, and of all below it, up to date.
absl::Status LogTree::List(const std::string& directory) {
  if (!only_file_.empty()) return ListOnlyFile();
  absl::flat_hash_set<std::string> entered;
  io::WalkOptions walk;
  walk.enter = [&](const io::FoundDirectory& found) {
    if (!Enter(found.path, {found.device, found.inode})) return false;
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
  const std::string below = JoinPath(directory, "");
  // Between "a" and "a/b" others may stand, as "a-b".
  for (auto it = directories_.lower_bound(directory);
       it != directories_.end() && it->first.starts_with(directory);) {
    const auto next = std::next(it);
    const bool inside = it->first == directory || it->first.starts_with(below);
    if (inside && !entered.contains(it->first)) Forget(it);
    it = next;
  }
  Take(found.ok() ? *found : std::vector<io::FoundFile>(), directory);
  return found.status();
}

absl::Status LogTree::ListOnlyFile() {
  struct stat info;
  if (::stat(root_.c_str(), &info) != 0) {
    const int error = errno;
    if (const auto known = directories_.find(root_); known != directories_.end()) Forget(known);
    return ErrnoStatus(error, root_, "cannot open");
  }
  Enter(root_, IdentityOf(info));
  std::vector<io::FoundFile> found;
  if (const std::string file = JoinPath(root_, only_file_); ::stat(file.c_str(), &info) == 0) {
    found.push_back({file, ".", only_file_, static_cast<uint64_t>(info.st_size)});
  }
  Take(found, root_);
  return absl::OkStatus();
}

// Whether the directory is looked into, from now on under this path. Of several paths that lead to
// it the first one is taken.
bool LogTree::Enter(const std::string& path, std::pair<uint64_t, uint64_t> identity) {
  if (const auto other = identities_.find(identity);
      other != identities_.end() && other->second != path) {
    struct stat info;
    if (::stat(other->second.c_str(), &info) == 0 && IdentityOf(info) == identity) return false;
  }
  const auto [known, is_new] = directories_.try_emplace(path);
  by_path_[known->first] = &known->second;
  if (!is_new && known->second.identity == identity) return true;
  if (!is_new) {  // another directory has this name now
    watcher_->Remove(path);
    ForgetIdentity(*known);
  }
  known->second.identity = identity;
  identities_[identity] = path;
  const absl::Status status = watcher_->Add(path);
  // What cannot be read, or is gone already, the listing says.
  if (absl::IsResourceExhausted(status)) FallBack(status);
  return true;
}

void LogTree::FallBack(const absl::Status& why) {
  if (options_.warn) {
    options_.warn(
        StrCat(ToStd(why.message()), "; looking every ", options_.list_every, " seconds instead"));
  }
  watcher_ = io::MakePollingWatcher();
}

void LogTree::Forget(Directories::iterator directory) {
  watcher_->Remove(directory->first);
  ForgetIdentity(*directory);
  std::erase(hot_, directory->first);
  const LiveDirectory* live = directory->second.live.get();
  if (live != nullptr && !live->written_by_telltale()) reshaped_ = true;
  by_path_.erase(directory->first);
  directories_.erase(directory);
}

void LogTree::ForgetIdentity(const Directories::value_type& directory) {
  const auto identity = identities_.find(directory.second.identity);
  if (identity != identities_.end() && identity->second == directory.first) {
    identities_.erase(identity);
  }
}

// `found` are all event files at and below the directory `below`.
void LogTree::Take(const std::vector<io::FoundFile>& found, const std::string& below) {
  absl::flat_hash_map<std::string, std::vector<const io::FoundFile*>> by_directory;
  for (const io::FoundFile& file : found) {
    by_directory[file.directory == "." ? below : JoinPath(below, file.directory)].push_back(&file);
  }
  const std::string inside = JoinPath(below, "");
  for (auto it = directories_.lower_bound(below);
       it != directories_.end() && it->first.starts_with(below); ++it) {
    if (it->first != below && !it->first.starts_with(inside)) continue;
    TakeFiles(it->first, it->second, by_directory[it->first]);
  }
}

void LogTree::TakeFiles(const std::string& path, TreeDirectory& directory,
                        const std::vector<const io::FoundFile*>& files) {
  if (files.empty() && directory.live == nullptr) return;
  // Annotations that come and go change nothing.
  const bool had_runs = directory.live != nullptr && !directory.live->written_by_telltale();
  if (files.empty()) {
    directory.live.reset();
    reshaped_ = reshaped_ || had_runs;
    return;
  }
  if (directory.live == nullptr) {
    directory.live = std::make_unique<LiveDirectory>(
        path, NameOf(path), only_file_.empty() ? path : path_, options_.read, options_.hold_points);
  }
  std::vector<std::string> names;
  for (const io::FoundFile* file : files) names.push_back(file->name);
  const bool changed = directory.live->SetFiles(names);
  const bool has_runs = !directory.live->written_by_telltale();
  reshaped_ = reshaped_ || (changed && (had_runs || has_runs));
  if (!has_runs) return;
  const bool grew = std::any_of(files.begin(), files.end(), [&](const io::FoundFile* file) {
    return directory.live->bytes_of(file->name) != file->bytes;
  });
  if (grew) Heat(path);
}

// Of the run that stands in the directory.
std::string LogTree::NameOf(const std::string& path) const {
  return path == root_ ? "." : path.substr(JoinPath(root_, "").size());
}

// The directory is looked at from now on, until nothing more comes.
void LogTree::Heat(const std::string& path) {
  TreeDirectory* directory = Find(path);
  if (directory == nullptr || directory->hot) return;
  // What is written there but not to an event file is of no interest.
  watcher_->MuteWrites(path);
  if (directory->live == nullptr) return;
  directory->hot = true;
  directory->calm_looks = 0;
  hot_.push_back(path);
}

bool LogTree::ReadHot(double now, TailReading reading) {
  std::vector<Work> work;
  for (const std::string& path : hot_) {
    TreeDirectory* directory = Find(path);
    if (directory == nullptr) continue;
    directory->hot = false;
    if (directory->live == nullptr) continue;
    // From here on the watcher tells of writes again, and what came before it did is read now.
    if (directory->calm_looks >= kCalmLooks || directory->live->written_by_telltale()) {
      watcher_->TellWrites(path);
    } else {
      directory->hot = true;
    }
    work.push_back({path, directory, {}});
  }
  hot_.clear();
  const bool many = work.size() >= kManyDirectories || points_ == 0;
  ParallelFor(work.size(), many ? options_.read.jobs : 1,
              [&](size_t i) { work[i].growth = work[i].directory->live->Read(reading); });
  for (Work& each : work) Note(each, now);
  points_ = 0;
  for (const auto& [path, directory] : directories_) {
    if (directory.live != nullptr && !directory.live->written_by_telltale()) {
      points_ += directory.live->points();
    }
  }
  bool any = false;
  for (const Work& each : work) {
    any = any || each.growth.grew;
    if (each.growth.vanished) static_cast<void>(List(each.path));
  }
  return any;
}

// What reading a directory has met.
void LogTree::Note(Work& work, double now) {
  TreeDirectory& directory = *work.directory;
  reshaped_ = reshaped_ || work.growth.reshaped;
  directory.urgent = directory.urgent || work.growth.urgent;
  if (work.growth.points > 0) directory.grew_at = now;
  if (work.growth.grew) touched_.push_back(work.path);
  directory.calm_looks = work.growth.grew ? 0 : directory.calm_looks + 1;
  if (work.growth.grew && !directory.hot && !directory.live->written_by_telltale()) {
    watcher_->MuteWrites(work.path);
    directory.hot = true;
  }
  if (directory.hot) hot_.push_back(work.path);
  std::vector<Problem> problems = directory.live->TakeProblems();
  if (!options_.on_problem) return;
  for (Problem& problem : problems) options_.on_problem(std::move(problem));
}

}  // namespace telltale::watch
