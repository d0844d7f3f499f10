#include "lib/formats/trackio/rows.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <nlohmann/json.hpp>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "lib/base/status_util.h"
#include "lib/base/str.h"
#include "lib/formats/trackio/names.h"

namespace telltale::formats::trackio {
namespace {

// A point, and the time by which it is sorted: that of its series so far, which never falls.
struct Point {
  int64_t order = 0;
  uint32_t series = 0;
  size_t index = 0;
};

std::vector<Point> InOrder(const model::Run& run) {
  std::vector<Point> points;
  size_t count = 0;
  for (const model::Series& series : run.series) count += series.size();
  points.reserve(count);
  for (uint32_t s = 0; s < run.series.size(); ++s) {
    const model::Series& series = run.series[s];
    int64_t latest = 0;
    for (size_t i = 0; i < series.size(); ++i) {
      latest = std::max(latest, Microseconds(series.wall_times[i]));
      points.push_back({.order = latest, .series = s, .index = i});
    }
  }
  std::stable_sort(points.begin(), points.end(),
                   [](const Point& a, const Point& b) { return a.order < b.order; });
  return points;
}

void AppendNumber(std::string& out, double value) {
  if (std::isnan(value)) {
    out += "\"NaN\"";
  } else if (std::isinf(value)) {
    out += value > 0 ? "\"Infinity\"" : "\"-Infinity\"";
  } else {
    char digits[32];
    const auto end = std::to_chars(std::begin(digits), std::end(digits), value).ptr;
    const std::string_view text(digits, static_cast<size_t>(end - digits));
    out += text;
    // A whole number is still no integer, and -0 would lose its sign.
    if (text.find_first_of(".e") == std::string_view::npos) out += ".0";
  }
}

// The rows of the points of one sorting time.
class Group {
 public:
  explicit Group(const std::vector<std::string>& keys) : keys_(keys) {}

  void Add(int64_t step, int64_t microseconds, const Point& point, double value) {
    const size_t first = point.series == series_ ? after_ : 0;
    size_t& at = rows_of_.try_emplace({step, microseconds}, rows_.size()).first->second;
    if (at < first) at = rows_.size();
    if (at == rows_.size()) rows_.push_back({.step = step, .microseconds = microseconds});
    Row& row = rows_[at];
    StrAppend(&row.metrics, row.metrics.empty() ? "{" : ",", keys_[point.series], ":");
    AppendNumber(row.metrics, value);
    ++row.points;
    series_ = point.series;
    after_ = at + 1;
  }

  absl::Status Flush(const std::function<absl::Status(const Row&)>& take) {
    for (Row& row : rows_) {
      row.metrics += '}';
      TELLTALE_RETURN_IF_ERROR(take(row));
    }
    rows_.clear();
    rows_of_.clear();
    series_ = UINT32_MAX;
    return absl::OkStatus();
  }

 private:
  const std::vector<std::string>& keys_;
  std::vector<Row> rows_;
  // The last row of a step and time. Points come series by series, so that one row holds each
  // series once, if a series only takes rows behind its own last one.
  absl::flat_hash_map<std::pair<int64_t, int64_t>, size_t> rows_of_;
  uint32_t series_ = UINT32_MAX;
  size_t after_ = 0;
};

}  // namespace

absl::Status EachRow(const model::Run& run, const std::function<absl::Status(const Row&)>& take) {
  std::vector<std::string> keys;
  for (const model::Series& series : run.series) {
    keys.push_back(
        nlohmann::json(series.tag).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
  }
  Group group(keys);
  int64_t order = 0;
  for (const Point& point : InOrder(run)) {
    if (point.order != order) TELLTALE_RETURN_IF_ERROR(group.Flush(take));
    order = point.order;
    const model::Series& series = run.series[point.series];
    group.Add(series.steps[point.index], Microseconds(series.wall_times[point.index]), point,
              series.values[point.index]);
  }
  return group.Flush(take);
}

}  // namespace telltale::formats::trackio
