// Which directories are parts of one training run. Works on distinct directories, as sessions share
// one; all is linear in the number of directories and the length of their names.
#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>

#include "absl/strings/ascii.h"
#include "lib/base/str.h"
#include "lib/model/grouping_internal.h"
#include "lib/model/role_inference.h"
#include "lib/model/run_names.h"

namespace telltale::model {
namespace {

struct Directory {
  std::string_view name = {};     // without session
  std::vector<size_t> runs = {};  // indices into Experiment::runs
  bool has_series = false;
  bool has_params = false;
  bool several_points = false;  // of one series
  bool train_tags = false;      // a tag itself names the training split
  bool held_out_tags = false;   // a tag itself names another one
  std::string home = {};        // empty until it is placed
  Placement placement = Placement::kOwn;
};

using Index = absl::flat_hash_map<absl::string_view, size_t>;

// A directory with the split that its own tags do not contradict. Ultralytics' `runs/detect/train`
// holds series of both splits: that is a training run, not the training half of one.
bool TagsAllow(const Directory& directory, Split split) {
  if (split == Split::kUnknown) return false;
  return split == Split::kTrain ? !directory.held_out_tags : !directory.train_tags;
}

void AddRun(const Run& run, size_t index, TagRoles& tags, Directory& directory) {
  directory.runs.push_back(index);
  directory.has_series = directory.has_series || !run.series.empty();
  directory.has_params = directory.has_params || !run.params.empty();
  for (const Series& series : run.series) {
    directory.several_points = directory.several_points || series.count() > 1;
    const Split split = tags.Of(series.tag).split;
    directory.train_tags = directory.train_tags || split == Split::kTrain;
    directory.held_out_tags =
        directory.held_out_tags || split == Split::kValidation || split == Split::kTest;
  }
}

// The distinct directories, shorter names first, so that a parent stands before what is below it.
std::vector<Directory> ListDirectories(const Experiment& experiment, TagRoles& tags) {
  Index index;
  std::vector<Directory> directories;
  for (size_t i = 0; i < experiment.runs.size(); ++i) {
    const Run& run = experiment.runs[i];
    if (run.written_by_telltale || run.whole) continue;
    std::string_view name = WithoutSession(run.name, run.session);
    if (name.empty()) name = ".";
    const auto [entry, is_new] = index.try_emplace(ToAbsl(name), directories.size());
    if (is_new) directories.push_back({.name = name});
    AddRun(run, i, tags, directories[entry->second]);
  }
  std::stable_sort(directories.begin(), directories.end(),
                   [](const Directory& a, const Directory& b) {
                     const bool a_root = a.name == ".", b_root = b.name == ".";
                     if (a_root != b_root) return a_root;
                     return std::pair(a.name.size(), a.name) < std::pair(b.name.size(), b.name);
                   });
  return directories;
}

// "1795235111.8005302": what add_hparams of torch and tensorboardX names its directory after.
bool IsUnixTime(std::string_view component) {
  const size_t dot = component.find('.');
  const std::string_view seconds = component.substr(0, dot);
  if (seconds.size() != 10 || seconds[0] == '0') return false;
  return std::all_of(component.begin(), component.end(), [](char c) {
    return c == '.' || absl::ascii_isdigit(static_cast<unsigned char>(c));
  });
}

// A directory made by add_hparams: a Unix time, or another name where the contents say so:
// hyper-parameters and at most the final values, below a run that has the curves.
bool IsHyperParameterRun(const Directory& directory, const Directory& parent) {
  if (IsUnixTime(LastNameComponent(directory.name))) {
    return LastNameComponent(directory.name).find('.') != std::string_view::npos ||
           directory.has_params;
  }
  return directory.has_params && !directory.several_points && parent.has_series &&
         !parent.has_params;
}

// The run that all series of the directory were charted in by add_scalars.
std::optional<std::string_view> ChartParent(const Experiment& experiment,
                                            const Directory& directory, const Index& index) {
  std::optional<std::string_view> parent;
  for (const size_t run : directory.runs) {
    for (const Series& series : experiment.runs[run].series) {
      const auto chart = ParseAddScalarsRun(series.tag, directory.name);
      if (!chart.has_value() || (parent.has_value() && *parent != chart->parent))
        return std::nullopt;
      // The writer of add_scalars has a file of its own in the parent; without it only a split's
      // name is evidence.
      if (!index.contains(ToAbsl(chart->parent)) &&
          SplitOfDirectory(chart->curve) == Split::kUnknown)
        return std::nullopt;
      parent = chart->parent;
    }
  }
  return parent;
}

class Placer {
 public:
  Placer(const Experiment& experiment, TagRoles& tags)
      : experiment_(experiment), directories_(ListDirectories(experiment, tags)) {
    for (size_t i = 0; i < directories_.size(); ++i)
      index_.emplace(ToAbsl(directories_[i].name), i);
  }

