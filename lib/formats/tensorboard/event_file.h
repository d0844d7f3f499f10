// Reads one event file into the runs' model: framing, then events, then values.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "lib/base/problem.h"
#include "lib/formats/format.h"
#include "lib/formats/tensorboard/problem_list.h"
#include "lib/formats/tensorboard/tag_facts.h"
#include "lib/io/byte_source.h"
#include "lib/model/experiment.h"

namespace telltale::formats::tensorboard {

// What TensorBoard takes for an event file (io_wrapper.IsSummaryEventsFile): the word anywhere in
// the base name.
bool IsEventFileName(std::string_view name);

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

// A part of a file: the events that begin in [begin, end).
struct PartOptions {
  uint64_t begin = 0;
  uint64_t end = UINT64_MAX;
  // `begin` may stand within an event. The source begins there.
  bool find_first = false;
  // What is known of tags from before `begin`.
  const std::vector<TagFacts>* known = nullptr;
  // Series without points, whose memory the part's series take. With it, memory that the part needs
  // no more is not given back: the part is soon copied to somewhere else.
  std::vector<model::Series>* spare = nullptr;
};

struct FilePart {
  EventFile file = {};  // without problems
  ProblemList problems = {};
  uint64_t end = UINT64_MAX;           // of PartOptions
  std::optional<uint64_t> first = {};  // where the first event that was met begins, in the part or
                                       // behind it; nullopt: none was found
  std::optional<uint64_t> next = {};   // where the first event behind the part begins; nullopt: the
                                       // file ended before
  std::vector<TagFacts> tags = {};
  // Something was met whose meaning depends on what stands before `begin` and was not known.
  bool depends_on_before = false;
};

// The same for a part. What the parts of a file give, put together by PartJoiner (file_parts.h), is
// what ReadEventFile gives.
absl::StatusOr<FilePart> ReadFilePart(io::ByteSource& source, const EventFileOptions& options,
                                      const PartOptions& part);

// Reads all that `source` holds. Damage becomes problems; fails only where the source fails at once
// (what was read before a later failure is kept, and the failure becomes a problem).
absl::StatusOr<EventFile> ReadEventFile(io::ByteSource& source, const EventFileOptions& options);

}  // namespace telltale::formats::tensorboard
