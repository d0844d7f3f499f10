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

constexpr ParamSpec kDeviation{"deviation", 3.5, 1, 100,
                               "distance from the median of the others "
                               "in robust standard deviations"};
constexpr ParamSpec kWorse{"worse", 0.1, 0.001, 10, "the same distance over the median"};
constexpr ParamSpec kParams[] = {kDeviation, kWorse};

void Check(Context& ctx) {
  const GroupView& group = ctx.group();
  const std::vector<RunScore> scores = ScoresOf(group);
  if (scores.size() < 4) return ctx.NotAssessable("needs 4 runs with the same metric or loss");
  std::vector<double> values;
  for (const RunScore& score : scores) values.push_back(score.value);
  const double median = Median(values), spread = MedianDeviation(values);
  for (size_t i = 0; i < values.size(); ++i) {
    const double worse = values[i] - median;
    const double floor = std::max(spread, 0.01 * std::abs(median));
    if (!(floor > 0) || worse < ctx.param(kDeviation) * floor) continue;
    if (worse < ctx.param(kWorse) * std::abs(median)) continue;
    const double sign = scores[i].sign;
    Finding finding{.severity = Severity::kInfo};
    finding.confidence = Grade(0.6, 0.9, Strength(worse / floor, ctx.param(kDeviation), 5));
    finding.summary = absl::StrFormat(
        "%s stands apart: its best %s is %s, the median of the group %s.", group.members[i].name,
        scores[i].name, Num(sign * values[i]), Num(sign * median));
    finding.evidence = {{.name = "deviation", .value = worse / floor, .unit = "sigma"},
                        {.name = "score", .value = sign * values[i]},
                        {.name = "median", .value = sign * median}};
    finding.remedies = {
        "Read that run's own findings first; run it again with the same settings and seed.",
        "In a search, stop runs that are below the median of the others at the same step (median "
        "stopping).",
        "Leave it out of averages only with a reason that is written down."};
    finding.alternatives = {"Its settings explain it, in a sweep: then it is a result."};
    ctx.Report(std::move(finding));
  }
}

constexpr std::string_view kExplainedBy[] = {"unstable-across-seeds"};

}  // namespace

extern constinit const Rule run_outlier{
    .id = "run-outlier",
    .severity = Severity::kInfo,
    .scope = Scope::kGroup,
    .summary = "one run is far worse than the others of its group",
    .doc = R"(## What it finds
A run whose best score is worse than the group's median by 3.5 robust standard deviations and by 10 %; groups of four and more.
## Why it matters
One failed run moves an average; it is also the one to learn from.
## What to try
Its own findings; the same run again; median stopping in searches.
## Known limits
Where half of the runs fail there is no outlier: see `unstable-across-seeds`.
)",
    .params = kParams,
    .explained_by = kExplainedBy,
    .check = Check,
};

}  // namespace telltale::diagnosis::rules
