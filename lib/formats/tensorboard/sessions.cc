#include "lib/formats/tensorboard/sessions.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "lib/base/str.h"

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

template <typename T>
void MoveBehind(std::vector<T>& to, std::vector<T>& from) {
  to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

// Appends what `from` holds to the element of the same key in `to`, or moves it there.
template <typename T, typename Key, typename AppendPoints>
void MergeByKey(std::vector<T>& to, std::vector<T>& from, Key key, AppendPoints append) {
  absl::flat_hash_map<std::string, size_t> index;
  for (size_t i = 0; i < to.size(); ++i) index.emplace(key(to[i]), i);
  for (T& item : from) {
    const auto [it, inserted] = index.try_emplace(key(item), to.size());
    if (inserted) {
      to.push_back(std::move(item));
    } else {
      append(to[it->second], item);
    }
  }
}

void AppendSeries(model::Series& to, model::Series& from) {
  to.steps.Append(from.steps.span());
  to.wall_times.Append(from.wall_times.span());
  to.values.Append(from.values.span());
  to.float32 = to.float32 && from.float32;
  if (to.display_name.empty()) to.display_name = std::move(from.display_name);
  if (to.description.empty()) to.description = std::move(from.description);
}

void AppendOpaque(model::OpaqueSeries& to, model::OpaqueSeries& from) {
  to.count += from.count;
  to.byte_size += from.byte_size;
  MoveBehind(to.points, from.points);
}

void Append(model::Run& to, model::Run from) {
  MoveBehind(to.files, from.files);
  MergeByKey(
      to.series, from.series, [](const model::Series& s) { return s.tag; }, AppendSeries);
  MergeByKey(
      to.texts, from.texts, [](const model::TextSeries& s) { return s.tag; },
      [](model::TextSeries& a, model::TextSeries& b) { MoveBehind(a.points, b.points); });
  MergeByKey(
      to.opaque, from.opaque,
      [](const model::OpaqueSeries& s) { return StrCat(s.kind, "\n", s.tag); }, AppendOpaque);
  MergeByKey(
      to.params, from.params, [](const model::Param& p) { return p.name; },
      [](model::Param&, model::Param&) {});  // the first value stays
  MoveBehind(to.restarts, from.restarts);
  to.written_by_telltale = to.written_by_telltale || from.written_by_telltale;
  if (from.first_wall_time != 0) {
    to.first_wall_time = to.first_wall_time == 0
                             ? from.first_wall_time
                             : std::min(to.first_wall_time, from.first_wall_time);
  }
  to.last_wall_time = std::max(to.last_wall_time, from.last_wall_time);
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
      Append(runs.back(), std::move(file.run));
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
