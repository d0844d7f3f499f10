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

constexpr ParamSpec kPairs{"pairs", 2, 1, 1000,
                           "pairs of runs that differ in nothing but it, at least"};
constexpr ParamSpec kParams[] = {kPairs};

bool IsRegularizer(std::string_view name) {
  const std::string plain = PlainName(name);
  for (const std::string_view word :
       {"dropout", "dropoutrate", "drop", "droprate", "weightdecay", "wd", "l2", "l1",
        "labelsmoothing", "mixup", "mixupalpha", "dropprob", "droppath", "stochasticdepth"}) {
    if (plain == word) return true;
  }
  return false;
}

// Differences of the score, higher value less lower value of `name`, over runs that agree in all
// else.
std::vector<double> Differences(const GroupView& group, const std::vector<RunScore>& scores,
                                const std::string& name) {
  std::map<std::vector<std::string>, std::vector<std::pair<double, double>>> alike;
  for (size_t i = 0; i < group.members.size(); ++i) {
    const auto value = ParamNumber(group.members[i], name);
    if (!value) return {};
    std::vector<std::string> rest;
    for (const std::string& other : group.differing) {
      if (other != name) rest.push_back(ParamText(group.members[i], other).value_or(""));
    }
    alike[rest].emplace_back(*value, scores[i].value);
  }
  std::vector<double> differences;
  for (auto& [rest, runs] : alike) {
    std::sort(runs.begin(), runs.end());
    for (size_t i = 1; i < runs.size(); ++i) {
      if (runs[i].first > runs[i - 1].first) {
        differences.push_back(runs[i].second - runs[i - 1].second);
      }
    }
  }
  return differences;
}

void Check(Context& ctx) {
  const GroupView& group = ctx.group();
  if (group.kind != model::GroupKind::kSweep) return;
  const std::vector<RunScore> scores = ScoresOf(group);
  if (scores.size() < 3) return;
  for (const std::string& name : group.differing) {
    if (!IsRegularizer(name)) continue;
    const std::vector<double> differences = Differences(group, scores, name);
    if (differences.empty() || static_cast<double>(differences.size()) < ctx.param(kPairs))
      continue;
    const auto n = static_cast<double>(differences.size());
    const double mean = Mean(differences);
    double squares = 0;
    for (const double d : differences) squares += (d - mean) * (d - mean);
    const double error = n > 1 ? std::sqrt(squares / (n - 1) / n) : std::abs(mean);
    const double half = (n > 5 ? 2.3 : n > 2 ? 3.5 : 12.7) * error;
    const bool shown = std::abs(mean) > half;
    const double sign = scores.front().sign;
    Finding finding{.severity = Severity::kInfo};
    finding.confidence = shown ? 0.8 : 0.55;
    finding.summary = absl::StrFormat(
        "More %s changes the best %s by %s on average over %d pairs that differ in nothing else: "
        "%s.",
        name, scores.front().name, Num(sign * mean), differences.size(),
        !shown     ? "no effect is shown"
        : mean < 0 ? "it helps"
                   : "it hurts");
    finding.evidence = {{.name = "effect",
                         .value = sign * mean,
                         .low = sign * mean - half,
                         .high = sign * mean + half},
                        {.name = "pairs", .value = n}};
    finding.remedies = {
        !shown ? "Repeat the pairs with other seeds before keeping or dropping it."
        : mean < 0
            ? absl::StrFormat("Keep it, and try more of it (dropout up to 0.5, weight decay up to "
                              "1e-2).")
            : "Lower it, or leave it out: the model is not limited by overfitting.",
        "Judge it by the metric, as here; a single loss curve does not show it."};
    finding.alternatives = {"Chance between seeds, where each pair was run once."};
    ctx.Report(std::move(finding));
  }
}

}  // namespace

extern constinit const Rule regularizer_effect{
    .id = "regularizer-effect",
    .severity = Severity::kInfo,
    .scope = Scope::kGroup,
    .summary = "what dropout, weight decay or another regulariser does in this sweep",
    .doc = R"(## What it finds
In a sweep over a regulariser (dropout, weight decay, label smoothing, ...), the mean change of the best score from a lower to the next higher value, over pairs of
runs that agree in everything else, with its interval.
## Why it matters
Their effect is not to be seen in one loss curve, only in a comparison of metrics.
## What to try
Keep what helps; repeat what is not shown.
## Known limits
Few pairs make wide intervals; each value counts the same, whatever its distance from the next.
)",
    .params = kParams,
    .check = Check,
};

}  // namespace telltale::diagnosis::rules