  std::vector<Home> Place() {
    PlaceSubRuns();
    PlaceSplitDirectories();
    PlaceSplitSuffixes();
    PlaceSplitFolders();
    FollowParents();
    std::vector<Home> homes(experiment_.runs.size());
    for (const Directory& directory : directories_) {
      for (const size_t run : directory.runs)
        homes[run] = {.name = directory.home, .placement = directory.placement};
    }
    for (size_t i = 0; i < experiment_.runs.size(); ++i) {
      const Run& run = experiment_.runs[i];
      if (run.whole && !run.written_by_telltale) homes[i].name = run.name;
    }
    return homes;
  }

 private:
  void Put(Directory& directory, std::string_view home, Placement placement) {
    directory.home = home;
    directory.placement = placement;
  }

  Directory* Find(std::string_view name) {
    const auto found = index_.find(ToAbsl(name));
    return found == index_.end() ? nullptr : &directories_[found->second];
  }

  void PlaceSubRuns() {
    for (Directory& directory : directories_) {
      if (directory.name == ".") continue;
      if (const auto parent = ChartParent(experiment_, directory, index_)) {
        Put(directory, *parent, Placement::kAddScalars);
        continue;
      }
      const std::string_view parent = ParentName(directory.name);
      const Directory* above = Find(parent);
      if (above != nullptr && IsHyperParameterRun(directory, *above))
        Put(directory, parent, Placement::kHyperParameters);
    }
  }

  // A split directory: which, and the number after it ("train_2").
  struct SplitDirectory {
    size_t directory = 0;
    Split split = Split::kUnknown;
    std::string number = {};
  };

  void PlaceSplitDirectories() {
    absl::flat_hash_map<absl::string_view, std::vector<SplitDirectory>> by_parent;
    for (size_t i = 0; i < directories_.size(); ++i) {
      const Directory& directory = directories_[i];
      if (!directory.home.empty() || directory.name == ".") continue;
      const std::string_view last = LastNameComponent(directory.name);
      const Split split = SplitOfDirectory(last);
      if (!TagsAllow(directory, split)) continue;
      const size_t digits = last.find_last_not_of("0123456789") + 1;
      by_parent[ToAbsl(ParentName(directory.name))].push_back(
          {.directory = i, .split = split, .number = std::string(last.substr(digits))});
    }
    for (auto& [parent, siblings] : by_parent) PlaceSiblings(ToStd(parent), siblings);
  }

