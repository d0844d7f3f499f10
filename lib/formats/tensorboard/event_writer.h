// Writes an event file that both of TensorBoard's readers take (docs/formats/tensorboard.md).
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "lib/io/byte_sink.h"
#include "lib/model/experiment.h"
#include "lib/model/series.h"
#include "lib/records/tfrecord_writer.h"

namespace telltale::formats::tensorboard {

// One value of a step. TensorBoard keeps scalars as 32-bit floats; a double beyond their range
// becomes infinite.
struct ScalarValue {
  std::string_view tag;
  double value = 0;
  // Written with the first value of the tag, where TensorBoard looks for them.
  std::string_view display_name = {};
  std::string_view description = {};  // Markdown
};

// One chart of the "Custom Scalars" tab: the curves of these tags, of all runs that have them.
//
// `bands` instead draws a curve within a margin; TensorBoard takes its three tags of one run.
struct Band {
  std::string value = {};
  std::string lower = {};
  std::string upper = {};
};
struct Chart {
  std::string title = {};
  std::vector<std::string> tags = {};  // whole names, not patterns
  std::vector<Band> bands = {};
};

// TensorBoard merges the layouts of all runs: categories of one title become one, and equal charts
// in it are shown once.
struct ChartCategory {
  std::string title = {};
  std::vector<Chart> charts = {};
};

// Tags, names and texts may be any bytes; what is not UTF-8 is replaced, since TensorBoard answers
// a whole request with an error because of one such byte. A tag is either text or scalars: written
// as both, one of them is not shown. Each call fails only if the sink fails.
class EventWriter {
 public:
  // `wall_time` (seconds since the Unix epoch) is that of the first record, by which TensorBoard
  // orders runs.
  EventWriter(io::ByteSink sink, double wall_time);

  // Writes the record that starts a file: its version, and who wrote it. Comes first.
  absl::Status Begin(std::string_view writer);

  // One event. `values` hold no tag twice.
  absl::Status AddScalars(int64_t step, double wall_time, std::span<const ScalarValue> values);

  // Markdown when the shape is empty, else a table of Markdown cells. A shape that does not fit the
  // strings is written as one column.
  absl::Status AddText(std::string_view tag, const model::TextPoint& point);

  absl::Status AddLayout(std::span<const ChartCategory> categories);

  // One value of another kind, `value` being a serialised Summary.Value, byte for byte.
  absl::Status AddValue(int64_t step, double wall_time, std::string_view value);

  // A whole serialised Event, byte for byte.
  absl::Status AddEvent(std::string_view event);

  // What the HParams tab shows of the run: its hyper-parameters, and that it has ended.
  absl::Status AddHparams(std::span<const model::Param> params);

 private:
  absl::Status AddMetadataOnly(std::string_view tag, std::string_view plugin, std::string content);

  records::TfRecordWriter records_;
  double wall_time_;
  absl::flat_hash_set<std::string> described_;  // tags whose metadata has been written
};

}  // namespace telltale::formats::tensorboard
