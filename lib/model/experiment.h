// What a read of one path gives: runs with their series, and the problems met on the way.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "lib/base/problem.h"
#include "lib/model/series.h"

namespace telltale::model {

// A hyper-parameter. Trackers that only know strings give strings.
using ParamValue = std::variant<std::string, double, bool>;
struct Param {
  std::string name = {};
  ParamValue value = {};
  bool operator==(const Param&) const = default;
};

// One file of a run, in the order in which it was read.
struct RunFile {
  std::string path = {};       // as the user would type it
  uint64_t bytes = 0;          // on disk
  uint64_t records = 0;        // intact ones
  uint64_t pending_bytes = 0;  // of a torn last record; a writer may still be at work
};

enum class RunStatus : uint8_t { kUnknown, kRunning, kFinished, kFailed, kKilled };

// What a tracker knows of a run besides its points. Empty, or 0, where it does not.
struct RunInfo {
  std::string id = {};       // the tracker's own: MLflow's 32 hexadecimal digits, W&B's run id
  std::string title = {};    // what people call it: MLflow's run name, W&B's display name
  std::string project = {};  // what it belongs to: MLflow's experiment, W&B's or Trackio's project
  std::string group = {};    // W&B's group
  std::string note = {};     // Markdown: MLflow's note, W&B's notes
  RunStatus status = RunStatus::kUnknown;
  double start_time = 0;  // seconds since the Unix epoch
  double end_time = 0;
};

// One stream as its tracker names it: a TensorBoard directory, an MLflow run, a W&B run, one CSV
// file.
struct Run {
  std::string name =
      {};  // relative to the path that was read, '/'-separated; "." for that path itself
  std::string path = {};  // directory or file, as the user would type it
  std::vector<RunFile> files = {};
  std::vector<Series> series = {};  // in the order of first appearance
  std::vector<TextSeries> texts = {};
  std::vector<OpaqueSeries> opaque = {};
  std::vector<Param> params = {};  // in the order of the source
  std::vector<Param> tags = {};    // MLflow's tags; W&B's are names with the value true
  RunInfo info = {};
  // The tracker's run is what a person calls a run: its name says nothing about a split, and it
  // belongs to no other run.
  bool whole = false;
  std::vector<int64_t> restarts =
      {};  // steps at which the source says that a session started again
  // Number of this session where one directory holds several ("name#1", ...), else 0.
  uint32_t session = 0;
  bool written_by_telltale = false;  // annotations: never diagnosed, never converted
  double first_wall_time = 0;  // earliest finite wall time of any point but 0; 0 when there is none
  double last_wall_time = 0;
};

struct Experiment {
  std::string format = {};             // a name of the JSON contract: "tensorboard", "mlflow", ...
  std::string path = {};               // as the user gave it
  std::vector<Run> runs = {};          // sorted by name
  std::vector<Problem> problems = {};  // sorted by path, then offset
};

// Checks what every reader promises: columns of equal length, unique tags in a run, unique run
// names, sorted runs. Returns the first broken promise; used by tests and fuzzing.
std::optional<std::string> Validate(const Experiment& experiment);

}  // namespace telltale::model
