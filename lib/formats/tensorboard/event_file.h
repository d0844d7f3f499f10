// Reads one event file into the runs' model: framing, then events, then values.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "lib/base/problem.h"
#include "lib/formats/format.h"
#include "lib/io/byte_source.h"
#include "lib/model/experiment.h"

namespace telltale::formats::tensorboard {

// What one file holds. `run` has no name yet: which run it belongs to is decided by directory and
// sessions.
struct EventFile {
  model::Run run = {};                 // one RunFile
  std::vector<Problem> problems = {};  // with path
  bool compressed = false;
  uint64_t events = 0;
};

struct EventFileOptions {
  std::string path = {};              // for messages
  std::string run_name = {};          // given to ReadOptions::select
  const ReadOptions* read = nullptr;  // must outlive the call
  // Told of the bytes and points as they are read, from the reading thread.
  std::function<void(uint64_t bytes, uint64_t points)> progress = {};
};

// Reads all that `source` holds. Damage becomes problems; fails only where the source fails at once
// (what was read before a later failure is kept, and the failure becomes a problem).
absl::StatusOr<EventFile> ReadEventFile(io::ByteSource& source, const EventFileOptions& options);

}  // namespace telltale::formats::tensorboard
