#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "lib/base/glob.h"
#include "lib/base/str.h"
#include "lib/model/grouping_internal.h"
#include "lib/model/role_inference.h"
#include "lib/model/run_names.h"
#include "lib/model/training_run.h"

namespace telltale::model {
namespace {

// A training run with what FindGroups needs to know of it.
struct Placed {
  TrainingRun training_run = {};
  Home home = {};
};

void MergeParams(const Experiment& experiment, const std::vector<ParamOverride>& overrides,
                 TrainingRun& training_run) {
  absl::flat_hash_set<absl::string_view> seen;
  for (auto set = overrides.rbegin(); set != overrides.rend(); ++set) {
    if (!GlobMatches(set->run, training_run.name)) continue;
    if (seen.insert(ToAbsl(set->param.name)).second) training_run.params.push_back(set->param);
  }
  std::reverse(training_run.params.begin(), training_run.params.end());
  training_run.params_from_user = training_run.params.size();
  for (const size_t run : training_run.runs) {
    for (const Param& param : experiment.runs[run].params) {
      if (seen.insert(ToAbsl(param.name)).second) training_run.params.push_back(param);
    }
  }
}

void ListSeries(const Experiment& experiment, TrainingRun& training_run) {
  for (const size_t run : training_run.runs) {
    for (size_t series = 0; series < experiment.runs[run].series.size(); ++series) {
      training_run.series.push_back({.run = run, .series = series});
    }
  }
}

std::string_view PlacementReason(Placement placement) {
  switch (placement) {
    case Placement::kOwn:
      return "";
    case Placement::kSplitDirectory:
      return "directories named for a split belong to the directory that they stand in";
    case Placement::kSplitSuffix:
      return "the names differ only in the split at their end";
    case Placement::kSplitFolder:
      return "the paths differ only in the folder that names a split";
    case Placement::kAddScalars:
      return "add_scalars writes each curve of a chart into a directory of its own";
    case Placement::kHyperParameters:
      return "add_hparams writes hyper-parameters into a directory of its own";
  }
  return "";
}

// One sentence; each reason once, in the order of Placement.
std::string GroupedBecause(const std::vector<Home>& homes, const TrainingRun& training_run) {
  if (training_run.runs.size() == 1 && homes[training_run.runs[0]].placement == Placement::kOwn) {
    return "a run by itself";
  }
  std::vector<Placement> placements;
  for (const size_t run : training_run.runs) placements.push_back(homes[run].placement);
  std::sort(placements.begin(), placements.end());
  placements.erase(std::unique(placements.begin(), placements.end()), placements.end());
  std::string because;
  for (const Placement placement : placements) {
    const std::string_view reason = PlacementReason(placement);
    if (!reason.empty()) StrAppend(&because, because.empty() ? "" : "; ", reason);
  }
  return because.empty() ? "one directory holds them" : because;
}

// The directory that all runs of a training run share. Runs stand at or below it, so it is what is
// left of a run's path when the components below the home are cut off.
std::string SharedPath(const Experiment& experiment, const TrainingRun& training_run,
                       const Home& home) {
  const Run& first = experiment.runs[training_run.runs[0]];
  const std::string_view base = WithoutSession(first.name, first.session);
  const bool below =
      home.name == "." || base == home.name ||
      (base.starts_with(home.name) && base.substr(home.name.size()).starts_with("/"));
  if (first.path.empty())
    return home.name == "." ? experiment.path : StrCat(experiment.path, "/", home.name);
  if (training_run.runs.size() == 1 && base == home.name) return first.path;
  if (below) return StripPath(first.path, NameDepth(base) - NameDepth(home.name));
  // "r_train" and "r_val" share what they stand in.
  return StripPath(first.path, 1);
}

std::vector<Placed> CollectTrainingRuns(const Experiment& experiment,
                                        const std::vector<Home>& homes) {
  absl::flat_hash_map<std::pair<absl::string_view, uint32_t>, size_t> index;
  std::vector<Placed> placed;
  for (size_t run = 0; run < experiment.runs.size(); ++run) {
    const Home& home = homes[run];
    if (home.name.empty()) continue;
    const auto [entry, is_new] =
        index.try_emplace({ToAbsl(home.name), home.session}, placed.size());
    if (is_new) placed.push_back({.training_run = {}, .home = home});
    placed[entry->second].training_run.runs.push_back(run);
  }
  return placed;
}

// Names must be unique: a directory may be named like the path that it stands in ("logs/logs"), or
// like a session ("a#1").
void NameTrainingRuns(std::string_view root, std::vector<Placed>& placed) {
  absl::flat_hash_set<std::string> taken;
  const auto set_name = [&](Placed& each, std::string name) {
    for (int n = 2; !taken.insert(name).second; ++n) name = StrCat(each.home.name, " (", n, ")");
    each.training_run.name = std::move(name);
  };
  const auto suffixed = [](std::string_view name, uint32_t session) {
    return session == 0 ? std::string(name) : StrCat(name, "#", session);
  };
  // What has a name in the log keeps it; the root, which is named after its path, gives way.
  for (Placed& each : placed) {
    if (each.home.name != ".") set_name(each, suffixed(each.home.name, each.home.session));
  }
  for (Placed& each : placed) {
    if (each.home.name == ".") set_name(each, suffixed(root, each.home.session));
  }
  std::sort(placed.begin(), placed.end(), [](const Placed& a, const Placed& b) {
    return a.training_run.name < b.training_run.name;
  });
}

std::vector<Home> EachByItself(const Experiment& experiment) {
  std::vector<Home> homes;
  for (const Run& run : experiment.runs) {
    if (run.written_by_telltale) {
      homes.emplace_back();
      continue;
    }
    const std::string_view base = WithoutSession(run.name, run.session);
    homes.push_back({.name = std::string(base.empty() ? "." : base), .session = run.session});
  }
  return homes;
}

}  // namespace

const Role& TagRoles::Of(std::string_view tag) {
  std::unique_ptr<const Role>& role = roles_[ToAbsl(tag)];
  if (role == nullptr) role = std::make_unique<const Role>(InferRoleOfTag(tag));
  return *role;
}

Grouping GroupRuns(const Experiment& experiment, const GroupingOptions& options) {
  TagRoles tags;
  std::vector<Home> homes = options.group ? PlaceRuns(experiment, tags) : EachByItself(experiment);
  if (options.group) PlaceSessions(experiment, homes);

  const std::string root = NameOfPath(experiment.path);
  std::vector<Placed> placed = CollectTrainingRuns(experiment, homes);
  NameTrainingRuns(root, placed);

  Grouping grouping;
  std::vector<std::string> signatures;
  for (Placed& each : placed) {
    TrainingRun& training_run = each.training_run;
    training_run.home = each.home.name;
    training_run.session = each.home.session;
    training_run.path = SharedPath(experiment, training_run, each.home);
    training_run.grouped_because =
        options.group ? GroupedBecause(homes, training_run) : "grouping is switched off";
    ListSeries(experiment, training_run);
    MergeParams(experiment, options.params, training_run);
    AssignRoles(experiment, options.roles, tags, training_run);
    if (options.group) signatures.push_back(RoleSignature(training_run));
    grouping.training_runs.push_back(std::move(training_run));
  }
  if (options.group) {
    grouping.groups = FindGroups(grouping.training_runs, signatures, experiment.path);
  }
  return grouping;
}

}  // namespace telltale::model
