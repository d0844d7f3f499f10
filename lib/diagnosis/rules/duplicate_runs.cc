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

constexpr ParamSpec kPoints{"points", 5, 3, 1000, "equal points that make a copy"};
constexpr ParamSpec kParams[] = {kPoints};

void Check(Context& ctx) {
  const GroupView& group = ctx.group();
  // Equal ones fall together, whatever the number of runs; in the order of the first of each.
  std::map<std::pair<uint64_t, uint64_t>, size_t> places;
  std::vector<std::vector<size_t>> copies;
  for (size_t i = 0; i < group.members.size(); ++i) {
    const MemberFacts& facts = group.members[i].facts;
    if (!facts.fingerprint || static_cast<double>(facts.points) < ctx.param(kPoints)) continue;
    const auto [place, is_new] = places.emplace(*facts.fingerprint, copies.size());
    if (is_new) copies.emplace_back();
    copies[place->second].push_back(i);
  }
  for (const std::vector<size_t>& members : copies) {
    if (members.size() < 2) continue;
    std::string listed;
    for (const size_t i : members) {
      StrAppend(&listed, listed.empty() ? "" : ", ", group.members[i].name);
    }
    Finding finding{.severity = Severity::kWarning, .confidence = 0.95};
    finding.summary = absl::StrFormat(
        "%d runs are equal to the last digit (%s): they are one experiment, counted %d times.",
        members.size(), listed, members.size());
    finding.evidence = {
        {.name = "equal_runs", .value = static_cast<double>(members.size())},
        {.name = "equal_points",
         .value = static_cast<double>(group.members[members.front()].facts.points)}};
    finding.remedies = {
        "Pass the seed on to every generator (Python, NumPy, the framework, the data loader).",
        "Check that the parameter that should differ reaches the code.",
        "If the log was copied, leave the copy out of averages."};
    finding.ruled_out = {"Rounding: all points agree, not only the last."};
    ctx.Report(std::move(finding));
  }
}

}  // namespace

extern constinit const Rule duplicate_runs{
    .id = "duplicate-runs",
    .severity = Severity::kWarning,
    .scope = Scope::kGroup,
    .summary = "runs that should differ are identical",
    .doc = R"(## What it finds
Runs of a group whose training and validation series agree to the last digit.
## Why it matters
Their spread is zero because nothing was varied: a mean over them is no more certain than one run.
## What to try
Set the seed where it counts; check that the varied parameter is used.
## Known limits
Long series are compared as averages over 200 blocks.
)",
    .params = kParams,
    .check = Check,
};

}  // namespace telltale::diagnosis::rules
