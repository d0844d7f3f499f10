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

constexpr ParamSpec kLeft{"left", 0.3, 0.01, 0.95,
                          "share of its first training loss that every run has left"};
constexpr ParamSpec kParams[] = {kLeft};

// The run shows that the model can fit the data.
bool Fits(const GroupMember& member, double left) {
  for (const std::string_view id : {"overfitting", "memorised", "generalization-gap"}) {
    if (HasFinding(member, id)) return true;
  }
  const LevelFacts& train = member.facts.train;
  return train.n < 3 || train.start <= 0 || train.min <= 0 || train.min < left * train.start;
}

void Check(Context& ctx) {
  const GroupView& group = ctx.group();
  if (group.members.size() < 3) return;
  double lowest = 1;
  for (const GroupMember& member : group.members) {
    if (Fits(member, ctx.param(kLeft))) return;
    lowest = std::min(lowest, member.facts.train.min / member.facts.train.start);
  }
  Finding finding{.severity = Severity::kInfo, .confidence = 0.6};
  finding.summary = absl::StrFormat(
      "None of the %d runs fits its training data (the best has %s of its first loss left): "
      "whether "
      "the model could is not known.",
      group.members.size(), Percent(lowest));
  finding.evidence = {{.name = "least_loss_left", .value = 100 * lowest, .unit = "%"},
                      {.name = "runs", .value = static_cast<double>(group.members.size())}};
  finding.remedies = {
      "First train a model that overfits, as a baseline: no dropout, no weight decay, no "
      "augmentation, on a few hundred examples.",
      "Then add a trivial baseline (the largest class, the mean) to know what a score is worth.",
      "Regularise and tune from there, one change at a time."};
  finding.alternatives = {"A task whose loss has a high floor (noise, entropy of text)."};
  ctx.Report(std::move(finding));
}

constexpr std::string_view kExplainedBy[] = {"unstable-across-seeds"};

}  // namespace

extern constinit const Rule no_baseline{
    .id = "no-baseline",
    .severity = Severity::kInfo,
    .scope = Scope::kGroup,
    .summary = "no run of the group fits its own training data",
    .doc = R"(## What it finds
Three or more runs of which each has at least 30 % of its first training loss left and none overfits.
## Why it matters
Before one regularises one should know that the model can fit the data: first overfit, then generalise.
## What to try
An overfitted baseline on little data without regularisation; a trivial one beside it.
## Known limits
Losses with a high floor never get that low.
)",
    .params = kParams,
    .explained_by = kExplainedBy,
    .check = Check,
};

}  // namespace telltale::diagnosis::rules
