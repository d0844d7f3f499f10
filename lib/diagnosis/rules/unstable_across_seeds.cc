#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "absl/strings/str_format.h"
#include "lib/base/str.h"
#include "lib/diagnosis/context.h"
#include "lib/diagnosis/wording.h"

namespace telltale::diagnosis::rules {
namespace {

constexpr ParamSpec kSpread{"spread", 0.4, 0.05, 5,
                            "range of the final losses of the runs over their median"};
constexpr ParamSpec kOfFall{"of-fall", 0.15, 0.01, 1,
                            "the same range as a share of the fall of the best run"};
constexpr ParamSpec kParams[] = {kSpread, kOfFall};

struct Final {
  std::string name = {};
  double loss = 0;
  double start = 0;
};

std::vector<Final> Finals(const GroupView& group) {
  std::vector<Final> out;
  for (const GroupMember& member : group.members) {
    const MemberFacts& facts = member.facts;
    const LevelFacts& level = facts.validation.n >= 3 ? facts.validation : facts.train;
    if (level.n < 3) continue;
    // The best level, so that overfitting at the end does not count as instability.
    out.push_back({.name = member.name, .loss = level.min, .start = facts.train.start});
  }
  return out;
}

void Check(Context& ctx) {
  const GroupView& group = ctx.group();
  if (group.kind != model::GroupKind::kSeeds) return;
  const std::vector<Final> finals = Finals(group);
  if (finals.size() < 3) return ctx.NotAssessable("needs 3 runs with a loss");
  std::vector<double> losses, starts;
  for (const Final& f : finals) {
    losses.push_back(f.loss);
    starts.push_back(f.start);
  }
  const auto [best, worst] = std::minmax_element(losses.begin(), losses.end());
  const double median = Median(losses);
  const double range = *worst - *best;
  const double fall = Median(starts) - *best;
  if (range < ctx.param(kSpread) * std::abs(median) || range < ctx.param(kOfFall) * std::abs(fall))
    return;
  Finding finding{.severity = Severity::kError};
  finding.confidence = Grade(0.65, 0.95, Strength(range / std::abs(median), ctx.param(kSpread), 4));
  std::string listed;
  for (const Final& f : finals)
    StrAppend(&listed, listed.empty() ? "" : ", ", f.name, " ", Num(f.loss));
  finding.summary =
      absl::StrFormat("Runs that differ in nothing but the seed end far apart, from %s to %s (%s).",
                      Num(*best), Num(*worst), listed);
  finding.evidence = {
      {.name = "range", .value = range},
      {.name = "range_over_median", .value = 100 * range / std::abs(median), .unit = "%"},
      {.name = "range_over_fall", .value = 100 * range / std::abs(fall), .unit = "%"},
      {.name = "runs", .value = static_cast<double>(finals.size())}};
  finding.remedies = {
      "Take out an activation before the softmax (ReLU there throws away half of the information); "
      "hidden layers ReLU or tanh, output softmax, sigmoid or linear.",
      "Initialise with He or Glorot, normalise inputs, add batch or layer normalisation.",
      "Lower the learning rate 3 times and add warm-up; clip gradients.",
      "Until then report the median of at least 5 seeds, never the best one.",
  };
  finding.ruled_out = {"Hyper-parameters: none but the seed differs in the logs."};
  finding.alternatives = {
      "Settings that are not logged differ between the runs: compare their code and "
      "configuration."};
  ctx.Report(std::move(finding));
}

}  // namespace

extern constinit const Rule unstable_across_seeds{
    .id = "unstable-across-seeds",
    .severity = Severity::kError,
    .scope = Scope::kGroup,
    .summary = "runs that differ only in the seed end far apart",
    .doc = R"(## What it finds
Three or more runs of one configuration whose best losses span more than 40 % of their median and a fair part of the whole fall.
## Why it matters
Whether a run works is luck, so no single run says anything about the configuration.
## What to try
No activation before the softmax, He or Glorot initialisation, normalisation, a lower learning rate with warm-up; report medians of 5 seeds.
## Known limits
Differences that are not logged (code, data) look like luck.
)",
    .params = kParams,
    .check = Check,
};

}  // namespace telltale::diagnosis::rules
