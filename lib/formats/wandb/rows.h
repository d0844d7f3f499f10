// A run's series as rows of W&B, which have steps that never go back and one time each
// (docs/formats/wandb.md).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "lib/model/experiment.h"

namespace telltale::formats::wandb {

// Whether the series is written as system metrics, outside of all rows.
bool IsSystem(const model::Series& series);

struct RowValue {
  size_t series = 0;  // index into Run::series
  size_t point = 0;
};

// An axis' value that has to stand in a row because nothing else says it.
struct AxisValue {
  std::string key = {};
  double value = 0;
};

struct Row {
  int64_t step = 0;      // W&B's
  int64_t own_step = 0;  // of the points; the same unless kNumbered
  double time = 0;       // seconds since the Unix epoch; the latest of the points'; may be NaN
  std::vector<RowValue> values = {};
  std::vector<AxisValue> axes = {};
};

// The rows of a run, one after another.
class Rows {
 public:
  // kMerged: the points of one step share a row, whose number is the step. kNumbered, where W&B
  // cannot hold the steps (they are negative, repeat or go back) or two series want different axis
  // values in one row: each point has a row of its own, rows are counted, and the step is a metric.
  enum class Form { kMerged, kNumbered };

  // `run` must outlive the rows.
  explicit Rows(const model::Run& run);

  Form form() const { return form_; }
  // The key of the metric that `series` is drawn over; empty where that is its step.
  std::string AxisKey(const model::Series& series) const;

  // Fills `row` with the next one; false at the end.
  bool Next(Row& row);

 private:
  // A series' next point, ordered by step, then by the series' place.
  struct Head {
    int64_t step;
    size_t series;
    bool operator>(const Head& other) const {
      return step != other.step ? step > other.step : series > other.series;
    }
  };

  void Start();
  bool NextMerged(Row& row);
  bool NextNumbered(Row& row);
  bool AddAxes(Row& row);
  bool AxesFit();

  const model::Run& run_;
  Form form_ = Form::kMerged;
  bool any_axes_ = false;
  absl::flat_hash_map<std::string, size_t> series_of_;  // by tag
  std::vector<Head> heads_;                             // a heap
  std::vector<size_t> next_;                            // by series: the point to come
  absl::flat_hash_map<std::string, double> last_axis_;  // what a reader would carry on
  size_t series_ = 0;                                   // kNumbered: the one at hand
  int64_t number_ = 0;
};

}  // namespace telltale::formats::wandb
