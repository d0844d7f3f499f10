// Groups of training runs: seeds of one configuration, and sweeps.
#include <algorithm>
#include <cstddef>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "lib/base/str.h"
#include "lib/model/grouping_internal.h"
#include "lib/model/role_inference.h"
#include "lib/model/run_family.h"
#include "lib/model/run_names.h"

namespace telltale::model {
namespace {

constexpr size_t kFewestMembers = 3;
// How far above a training run's own directory the differing component may stand:
// "seed0/lightning_logs/version_0".
constexpr size_t kHighestLevel = 3;

// Training runs whose names differ in the numbers of one component.
struct Family {
  std::string parent = {};             // "." for the root
  std::string pattern = {};            // of the differing component: "seed*"
  std::vector<size_t> members = {};    // indices of training runs
  std::vector<MaskedName> masks = {};  // of the members
};

class FamilyFinder {
 public:
  FamilyFinder(const std::vector<TrainingRun>& training_runs,
               const std::vector<std::string>& signatures, std::string_view root)
      : training_runs_(training_runs),
        signatures_(signatures),
        root_(root),
        grouped_(training_runs.size(), false) {
    for (const TrainingRun& each : training_runs) names_.push_back(each.home);
    std::sort(names_.begin(), names_.end());
  }

  std::vector<Group> Find() {
    std::vector<Group> groups;
    for (size_t level = 0; level <= kHighestLevel; ++level) {
      for (const Family& family : FamiliesAt(level)) {
        if (IsGroup(family)) groups.push_back(MakeGroup(family));
      }
    }
    MakeNamesUnique(groups);
    std::sort(groups.begin(), groups.end(),
              [](const Group& a, const Group& b) { return a.name < b.name; });
    return groups;
  }

 private:
  // How many training runs stand below `directory`, itself not counted.
  size_t CountBelow(std::string_view directory) const {
    if (directory == ".")
      return names_.size() - (std::binary_search(names_.begin(), names_.end(), ".") ? 1 : 0);
    const auto begin = std::lower_bound(names_.begin(), names_.end(), StrCat(directory, "/"));
    const auto end =
        std::lower_bound(begin, names_.end(), StrCat(directory, "0"));  // '0' follows '/'
    return static_cast<size_t>(end - begin);
  }

  // Families whose differing component is the `level`th from the end. Sorted, so that nothing
  // depends on hashing.
  std::vector<Family> FamiliesAt(size_t level) {
    absl::flat_hash_map<std::string, size_t> index;
    std::vector<Family> families;
    for (size_t i = 0; i < training_runs_.size(); ++i) {
      if (grouped_[i] || training_runs_[i].home == "." || training_runs_[i].session > 0) continue;
      std::string_view differing = training_runs_[i].home;
      for (size_t up = 0; up < level && differing != "."; ++up) differing = ParentName(differing);
      if (differing == "." || LastNameComponent(differing).empty()) continue;
      MaskedName mask = MaskName(LastNameComponent(differing));
      if (mask.numbers.empty()) continue;
      // Above its own directory a name speaks for a training run only where there is no other.
      if (level > 0 && CountBelow(differing) != 1) continue;
      const std::string_view parent = ParentName(differing);
      const std::string_view below =
          std::string_view(training_runs_[i].home).substr(differing.size());
      // A component holds no slash, so the parts cannot run into each other; a name may hold an
      // asterisk of its own.
      const auto [entry, is_new] = index.try_emplace(
          StrCat(mask.numbers.size(), "/", parent, "/", mask.pattern, "//", below),
          families.size());
      if (is_new) families.push_back({.parent = std::string(parent), .pattern = mask.pattern});
      families[entry->second].members.push_back(i);
      families[entry->second].masks.push_back(std::move(mask));
    }
    return families;
  }

  // Same roles, and something to compare; a name that is a time is no evidence of a repetition
  // unless the log says with which hyper-parameters.
  bool IsGroup(const Family& family) const {
    if (family.members.size() < kFewestMembers) return false;
    const std::string& first = signatures_[family.members[0]];
    if (first.empty()) return false;
    for (size_t i = 0; i < family.members.size(); ++i) {
      const TrainingRun& training_run = training_runs_[family.members[i]];
      if (family.masks[i].timestamp && training_run.params.empty()) return false;
      if (signatures_[family.members[i]] != first) return false;
    }
    return true;
  }

