// How a format is written: what it can hold, and the two functions that write it. What does not fit
// is settled before: the plan of a conversion (lib/convert/plan.h) makes from an experiment one
// that fits and a list of what was lost, so that a writer meets nothing that it cannot write.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "lib/formats/progress.h"
#include "lib/model/experiment.h"

namespace telltale::formats {

// What a format can hold. The initial values are those of a format that holds everything.
struct Capacity {
  // Points.
  bool float64 = true;          // else values are rounded to 32 bits
  bool negative_zero = true;    // else -0.0 comes back as 0.0
  bool greatest_double = true;  // else the greatest finite doubles come back as infinities
  bool wall_times = true;       // else only steps and values
  double time_unit = 0;         // seconds: wall times are rounded to it; 0 keeps doubles
  bool time_a_point = true;     // else all tags of a step share one wall time, the latest
  bool odd_wall_times = true;   // NaN, infinite or negative ones
  bool repeated_points = true;  // the same step, wall time and value twice in a series
  bool custom_axes = false;     // model::Series::axis_values
  // Names.
  bool tags_are_paths = false;  // "loss" and "loss/x" exclude each other
  // Besides points.
  bool texts = false;         // model::TextSeries
  bool opaque = false;        // model::OpaqueSeries of the format's own encoding
  bool typed_params = false;  // numbers and booleans, not only text
  bool params = false;
  size_t param_bytes = SIZE_MAX;  // of a parameter's value
  bool tags = false;              // model::Run::tags
  size_t tag_bytes = SIZE_MAX;    // of a tag's value
  bool notes = false;             // model::RunInfo::note
};

struct WriteOptions {
  size_t jobs = 0;  // threads; 0 means one per core
  // Called now and then, from any thread but never from two at once. `bytes_*` stay 0.
  std::function<void(const Progress&)> progress = {};
};

// What a writer did.
struct Written {
  // Files, directories or addresses that hold the result, as the user would type them.
  std::vector<std::string> places = {};
  uint64_t runs = 0;
  uint64_t points = 0;
  uint64_t replaced_runs = 0;  // of an earlier conversion of the same source
};

struct Sink {
  Capacity capacity = {};

  // Whether `destination`, as the user typed it, can be nothing else than this format ("a.csv").
  bool (*claims)(std::string_view destination) = nullptr;

  // `tag` or `name` where the format takes it, else the name nearest to it that the format takes.
  // Deterministic; two names may become one, which the plan then tells apart. Never empty.
  std::string (*fit_tag)(std::string_view tag) = nullptr;
  std::string (*fit_run)(std::string_view name) = nullptr;

  // Writes all runs of `experiment`, which fits `capacity` and whose names fit. What is written is
  // there completely or not at all, run by run at least: a process that is killed leaves nothing
  // that looks whole and is not. Writing the same runs again (same RunInfo::id) replaces them;
  // what others wrote is never touched, and where it stands in the way that is an error which says
  // so. Errors name the place.
  absl::StatusOr<Written> (*write)(const model::Experiment& experiment,
                                   const std::string& destination,
                                   const WriteOptions& options) = nullptr;
};

}  // namespace telltale::formats
