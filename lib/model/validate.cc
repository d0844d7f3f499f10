#include <algorithm>
#include <optional>
#include <string>
#include <tuple>

#include "absl/container/flat_hash_set.h"
#include "lib/base/str.h"
#include "lib/base/text.h"
#include "lib/model/experiment.h"

namespace telltale::model {
namespace {

template <typename Tagged>
std::optional<std::string> ValidateTags(const std::vector<Tagged>& tagged, std::string_view what) {
  absl::flat_hash_set<absl::string_view> seen;
  for (const Tagged& each : tagged) {
    if (!seen.insert(ToAbsl(each.tag)).second)
      return StrCat("two ", what, " have the tag '", Printable(each.tag), "'");
  }
  return std::nullopt;
}

std::optional<std::string> ValidateColumns(const Run& run) {
  for (const Series& series : run.series) {
    if (!series.axis_values.empty() && series.axis_values.size() != series.values.size()) {
      return StrCat("series '", Printable(series.tag), "' has ", series.axis_values.size(),
                    " values of its axis and ", series.values.size(), " values");
    }
    if (series.steps.size() == series.values.size() &&
        series.wall_times.size() == series.values.size())
      continue;
    return StrCat("series '", Printable(series.tag), "' has ", series.steps.size(), " steps, ",
                  series.wall_times.size(), " wall times and ", series.values.size(), " values");
  }
  return std::nullopt;
}

std::optional<std::string> ValidateRun(const Run& run) {
  if (run.name.empty()) return "a run has no name";
  if (auto broken = ValidateColumns(run)) return broken;
  if (auto broken = ValidateTags(run.series, "series")) return broken;
  return ValidateTags(run.texts, "text series");
}

}  // namespace

std::optional<std::string> Validate(const Experiment& experiment) {
  const Run* previous = nullptr;
  for (const Run& run : experiment.runs) {
    if (auto broken = ValidateRun(run)) return StrCat("run '", Printable(run.name), "': ", *broken);
    if (previous != nullptr && previous->name == run.name)
      return StrCat("two runs are named '", Printable(run.name), "'");
    if (previous != nullptr && previous->name > run.name) {
      return StrCat("runs are not sorted: '", Printable(run.name), "' stands after '",
                    Printable(previous->name), "'");
    }
    previous = &run;
  }
  const bool sorted = std::is_sorted(experiment.problems.begin(), experiment.problems.end(),
                                     [](const Problem& a, const Problem& b) {
                                       return std::tie(a.path, a.begin) < std::tie(b.path, b.begin);
                                     });
  if (!sorted) return "problems are not sorted by path and offset";
  return std::nullopt;
}

}  // namespace telltale::model
