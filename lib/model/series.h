// A series is one tag of one run: points as columns, in the order of the file, nothing dropped.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "lib/base/column.h"
#include "lib/model/role.h"

namespace telltale::model {

struct Series {
  std::string tag = {};
  // The three columns have the same length. Steps may repeat or go back (restarts): cleaning is the
  // reader's business.
  Column<int64_t> steps = {};
  Column<double> wall_times = {};  // seconds since the Unix epoch; may be NaN
  Column<double> values = {};      // may be NaN or infinite
  // Where the tracker says that the series is drawn over something else than its steps (W&B's
  // define_metric): the name of that, and its value at each point. Else both are empty.
  std::string axis = {};
  Column<double> axis_values = {};
  bool float32 = false;  // all values came from 32-bit floats, so their decimals end there
  Role role = {};        // inferred, or set by the user
  bool role_from_user = false;

  // What the tracker says about the tag.
  std::string plugin = {};  // "scalars" where known
  std::string display_name = {};
  std::string description = {};  // Markdown

  // Points that the source has and the columns have not: who follows a growing log lets go of them
  // (lib/watch). 0 wherever a series has been read as a whole.
  size_t released = 0;

  size_t size() const { return steps.size(); }
  size_t count() const { return size() + released; }  // in the source
};

// Text logged under a tag.
struct TextPoint {
  int64_t step = 0;
  double wall_time = 0;
  std::vector<std::string> strings = {};  // row-major elements of the tensor
  std::vector<int64_t> shape = {};        // empty: a single string
};

struct TextSeries {
  std::string tag = {};
  std::vector<TextPoint> points = {};
};

// Images, histograms, audio, unknown plugins: not understood, never lost. `bytes` is the value as
// the format encodes it (TensorBoard: one serialised Summary.Value) and is kept only when the read
// asked for it.
struct OpaquePoint {
  int64_t step = 0;
  double wall_time = 0;
  std::string bytes = {};
};

struct OpaqueSeries {
  std::string tag = {};
  std::string kind = {};  // plugin name: "images", "histograms", ...; "graph" for graph definitions
  uint64_t count = 0;     // points in the source
  uint64_t byte_size = 0;  // of all their encodings
  std::vector<OpaquePoint> points = {};
};

}  // namespace telltale::model
