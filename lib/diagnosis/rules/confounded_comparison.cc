#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_format.h"
#include "lib/base/str.h"
#include "lib/diagnosis/context.h"
#include "lib/diagnosis/group_params.h"
#include "lib/diagnosis/stats.h"
#include "lib/diagnosis/wording.h"

namespace telltale::diagnosis::rules {
namespace {

constexpr ParamSpec kDiffering{"differing", 2, 2, 100,
                               "hyper-parameters in which any two runs differ, at least"};
constexpr ParamSpec kParams[] = {kDiffering};

constexpr size_t kMostRuns = 500;

std::vector<std::string> Texts(const GroupMember& member, const std::vector<std::string>& names) {
  std::vector<std::string> texts;
  texts.reserve(names.size());
  for (const std::string& name : names) texts.push_back(ParamText(member, name).value_or(""));
  return texts;
}

// The fewest parameters in which two runs differ, ignoring runs that are equal. With one parameter
// masked at a time, runs that differ in it alone fall together: n log n for each parameter.
bool HasCleanPair(const std::vector<std::vector<std::string>>& runs) {
  for (size_t masked = 0; masked < runs.front().size(); ++masked) {
    std::map<std::vector<std::string>, std::string> seen;
    for (std::vector<std::string> run : runs) {
      const std::string value = std::exchange(run[masked], "");
      const auto [entry, is_new] = seen.try_emplace(std::move(run), value);
      if (!is_new && entry->second != value) return true;
    }
  }
  return false;
}

void Check(Context& ctx) {
  const GroupView& group = ctx.group();
  if (group.kind != model::GroupKind::kSweep || group.members.size() > kMostRuns) return;
  if (static_cast<double>(group.differing.size()) < ctx.param(kDiffering)) return;
  std::vector<std::vector<std::string>> runs;
  for (const GroupMember& member : group.members) {
    runs.push_back(Texts(member, group.differing));
  }
  if (runs.size() < 2 || HasCleanPair(runs)) return;
  std::string listed;
  for (const std::string& name : group.differing) {
    StrAppend(&listed, listed.empty() ? "" : ", ", name);
  }
  Finding finding{.severity = Severity::kInfo, .confidence = 0.85};
  finding.summary = absl::StrFormat(
      "No two of the %d runs differ in one hyper-parameter only (%s): what made the difference "
      "cannot be told.",
      runs.size(), listed);
  finding.evidence = {
      {.name = "differing_parameters", .value = static_cast<double>(group.differing.size())},
      {.name = "runs", .value = static_cast<double>(runs.size())}};
  finding.remedies = {
      "Change one hyper-parameter at a time from the best run on, the learning rate first.",
      "Or keep the random search, and run enough of it (20 and more) for a fit over all."};
  finding.alternatives = {"A random search on purpose: then compare by a model, not by pairs."};
  ctx.Report(std::move(finding));
}

}  // namespace

extern constinit const Rule confounded_comparison{
    .id = "confounded-comparison",
    .severity = Severity::kInfo,
    .scope = Scope::kGroup,
    .summary = "all runs of a sweep differ in several hyper-parameters at once",
    .doc = R"(## What it finds
A sweep with two or more differing hyper-parameters in which no pair of runs differs in exactly one.
## Why it matters
A gain cannot be put down to any of them.
## What to try
One change at a time from the best run on.
## Known limits
Random search does this on purpose. Parameters that are not logged are not seen.
)",
    .params = kParams,
    .check = Check,
};

}  // namespace telltale::diagnosis::rules
