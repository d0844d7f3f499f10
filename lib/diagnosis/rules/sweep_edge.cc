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

constexpr ParamSpec kGain{"gain", 0.01, 0, 1,
                          "by how much the edge must beat the next value, as a share"};
constexpr ParamSpec kParams[] = {kGain};

struct Tried {
  double value = 0;  // of the hyper-parameter
  double best = 0;   // lowest score with it
  bool failed = false;
};

// One entry for each value of the parameter, in rising order; fewer than three say nothing.
std::vector<Tried> TriedValues(const GroupView& group, const std::vector<RunScore>& scores,
                               std::string_view name) {
  std::map<double, Tried> tried;
  for (size_t i = 0; i < group.members.size(); ++i) {
    const auto value = ParamNumber(group.members[i], name);
    if (!value) return {};
    const bool failed =
        HasFinding(group.members[i], "divergence") || HasFinding(group.members[i], "non-finite");
    auto [entry, is_new] = tried.try_emplace(*value, Tried{*value, scores[i].value, failed});
    if (is_new) continue;
    entry->second.best = std::min(entry->second.best, scores[i].value);
    entry->second.failed = entry->second.failed || failed;
  }
  std::vector<Tried> out;
  for (const auto& [value, entry] : tried) out.push_back(entry);
  return out;
}

// Ranges that are worth searching, by the names they go by.
std::string UsualRange(std::string_view name) {
  const std::string plain = PlainName(name);
  if (plain.find("lr") != std::string::npos || plain.find("learningrate") != std::string::npos) {
    return " (1e-5 to 1e-2 is the usual range, and the first thing to tune)";
  }
  if (plain.find("batch") != std::string::npos || plain == "bs") {
    return " (16 to 256 is the usual range)";
  }
  if (plain.find("drop") != std::string::npos) return " (0.1 to 0.5 is the usual range)";
  if (plain.find("filter") != std::string::npos) return " (32 to 256 is the usual range)";
  return "";
}

void Check(Context& ctx) {
  const GroupView& group = ctx.group();
  if (group.kind != model::GroupKind::kSweep) return;
  const std::vector<RunScore> scores = ScoresOf(group);
  if (scores.size() < 3) return ctx.NotAssessable("needs 3 runs with the same metric or loss");
  for (const std::string& name : group.differing) {
    const std::vector<Tried> tried = TriedValues(group, scores, name);
    if (tried.size() < 3) continue;
    const auto best = std::min_element(
        tried.begin(), tried.end(), [](const Tried& a, const Tried& b) { return a.best < b.best; });
    const bool lowest = best == tried.begin(), highest = best + 1 == tried.end();
    if (!lowest && !highest) continue;
    const Tried& next = lowest ? tried[1] : tried[tried.size() - 2];
    const double gain = (next.best - best->best) / std::max(std::abs(next.best), 1e-300);
    if (gain < ctx.param(kGain)) continue;
    const double factor = best->value != 0 && next.value != 0 ? best->value / next.value : 0;
    const double beyond =
        factor > 0 ? best->value * factor : best->value + (best->value - next.value);
    Finding finding{.severity = Severity::kInfo};
    finding.confidence = Grade(0.55, 0.85, Strength(gain, std::max(ctx.param(kGain), 1e-6), 10));
    finding.summary =
        absl::StrFormat("The best %s is the %s of the %d tried, %s: the optimum may lie beyond it.",
                        name, lowest ? "lowest" : "highest", tried.size(), Num(best->value));
    finding.evidence = {{.name = "best_value", .value = best->value},
                        {.name = "gain_over_next", .value = 100 * gain, .unit = "%"},
                        {.name = "values_tried", .value = static_cast<double>(tried.size())}};
    finding.remedies = {
        absl::StrFormat("Try %s next%s.", Num(beyond), UsualRange(name)),
        next.failed ? "Mind the margin: the neighbour diverged, so stay a factor of 2-3 away."
                    : "Change this one only, and keep the rest of the configuration."};
    finding.alternatives = {"Chance between runs: repeat both values with another seed."};
    ctx.Report(std::move(finding));
  }
}

}  // namespace

extern constinit const Rule sweep_edge{
    .id = "sweep-edge",
    .severity = Severity::kInfo,
    .scope = Scope::kGroup,
    .summary = "the best value of a hyper-parameter is the lowest or highest that was tried",
    .doc = R"(## What it finds
A sweep in which the best score belongs to the edge of the values of a numeric hyper-parameter, at least 1 % ahead of the next value.
## Why it matters
An optimum at the edge is not known to be one.
## What to try
Widen the range: learning rate 1e-5 to 1e-2 first, then dropout 0.1-0.5, batch size 16-256, filters 32-256.
## Known limits
Scores of single runs; where several hyper-parameters differ at once, the best of each value counts.
)",
    .params = kParams,
    .check = Check,
};

}  // namespace telltale::diagnosis::rules