  void PlaceSiblings(std::string_view parent, const std::vector<SplitDirectory>& siblings) {
    // Training directories by their number. More than one means that they are training runs
    // ("train_1", "train_2"), each with the validation directory of its number.
    absl::flat_hash_map<std::string, size_t> trainings;
    size_t held_out = 0;
    for (const SplitDirectory& each : siblings) {
      if (each.split == Split::kTrain) trainings.try_emplace(each.number, each.directory);
      if (each.split == Split::kValidation) ++held_out;
    }
    const Directory* above = Find(parent);
    const bool parent_learns = above != nullptr && above->has_series;
    // "test1", "test2" and nothing else: somebody's trials.
    if (trainings.empty() && held_out == 0 && !parent_learns && siblings.size() > 1) return;
    for (const SplitDirectory& each : siblings) {
      Directory& directory = directories_[each.directory];
      const auto training = trainings.find(each.number);
      if (trainings.size() < 2) {
        Put(directory, parent, Placement::kSplitDirectory);
      } else if (training != trainings.end() && training->second != each.directory) {
        Put(directory, directories_[training->second].name, Placement::kSplitDirectory);
      }
    }
  }

  // "exp_train" beside "exp_val": both belong to "exp", whether that has files of its own or not.
  void PlaceSplitSuffixes() {
    absl::flat_hash_map<std::string, std::vector<SplitDirectory>> by_stem;
    for (size_t i = 0; i < directories_.size(); ++i) {
      const Directory& directory = directories_[i];
      if (!directory.home.empty()) continue;
      const size_t separator = directory.name.find_last_of("_-./");
      if (separator == std::string_view::npos || separator == 0 || directory.name[separator] == '/')
        continue;
      const Split split = SplitOfDirectory(directory.name.substr(separator + 1));
      if (!TagsAllow(directory, split) || directory.name[separator - 1] == '/') continue;
      by_stem[std::string(directory.name.substr(0, separator))].push_back(
          {.directory = i, .split = split});
    }
    PlacePairs(by_stem, Placement::kSplitSuffix);
  }

  // "train/exp" beside "val/exp": both belong to "exp".
  void PlaceSplitFolders() {
    absl::flat_hash_map<std::string, std::vector<SplitDirectory>> by_path;
    for (size_t i = 0; i < directories_.size(); ++i) {
      const Directory& directory = directories_[i];
      if (!directory.home.empty()) continue;
      // Only the nearest folders: names may have any number of components.
      std::string_view folder = ParentName(directory.name);
      for (int levels = 0; levels < 3 && folder != "."; ++levels, folder = ParentName(folder)) {
        const Split split = SplitOfDirectory(LastNameComponent(folder));
        if (!TagsAllow(directory, split)) continue;
        const std::string_view rest = directory.name.substr(folder.size() + 1);
        by_path[JoinName(ParentName(folder), rest)].push_back({.directory = i, .split = split});
        break;
      }
    }
    PlacePairs(by_path, Placement::kSplitFolder);
  }

  void PlacePairs(const absl::flat_hash_map<std::string, std::vector<SplitDirectory>>& by_home,
                  Placement placement) {
    for (const auto& [home, members] : by_home) {
      size_t trainings = 0;
      for (const SplitDirectory& each : members) trainings += each.split == Split::kTrain ? 1 : 0;
      if (trainings != 1 || members.size() < 2) continue;
      for (const SplitDirectory& each : members) Put(directories_[each.directory], home, placement);
    }
  }

  // A part of a part belongs to the whole: what add_scalars wrote below "exp/train" belongs to
  // "exp". A part's own parent has a shorter name and is therefore done before; what belongs to a
  // sibling ("val_2" to "train_2") ends there.
  void FollowParents() {
    for (Directory& directory : directories_) {
      if (directory.home.empty()) directory.home = directory.name;
    }
    for (Directory& directory : directories_) {
      const Directory* home = Find(directory.home);
      if (home != nullptr && home != &directory && home->name.size() < directory.name.size()) {
        directory.home = std::string(home->home);
      }
    }
  }

  const Experiment& experiment_;
  std::vector<Directory> directories_;
  Index index_;
};

}  // namespace

std::vector<Home> PlaceRuns(const Experiment& experiment, TagRoles& tags) {
  return Placer(experiment, tags).Place();
}

}  // namespace telltale::model
