#include "lib/model/reduce.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace telltale::model {
namespace {

struct MemberPoint {
  int64_t step = 0;
  double wall_time = 0;
  double value = 0;
};

// By step, each once.
std::vector<MemberPoint> PointsOf(const Series& series, size_t& left_out) {
  std::vector<MemberPoint> points;
  points.reserve(series.size());
  for (size_t i = 0; i < series.size(); ++i) {
    if (std::isfinite(series.values[i])) {
      points.push_back({series.steps[i], series.wall_times[i], series.values[i]});
    } else {
      ++left_out;
    }
  }
  std::stable_sort(points.begin(), points.end(),
                   [](const MemberPoint& a, const MemberPoint& b) { return a.step < b.step; });
  size_t kept = 0;
  for (size_t i = 0; i < points.size(); ++i) {
    if (i + 1 < points.size() && points[i + 1].step == points[i].step) continue;
    points[kept++] = points[i];
  }
  points.resize(kept);
  return points;
}

double Between(double a, double b, double share) { return a + (b - a) * share; }

// Goes through one member's points as the steps rise.
class Walker {
 public:
  explicit Walker(std::vector<MemberPoint> points) : points_(std::move(points)) {}

  // The member at `step`; false where it is not there.
  bool At(int64_t step, bool interpolate, MemberPoint& point) {
    while (at_ < points_.size() && points_[at_].step < step) ++at_;
    if (at_ == points_.size()) return false;
    if (points_[at_].step == step) {
      point = points_[at_];
      return true;
    }
    if (!interpolate || at_ == 0) return false;
    const MemberPoint& a = points_[at_ - 1];
    const MemberPoint& b = points_[at_];
    // As doubles: steps may be as far from each other as their type allows.
    const double share = (static_cast<double>(step) - static_cast<double>(a.step)) /
                         (static_cast<double>(b.step) - static_cast<double>(a.step));
    point = {step, Between(a.wall_time, b.wall_time, share), Between(a.value, b.value, share)};
    return true;
  }

  const std::vector<MemberPoint>& points() const { return points_; }

 private:
  std::vector<MemberPoint> points_;
  size_t at_ = 0;
};

double MedianOf(std::vector<double>& values) {
  std::sort(values.begin(), values.end());
  const size_t middle = values.size() / 2;
  return values.size() % 2 == 1 ? values[middle] : Between(values[middle - 1], values[middle], 0.5);
}

// `values` are those of one step, at least one; they are sorted afterwards.
void Append(int64_t step, double wall_time, std::vector<double>& values, ReducedSeries& reduced) {
  const auto n = static_cast<double>(values.size());
  // Sorted first, so that the order of the members does not change the last digit.
  const double median = MedianOf(values);
  const double mean = std::accumulate(values.begin(), values.end(), 0.0) / n;
  double squares = 0;
  for (const double value : values) squares += (value - mean) * (value - mean);
  reduced.steps.push_back(step);
  reduced.wall_times.push_back(wall_time);
  reduced.mean.push_back(mean);
  reduced.deviation.push_back(values.size() > 1 ? std::sqrt(squares / (n - 1)) : 0);
  reduced.least.push_back(values.front());
  reduced.greatest.push_back(values.back());
  reduced.median.push_back(median);
  reduced.members.push_back(values.size());
}

}  // namespace

ReducedSeries Reduce(std::span<const Series* const> members, StepsOf steps) {
  ReducedSeries reduced;
  std::vector<Walker> walkers;
  std::vector<int64_t> all;
  for (const Series* member : members) {
    walkers.emplace_back(PointsOf(*member, reduced.left_out));
    for (const MemberPoint& point : walkers.back().points()) all.push_back(point.step);
  }
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  const size_t fewest = steps == StepsOf::kAny   ? 1
                        : steps == StepsOf::kAll ? members.size()
                                                 : (members.size() + 1) / 2;
  std::vector<double> values;
  std::vector<double> times;
  for (const int64_t step : all) {
    values.clear();
    times.clear();
    for (Walker& walker : walkers) {
      MemberPoint point;
      if (!walker.At(step, steps == StepsOf::kInterpolated, point)) continue;
      values.push_back(point.value);
      times.push_back(point.wall_time);
    }
    if (values.size() < fewest) continue;
    std::sort(times.begin(), times.end());
    const double time =
        std::accumulate(times.begin(), times.end(), 0.0) / static_cast<double>(times.size());
    Append(step, time, values, reduced);
  }
  return reduced;
}

}  // namespace telltale::model
