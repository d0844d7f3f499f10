#include <algorithm>

#include "lib/diagnosis/rule.h"

namespace telltale::diagnosis {

namespace rules {
#define X(stem) extern constinit const Rule stem;
#include "lib/diagnosis/rule_list.inc"
#undef X
}  // namespace rules

namespace {

// Sorted by file stem, which sorts as the ids do: '_' stands for '-', and both sort before letters
// only as long as no stem is a prefix of another followed by a digit. The test about all rules
// checks the order.
constexpr const Rule* kRules[] = {
#define X(stem) &rules::stem,
#include "lib/diagnosis/rule_list.inc"
#undef X
};

}  // namespace

std::span<const Rule* const> AllRules() { return kRules; }

const Rule* FindRule(std::string_view id) {
  const auto* const found = std::find_if(std::begin(kRules), std::end(kRules),
                                         [id](const Rule* rule) { return rule->id == id; });
  return found == std::end(kRules) ? nullptr : *found;
}

}  // namespace telltale::diagnosis