  // Names of the hyper-parameters that are not the same in all members; one that a member lacks
  // differs.
  std::vector<std::string> DifferingParams(const Family& family) const {
    struct Seen {
      const ParamValue* value = nullptr;
      size_t count = 0;
      bool differs = false;
    };
    std::map<std::string_view, Seen> params;
    for (const size_t member : family.members) {
      for (const Param& param : training_runs_[member].params) {
        Seen& seen = params[param.name];
        if (seen.value == nullptr) seen.value = &param.value;
        seen.differs = seen.differs || *seen.value != param.value;
        ++seen.count;
      }
    }
    std::vector<std::string> differing;
    for (const auto& [name, seen] : params) {
      if ((seen.differs || seen.count != family.members.size()) && !IsSeedLike(name))
        differing.emplace_back(name);
    }
    return differing;
  }

  // Names of hyper-parameters that the runs' names give themselves: "lr_0.1", "lr_0.01".
  std::vector<std::string> DifferingWords(const Family& family) const {
    std::vector<std::string> words;
    const MaskedName& first = family.masks[0];
    for (size_t slot = 0; slot < first.numbers.size(); ++slot) {
      if (!IsHyperParameterWord(first.words[slot])) continue;
      const bool differs = std::any_of(
          family.masks.begin(), family.masks.end(),
          [&](const MaskedName& mask) { return mask.numbers[slot] != first.numbers[slot]; });
      if (differs) words.push_back(first.words[slot]);
    }
    return words;
  }

  Group MakeGroup(const Family& family) {
    Group group;
    group.differing = DifferingParams(family);
    if (group.differing.empty()) group.differing = DifferingWords(family);
    group.kind = group.differing.empty() ? GroupKind::kSeeds : GroupKind::kSweep;
    // Alone under its parent a family bears the parent's name.
    const bool alone = CountBelow(family.parent) == family.members.size();
    group.name = alone ? (family.parent == "." ? std::string(root_) : family.parent)
                       : JoinName(family.parent, family.pattern);
    group.training_runs = family.members;
    for (const size_t member : family.members) grouped_[member] = true;
    group.grouped_because = StrCat(
        "the names differ only in the numbers of ", family.pattern, " and the roles are the same; ",
        group.kind == GroupKind::kSeeds ? "no hyper-parameter differs but a seed"
                                        : "hyper-parameters differ");
    return group;
  }

  static void MakeNamesUnique(std::vector<Group>& groups) {
    std::set<std::string> taken;
    for (Group& group : groups) {
      const std::string name = group.name;
      for (int n = 2; !taken.insert(group.name).second; ++n)
        group.name = StrCat(name, " (", n, ")");
    }
  }

  const std::vector<TrainingRun>& training_runs_;
  const std::vector<std::string>& signatures_;
  std::string_view root_;
  std::vector<bool> grouped_;
  std::vector<std::string> names_;  // of the homes, sorted
};

}  // namespace

// How long it took is no role of learning.
std::string RoleSignature(const TrainingRun& training_run) {
  std::set<std::string> roles;
  for (const SeriesRef& ref : training_run.series) {
    const Role& role = ref.role;
    if (role.quantity == Quantity::kTime || role.quantity == Quantity::kOther ||
        role.quantity == Quantity::kEpoch)
      continue;
    roles.insert(StrCat(SplitName(role.split), ":", QuantityName(role.quantity), ":", role.name));
  }
  std::string signature;
  for (const std::string& role : roles) StrAppend(&signature, role, "\n");
  return signature;
}

std::vector<Group> FindGroups(const std::vector<TrainingRun>& training_runs,
                              const std::vector<std::string>& signatures, const std::string& path) {
  return FamilyFinder(training_runs, signatures, NameOfPath(path)).Find();
}

}  // namespace telltale::model
