#include "lib/convert/fit_names.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <numeric>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "lib/base/str.h"

namespace telltale::convert {
namespace {

// The names given out so far.
class Taken {
 public:
  explicit Taken(const NameRules& rules) : rules_(rules) {}

  bool IsFree(const std::string& name) const {
    if (names_.contains(name)) return false;
    if (!rules_.are_paths) return true;
    if (directories_.contains(name)) return false;
    bool free = true;
    ForEachDirectory(name, [&](std::string_view directory) {
      free = free && !names_.contains(ToAbsl(directory));
    });
    return free;
  }

  void Take(const std::string& name) {
    names_.insert(name);
    if (!rules_.are_paths) return;
    ForEachDirectory(name, [&](std::string_view directory) { directories_.emplace(directory); });
  }

 private:
  template <typename Visit>
  static void ForEachDirectory(std::string_view name, Visit visit) {
    for (size_t at = name.find('/'); at != std::string_view::npos; at = name.find('/', at + 1)) {
      visit(name.substr(0, at));
    }
  }

  const NameRules& rules_;
  absl::flat_hash_set<std::string> names_;
  absl::flat_hash_set<std::string> directories_;
};

// Gives out names that are free and near to what is wanted.
class Namer {
 public:
  explicit Namer(const NameRules& rules) : rules_(rules), taken_(rules) {}

  std::string Give(const std::string& wanted) {
    std::string name = wanted;
    if (!taken_.IsFree(name)) {
      uint64_t& n = next_.try_emplace(wanted, 2).first->second;
      do name = Numbered(wanted, n++);
      while (!taken_.IsFree(name));
    }
    taken_.Take(name);
    return name;
  }

 private:
  // A format may cut long names, and with them a number at their end: then it goes to a shorter
  // beginning.
  std::string Numbered(std::string stem, uint64_t n) const {
    const std::string suffix = StrCat("_", n);
    std::string name = StrCat(stem, suffix);
    while (!stem.empty() && rules_.fit(name) != name) {
      stem.resize(stem.size() - std::min(stem.size(), suffix.size()));
      name = StrCat(stem, suffix);
    }
    return rules_.fit(name);
  }

  const NameRules& rules_;
  Taken taken_;
  absl::flat_hash_map<std::string, uint64_t> next_;  // where to go on counting
};

}  // namespace

std::vector<std::string> FitNames(const std::vector<std::string>& names, const NameRules& rules) {
  std::vector<std::string> fitted(names.size());
  std::vector<size_t> order(names.size());
  std::iota(order.begin(), order.end(), size_t{0});
  const auto stays = [&](size_t i) { return fitted[i] == names[i]; };
  for (size_t i = 0; i < names.size(); ++i) fitted[i] = rules.fit(names[i]);
  std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) {
    if (stays(a) != stays(b)) return stays(a);
    // Deeper paths first, so that it is "loss" which gives way to "loss/x".
    return rules.are_paths && std::count(fitted[a].begin(), fitted[a].end(), '/') >
                                  std::count(fitted[b].begin(), fitted[b].end(), '/');
  });
  Namer namer(rules);
  for (const size_t i : order) fitted[i] = namer.Give(fitted[i]);
  return fitted;
}

}  // namespace telltale::convert
