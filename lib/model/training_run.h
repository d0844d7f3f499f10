// What a person calls "a run": one or more runs that belong together. Diagnosis is about training
// runs. Grouping rules: the "Grouping" section of docs/architecture.md.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "lib/model/experiment.h"
#include "lib/model/params.h"

namespace telltale::model {

// Points into an Experiment, which must outlive it.
struct SeriesRef {
  size_t run = 0;     // index into Experiment::runs
  size_t series = 0;  // index into Run::series
  Role role =
      {};  // with the split that the run's name adds; this, not Series::role, is the one to use
  bool role_from_user = false;  // --role or telltale.yaml says so, it is not inferred
};

struct TrainingRun {
  std::string name =
      {};  // relative to the path read; its last component where the path itself is one
  std::string path =
      {};  // the directory or file that all of its runs share, as the user would type it
  // Where it stands below the path read: '/'-separated, "." for the path itself. No directory need
  // have this name ("r" of "r_train" and "r_val"), and the sessions of one directory share it.
  std::string home = {};
  uint32_t session = 0;                // 1, 2, ... where `home` holds several; else 0
  std::vector<size_t> runs = {};       // indices into Experiment::runs
  std::vector<SeriesRef> series = {};  // in the order of runs, then series
  // What the user set, in that order, then those of all its runs; the first value of a name wins.
  std::vector<Param> params = {};
  size_t params_from_user = 0;       // how many of them are the user's
  std::string grouped_because = {};  // one sentence for `inspect`
};

enum class GroupKind { kSeeds, kSweep };

// Three or more training runs that are meant to be compared.
struct Group {
  std::string name = {};
  GroupKind kind = GroupKind::kSeeds;
  std::vector<size_t> training_runs = {};   // indices into Grouping::training_runs
  std::vector<std::string> differing = {};  // names of the parameters that differ
  std::string grouped_because = {};
};

struct Grouping {
  std::vector<TrainingRun> training_runs = {};  // sorted by name
  std::vector<Group> groups = {};               // sorted by name
};

// A user's word on one tag (or "run:tag"), from --role or telltale.yaml.
struct RoleOverride {
  std::string tag = {};
  Role role = {};
};

struct GroupingOptions {
  bool group = true;  // false (--no-group): every run is a training run, and there are no groups
  std::vector<RoleOverride> roles = {};
  std::vector<ParamOverride> params = {};  // where two speak of one name, the last wins
};

// Infers roles and groups the runs of `experiment`. Runs that Telltale wrote are left out.
// Deterministic: depends on names and contents only. Never fails; what it cannot place has the role
// "unknown" and stands alone.
Grouping GroupRuns(const Experiment& experiment, const GroupingOptions& options = {});

// What training runs must have in common to be compared: the roles of what was logged of learning,
// as one string.
std::string RoleSignature(const TrainingRun& training_run);

// The groups among training runs that GroupRuns found part by part. Of each, name, home, session
// and parameters are looked at; `signatures` are theirs (RoleSignature). `path` is the one that was
// read.
std::vector<Group> FindGroups(const std::vector<TrainingRun>& training_runs,
                              const std::vector<std::string>& signatures, const std::string& path);

}  // namespace telltale::model
