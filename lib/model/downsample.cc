#include "lib/model/downsample.h"

#include <algorithm>
#include <cmath>
#include <span>
#include <vector>

#include "absl/strings/numbers.h"
#include "lib/base/str.h"
#include "lib/base/text.h"

namespace telltale::model {
namespace {

using Indices = std::vector<size_t>;

// What a chart has at the bottom: the step, where steps ascend; else the place in the file.
class Abscissa {
 public:
  explicit Abscissa(const Series& series)
      : steps_(series.steps),
        ascending_(std::is_sorted(series.steps.begin(), series.steps.end())) {}
  double operator[](size_t i) const {
    return ascending_ ? static_cast<double>(steps_[i]) : static_cast<double>(i);
  }

 private:
  const Column<int64_t>& steps_;
  bool ascending_;
};

// The bounds of bucket `i` of `count` over the points between the first and the last.
struct Bucket {
  size_t begin = 0;
  size_t end = 0;
};
Bucket BucketOf(size_t i, size_t count, size_t points) {
  const auto bound = [&](size_t k) {
    return 1 + static_cast<size_t>(static_cast<double>(k) * static_cast<double>(points - 2) /
                                   static_cast<double>(count));
  };
  return {bound(i), i + 1 == count ? points - 1 : bound(i + 1)};
}

// `finite` are the points to choose from, more than `most` of them, and `most` is at least 2.
Indices LargestTriangles(const Series& series, const Indices& finite, size_t most) {
  const Abscissa x(series);
  const auto& y = series.values;
  Indices kept = {finite.front()};
  const size_t buckets = most - 2;
  for (size_t i = 0; i < buckets; ++i) {
    const Bucket here = BucketOf(i, buckets, finite.size());
    const Bucket next = i + 1 < buckets ? BucketOf(i + 1, buckets, finite.size())
                                        : Bucket{finite.size() - 1, finite.size()};
    double mean_x = 0, mean_y = 0;
    const auto n = static_cast<double>(next.end - next.begin);
    for (size_t k = next.begin; k < next.end; ++k) {
      mean_x += x[finite[k]] / n;
      mean_y += y[finite[k]] / n;
    }
    const size_t before = kept.back();
    size_t best = finite[here.begin];
    double largest = -1;
    for (size_t k = here.begin; k < here.end; ++k) {
      const double area = std::abs((x[before] - mean_x) * (y[finite[k]] - y[before]) -
                                   (x[before] - x[finite[k]]) * (mean_y - y[before]));
      if (area > largest) {
        largest = area;
        best = finite[k];
      }
    }
    kept.push_back(best);
  }
  kept.push_back(finite.back());
  return kept;
}

Indices MinMax(const Series& series, const Indices& finite, size_t most) {
  const auto less = [&](size_t a, size_t b) { return series.values[a] < series.values[b]; };
  Indices kept = {finite.front()};
  const size_t buckets = (most - 2) / 2;
  for (size_t i = 0; i < buckets; ++i) {
    const Bucket here = BucketOf(i, buckets, finite.size());
    const auto begin = finite.begin() + static_cast<ptrdiff_t>(here.begin);
    const auto end = finite.begin() + static_cast<ptrdiff_t>(here.end);
    const auto [low, high] = std::minmax_element(begin, end, less);
    kept.push_back(std::min(*low, *high));
    if (*low != *high) kept.push_back(std::max(*low, *high));
  }
  kept.push_back(finite.back());
  return kept;
}

template <typename T>
void Keep(const Indices& kept, Column<T>& column) {
  if (column.empty()) return;
  const std::span<T> elements = column.Mutable();
  for (size_t i = 0; i < kept.size(); ++i) elements[i] = elements[kept[i]];
  column.resize_down(kept.size());
}

}  // namespace

absl::StatusOr<Downsampling> ParseDownsampling(std::string_view text) {
  Downsampling downsampling;
  const size_t colon = text.find(':');
  const std::string_view method = colon == std::string_view::npos ? "lttb" : text.substr(0, colon);
  const std::string_view number = colon == std::string_view::npos ? text : text.substr(colon + 1);
  if (method == "minmax") downsampling.method = DownsampleMethod::kMinMax;
  uint64_t points = 0;
  if ((method != "lttb" && method != "minmax") || !absl::SimpleAtoi(ToAbsl(number), &points) ||
      points < 2) {
    return absl::InvalidArgumentError(StrCat(
        "it is a number of points (2 or more) after lttb: or minmax:, as in lttb:1000, not '",
        Printable(text), "'"));
  }
  downsampling.points = points;
  return downsampling;
}

size_t Downsample(const Downsampling& downsampling, Series& series) {
  if (downsampling.points < 2 || series.size() <= downsampling.points) return 0;
  Indices finite;
  Indices kept;
  for (size_t i = 0; i < series.size(); ++i) {
    const bool end = i == 0 || i + 1 == series.size();
    (std::isfinite(series.values[i]) ? finite : kept).push_back(i);
    if (end && std::isfinite(series.values[i])) kept.push_back(i);
  }
  if (finite.size() <= downsampling.points) {
    kept.insert(kept.end(), finite.begin(), finite.end());
  } else {
    const Indices chosen = downsampling.method == DownsampleMethod::kMinMax
                               ? MinMax(series, finite, downsampling.points)
                               : LargestTriangles(series, finite, downsampling.points);
    kept.insert(kept.end(), chosen.begin(), chosen.end());
  }
  std::sort(kept.begin(), kept.end());
  kept.erase(std::unique(kept.begin(), kept.end()), kept.end());
  const size_t dropped = series.size() - kept.size();
  Keep(kept, series.steps);
  Keep(kept, series.wall_times);
  Keep(kept, series.values);
  Keep(kept, series.axis_values);
  return dropped;
}

}  // namespace telltale::model
