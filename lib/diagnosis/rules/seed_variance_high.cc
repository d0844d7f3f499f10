#include <algorithm>
#include <cmath>
#include <iterator>
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

constexpr ParamSpec kSpread{"spread", 0.05, 0.001, 1,
                            "standard deviation between seeds over the mean score"};
constexpr ParamSpec kParams[] = {kSpread};

// Two-sided 95 % quantiles of Student's t for n - 1 degrees of freedom, n = 2, 3, ...
double StudentT(size_t n) {
  constexpr double kTable[] = {12.71, 4.30, 3.18, 2.78, 2.57, 2.45, 2.36, 2.31, 2.26};
  return n - 2 < std::size(kTable) ? kTable[n - 2] : 2.1;
}

void Check(Context& ctx) {
  const GroupView& group = ctx.group();
  if (group.kind != model::GroupKind::kSeeds) return;
  const std::vector<RunScore> scores = ScoresOf(group);
  if (scores.size() < 3) return ctx.NotAssessable("needs 3 runs with the same metric or loss");
  std::vector<double> values;
  for (const RunScore& score : scores) values.push_back(score.sign * score.value);
  const double mean = Mean(values);
  double squares = 0;
  for (const double v : values) squares += (v - mean) * (v - mean);
  const auto n = static_cast<double>(values.size());
  const double sd = std::sqrt(squares / (n - 1));
  if (!(std::abs(mean) > 0) || sd < ctx.param(kSpread) * std::abs(mean)) return;
  const double half = StudentT(values.size()) * sd / std::sqrt(n);
  const double smallest = StudentT(values.size()) * sd * std::sqrt(2 / n);
  Finding finding{.severity = Severity::kInfo};
  finding.confidence = Grade(0.6, 0.9, Strength(sd / std::abs(mean), ctx.param(kSpread), 4));
  finding.summary = absl::StrFormat(
      "Best %s of %d seeds is %s with a standard deviation of %s: a gain below %s is not shown by "
      "as many runs.",
      scores.front().name, values.size(), Num(mean), Num(sd), Num(smallest));
  finding.evidence = {{.name = "mean", .value = mean, .low = mean - half, .high = mean + half},
                      {.name = "standard_deviation", .value = sd},
                      {.name = "smallest_difference", .value = smallest},
                      {.name = "runs", .value = n}};
  const double wanted = std::ceil(n * std::pow(2.0, 2));
  finding.remedies = {
      absl::StrFormat("Run %s seeds of each configuration to halve that difference.", Num(wanted)),
      "Report mean and interval, never the best seed; use the same seeds for both sides, so that "
      "differences can be paired.",
      "A larger validation set lowers the part of it that is chance of measurement."};
  finding.ruled_out = {"Hyper-parameters: none but the seed differs in the logs."};
  finding.alternatives = {"Settings that are not logged differ between the runs."};
  ctx.Report(std::move(finding));
}

constexpr std::string_view kExplainedBy[] = {"unstable-across-seeds"};

}  // namespace

extern constinit const Rule seed_variance_high{
    .id = "seed-variance-high",
    .severity = Severity::kInfo,
    .scope = Scope::kGroup,
    .summary = "the seeds of one configuration differ so much that small gains mean nothing",
    .doc = R"(## What it finds
Three or more runs of one configuration whose best scores have a standard deviation of more than 5 % of their mean; with the interval of the mean and the
smallest difference between two such groups that would be significant.
## Why it matters
Many claimed gains are smaller than that.
## What to try
More seeds (their number goes with the square), paired comparisons, a larger validation set.
## Known limits
With three seeds the interval itself is wide. `unstable-across-seeds` takes over where runs fail.
)",
    .params = kParams,
    .explained_by = kExplainedBy,
    .check = Check,
};

}  // namespace telltale::diagnosis::rules
