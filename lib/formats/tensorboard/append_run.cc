#include "lib/formats/tensorboard/append_run.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "lib/base/parallel.h"
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

// Copies the points of `from`, in their order, behind those of `to`.
template <typename T>
void AppendColumns(Column<T> model::Series::*column, model::Series& to,
                   const std::vector<model::Series*>& from) {
  size_t points = (to.*column).size();
  for (const model::Series* each : from) points += (each->*column).size();
  (to.*column).reserve(points);
  for (model::Series* each : from) (to.*column).AppendAndRelease(std::move(each->*column));
}

}  // namespace

void AppendRun(model::Run& to, model::Run from) {
  MergeByKey(
      to.series, from.series, [](const model::Series& s) { return s.tag; },
      [](model::Series& a, model::Series& b) {
        a.steps.Append(b.steps.span());
        a.wall_times.Append(b.wall_times.span());
        a.values.Append(b.values.span());
        AppendFacts(a, b);
      });
  AppendRest(to, from);
}

void AppendParts(model::Run& to, std::vector<model::Run> parts, size_t jobs) {
  absl::flat_hash_map<std::string, size_t> index;
  for (size_t i = 0; i < to.series.size(); ++i) index.emplace(to.series[i].tag, i);
  std::vector<std::vector<model::Series*>> behind(to.series.size());
  for (model::Run& part : parts) {
    for (model::Series& series : part.series) {
      const auto [it, inserted] = index.try_emplace(series.tag, to.series.size());
      if (inserted) {
        to.series.push_back(std::move(series));
        behind.emplace_back();
      } else {
        AppendFacts(to.series[it->second], series);
        behind[it->second].push_back(&series);
      }
    }
    AppendRest(to, part);
  }
  // A file may hold one long series, so columns are the pieces of work.
  ParallelFor(3 * behind.size(), jobs, [&](size_t i) {
    model::Series& series = to.series[i / 3];
    const std::vector<model::Series*>& from = behind[i / 3];
    if (from.empty()) return;
    if (i % 3 == 0) AppendColumns(&model::Series::steps, series, from);
    if (i % 3 == 1) AppendColumns(&model::Series::wall_times, series, from);
    if (i % 3 == 2) AppendColumns(&model::Series::values, series, from);
  });
}

}  // namespace telltale::formats::tensorboard
