#include "lib/formats/tensorboard/sessions.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "lib/base/str.h"
#include "lib/formats/tensorboard/append_run.h"

namespace telltale::formats::tensorboard {
namespace {

// A resumed run repeats at most the steps since its last checkpoint; one that repeats nearly all is
// another run.
constexpr double kBeginning = 0.1;

struct StepRange {
  int64_t first = 0;
  int64_t last = 0;
};

using TagRanges = absl::flat_hash_map<std::string, StepRange>;

StepRange RangeOf(const model::Series& series) {
  const auto [low, high] = std::minmax_element(series.steps.begin(), series.steps.end());
  return {*low, *high};
}

bool StartsAgain(const StepRange& before, const StepRange& after) {
  const double span = static_cast<double>(before.last) - static_cast<double>(before.first);
  if (span <= 0) return after.first < before.first;
  return static_cast<double>(after.first) - static_cast<double>(before.first) <= kBeginning * span;
}

// The file says itself that it resumes: a START at a step behind the beginning of what came before.
bool SaysContinuation(const model::Run& run, const TagRanges& before) {
  if (run.restarts.empty()) return false;
  return std::any_of(before.begin(), before.end(),
                     [&](const auto& entry) { return run.restarts.front() > entry.second.first; });
}

bool IsNewSession(const model::Run& run, const TagRanges& before) {
  if (SaysContinuation(run, before)) return false;
  size_t shared = 0;
  size_t again = 0;
  for (const model::Series& series : run.series) {
    const auto found = before.find(series.tag);
    if (found == before.end() || series.size() == 0) continue;
    ++shared;
    if (StartsAgain(found->second, RangeOf(series))) ++again;
  }
  return shared > 0 && 2 * again > shared;
}

void Extend(TagRanges& ranges, const model::Run& run) {
  for (const model::Series& series : run.series) {
    if (series.size() == 0) continue;
    const StepRange range = RangeOf(series);
    const auto [it, inserted] = ranges.try_emplace(series.tag, range);
    if (inserted) continue;
    it->second.first = std::min(it->second.first, range.first);
    it->second.last = std::max(it->second.last, range.last);
  }
}

}  // namespace

std::vector<model::Run> MergeFiles(const std::string& name, const std::string& path,
                                   std::vector<EventFile> files, std::vector<Problem>& problems) {
  std::vector<model::Run> runs;
  TagRanges ranges;
  for (EventFile& file : files) {
    const bool last = &file == &files.back();  // nothing follows to be compared with it
    if (runs.empty() || (!ranges.empty() && IsNewSession(file.run, ranges))) {
      ranges.clear();
      if (!last) Extend(ranges, file.run);
      runs.push_back(std::move(file.run));
    } else {
      if (!last) Extend(ranges, file.run);
      AppendRun(runs.back(), std::move(file.run));
    }
  }
  for (size_t i = 0; i < runs.size(); ++i) {
    runs[i].name = name;
    runs[i].path = path;
    if (runs.size() > 1) {
      runs[i].session = static_cast<uint32_t>(i + 1);
      StrAppend(&runs[i].name, "#", i + 1);
    }
  }
  if (runs.size() > 1) {
    problems.push_back(
        {.path = path,
         .kind = ProblemKind::kSeveralSessions,
         .message = StrCat(
             "the event files of this directory start again from the beginning ", runs.size() - 1,
             runs.size() == 2 ? " time" : " times",
             ": read as separate training runs; TensorBoard draws them as one zig-zag curve")});
  }
  return runs;
}

}  // namespace telltale::formats::tensorboard
