#include "lib/formats/tensorboard/append_run.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "lib/base/str.h"

namespace telltale::formats::tensorboard {
namespace {

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

// All but the points.
void AppendFacts(model::Series& to, model::Series& from) {
  to.float32 = to.float32 && from.float32;
  if (to.display_name.empty()) to.display_name = std::move(from.display_name);
  if (to.description.empty()) to.description = std::move(from.description);
}

void AppendOpaque(model::OpaqueSeries& to, model::OpaqueSeries& from) {
  to.count += from.count;
  to.byte_size += from.byte_size;
  MoveBehind(to.points, from.points);
}

// All but series.
void AppendRest(model::Run& to, model::Run& from) {
  MoveBehind(to.files, from.files);
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

SeriesIndex IndexOf(const model::Run& run) {
  SeriesIndex index;
  for (size_t i = 0; i < run.series.size(); ++i) index.emplace(run.series[i].tag, i);
  return index;
}

std::vector<SeriesBehind> AppendAllButPoints(model::Run& to, SeriesIndex& index, model::Run& from) {
  std::vector<SeriesBehind> behind;
  behind.reserve(from.series.size());
  for (size_t i = 0; i < from.series.size(); ++i) {
    model::Series& series = from.series[i];
    const auto [it, inserted] = index.try_emplace(series.tag, to.series.size());
    if (inserted) {
      to.series.push_back(std::move(series));
    } else {
      AppendFacts(to.series[it->second], series);
      behind.push_back({.to = it->second, .from = i});
    }
  }
  AppendRest(to, from);
  return behind;
}

void AppendRun(model::Run& to, model::Run from) {
  SeriesIndex index = IndexOf(to);
  for (const SeriesBehind& each : AppendAllButPoints(to, index, from)) {
    model::Series& series = to.series[each.to];
    const model::Series& behind = from.series[each.from];
    series.steps.Append(behind.steps.span());
    series.wall_times.Append(behind.wall_times.span());
    series.values.Append(behind.values.span());
  }
}

void ExpectPoints(model::Run& run, double factor) {
  constexpr double kMargin = 1.02;
  constexpr size_t kWorthwhile = 1024;  // points; shorter series stay where they are
  const auto expected = [&](const model::Series& series) {
    return static_cast<size_t>(static_cast<double>(series.size()) * factor * kMargin) + 8;
  };
  size_t points = 0;
  for (const model::Series& series : run.series) {
    if (series.size() >= kWorthwhile) points += expected(series);
  }
  if (points == 0) return;
  const auto block =
      std::make_shared<ColumnBlock>(points * (sizeof(int64_t) + sizeof(double) + sizeof(double)));
  for (model::Series& series : run.series) {
    if (series.size() < kWorthwhile) continue;
    const size_t n = expected(series);
    series.steps.MoveTo(block, n);
    series.wall_times.MoveTo(block, n);
    series.values.MoveTo(block, n);
  }
}

void GiveBackRoom(model::Run& run) {
  for (model::Series& series : run.series) {
    series.steps.shrink_to_fit();
    series.wall_times.shrink_to_fit();
    series.values.shrink_to_fit();
  }
}

}  // namespace telltale::formats::tensorboard
