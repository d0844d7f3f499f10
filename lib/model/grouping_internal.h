// The steps of GroupRuns, each in a file of its own.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "lib/model/experiment.h"
#include "lib/model/training_run.h"

namespace telltale::model {

// InferRoleOfTag, asked once for each distinct tag: thousands of runs share a handful of tags.
class TagRoles {
 public:
  // `tag` must outlive this.
  const Role& Of(std::string_view tag);

 private:
  absl::flat_hash_map<absl::string_view, std::unique_ptr<const Role>> roles_;
};

// Why a run stands in the training run that it stands in.
enum class Placement : uint8_t {
  kOwn,
  kSplitDirectory,   // "r/train"
  kSplitSuffix,      // "r_train" beside "r_val"
  kSplitFolder,      // "train/r" beside "val/r"
  kAddScalars,       // "r/Loss_train"
  kHyperParameters,  // "r/1700000000.123"
};

// Where a run belongs.
struct Home {
  std::string name = {};  // of the training run: relative, "." for the path itself, without session
  uint32_t session = 0;   // of the training run; 0 where it has only one
  Placement placement = Placement::kOwn;
};

// The homes of experiment.runs, by index; those of runs that Telltale wrote have no name. Sessions
// are not told apart yet.
std::vector<Home> PlaceRuns(const Experiment& experiment, TagRoles& tags);

// Sets Home::session where the runs of one home hold several sessions: directories with the same
// number of sessions are taken in their order, others go where they overlap in time.
void PlaceSessions(const Experiment& experiment, std::vector<Home>& homes);

// Sets the roles of training_run.series: each by its names, then all in the light of each other
// (ReconcileRoles), and over all the user's word.
void AssignRoles(const Experiment& experiment, const std::vector<RoleOverride>& overrides,
                 TagRoles& tags, TrainingRun& training_run);

// A series as the others of its training run see it.
struct RoleInContext {
  Role role = {};
  size_t points = 0;
  bool user_set = false;  // stays as it is
};

// Makes the roles of one training run agree with each other.
void ReconcileRoles(std::vector<RoleInContext>& series);

}  // namespace telltale::model
