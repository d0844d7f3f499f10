// Several training runs in one directory: which session of `validation/` belongs to which of
// `train/`.
#include <algorithm>
#include <cstddef>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "lib/base/str.h"
#include "lib/model/grouping_internal.h"
#include "lib/model/role_inference.h"
#include "lib/model/run_names.h"

namespace telltale::model {
namespace {

// The sessions of one directory, in order.
struct Sessions {
  std::string_view directory = {};
  std::vector<size_t> runs = {};
};

// Seconds that two runs were written at the same time; less than zero is minus the gap between
// them.
double Overlap(const Run& a, const Run& b) {
  return std::min(a.last_wall_time, b.last_wall_time) -
         std::max(a.first_wall_time, b.first_wall_time);
}

size_t MostOverlapping(const Experiment& experiment, const Run& run,
                       const std::vector<size_t>& candidates) {
  size_t best = 0;
  for (size_t i = 1; i < candidates.size(); ++i) {
    if (Overlap(run, experiment.runs[candidates[i]]) >
        Overlap(run, experiment.runs[candidates[best]]))
      best = i;
  }
  return best;
}

// The directory that says how many sessions there are: the most, and among equals the one that
// trains.
const Sessions& Reference(const std::vector<Sessions>& directories) {
  const auto rank = [](const Sessions& each) {
    return std::pair(each.runs.size(), SplitOfRun(each.directory) == Split::kTrain);
  };
  return *std::max_element(directories.begin(), directories.end(),
                           [&](const Sessions& a, const Sessions& b) { return rank(a) < rank(b); });
}

void PlaceHome(const Experiment& experiment, const std::vector<Sessions>& directories,
               std::vector<Home>& homes) {
  const Sessions& reference = Reference(directories);
  if (reference.runs.size() < 2) return;
  for (const Sessions& each : directories) {
    const bool in_step = each.runs.size() == reference.runs.size();
    for (size_t i = 0; i < each.runs.size(); ++i) {
      const size_t session =
          in_step ? i : MostOverlapping(experiment, experiment.runs[each.runs[i]], reference.runs);
      homes[each.runs[i]].session = static_cast<uint32_t>(session + 1);
    }
  }
}

}  // namespace

void PlaceSessions(const Experiment& experiment, std::vector<Home>& homes) {
  // Only homes that hold a session at all.
  absl::flat_hash_map<absl::string_view, std::vector<size_t>> by_home;
  for (size_t i = 0; i < homes.size(); ++i) {
    if (!homes[i].name.empty() && experiment.runs[i].session > 0)
      by_home.try_emplace(ToAbsl(homes[i].name));
  }
  if (by_home.empty()) return;
  for (size_t i = 0; i < homes.size(); ++i) {
    const auto found = by_home.find(ToAbsl(homes[i].name));
    if (found != by_home.end()) found->second.push_back(i);
  }
  for (auto& [home, runs] : by_home) {
    // Names sort "a#10" before "a#2".
    const auto key = [&](size_t i) {
      const Run& run = experiment.runs[i];
      return std::pair(WithoutSession(run.name, run.session), run.session);
    };
    std::sort(runs.begin(), runs.end(), [&](size_t a, size_t b) { return key(a) < key(b); });
    std::vector<Sessions> directories;
    for (const size_t run : runs) {
      const std::string_view directory = key(run).first;
      if (directories.empty() || directories.back().directory != directory)
        directories.push_back({.directory = directory});
      directories.back().runs.push_back(run);
    }
    PlaceHome(experiment, directories, homes);
  }
}

}  // namespace telltale::model
