#include "lib/model/same_content.h"

#include <algorithm>
#include <cstring>

namespace telltale::model {
namespace {

// To the bit: a NaN is the same as itself, and -0 another number than 0.
template <typename T>
bool SameColumn(const Column<T>& a, const Column<T>& b) {
  return a.size() == b.size() &&
         (a.data() == b.data() || std::memcmp(a.data(), b.data(), a.size() * sizeof(T)) == 0);
}

bool SameSeries(const Series& a, const Series& b) {
  return a.tag == b.tag && a.axis == b.axis && a.float32 == b.float32 && a.plugin == b.plugin &&
         a.display_name == b.display_name && a.description == b.description &&
         SameColumn(a.steps, b.steps) && SameColumn(a.wall_times, b.wall_times) &&
         SameColumn(a.values, b.values) && SameColumn(a.axis_values, b.axis_values);
}

}  // namespace

bool SameContent(const Experiment& a, const TrainingRun& in_a, const Experiment& b,
                 const TrainingRun& in_b) {
  return in_a.name == in_b.name && in_a.session == in_b.session && in_a.params == in_b.params &&
         in_a.params_from_user == in_b.params_from_user &&
         std::equal(in_a.series.begin(), in_a.series.end(), in_b.series.begin(), in_b.series.end(),
                    [&](const SeriesRef& x, const SeriesRef& y) {
                      const Run& run_x = a.runs[x.run];
                      const Run& run_y = b.runs[y.run];
                      return x.role == y.role && x.role_from_user == y.role_from_user &&
                             run_x.name == run_y.name &&
                             SameSeries(run_x.series[x.series], run_y.series[y.series]);
                    });
}

}  // namespace telltale::model
