// A format is how one tracker stores runs. The file `<name>/<name>_format.cc` is its registration:
// it defines `const Format <name>_format`, the build collects these files, and no list is edited.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "lib/model/experiment.h"

namespace telltale::formats {

enum class Claim { kNo, kMaybe, kYes };

// What a sniffer sees. It cannot fail and allocates nothing that the input chooses.
struct SniffInput {
  std::string_view path = {};  // as the user gave it
  bool directory = false;
  std::string_view head =
      {};  // the first 4 KiB of a file, decompressed if it is gzip'd; empty for a directory
};

struct Progress {
  uint64_t bytes_done = 0;
  uint64_t bytes_total = 0;
  uint64_t points = 0;
};

struct ReadOptions {
  size_t jobs = 0;  // threads; 0 means one per core
  uint64_t max_record_bytes = uint64_t{256} << 20;
  bool keep_opaque =
      false;  // keep the bytes of images, histograms and so on, for writing them again
  bool verify_only = false;  // check framing and checksums, keep no points
  // Called with a run's name and a tag; false leaves the series out. Empty: everything is read.
  // Called from several threads.
  std::function<bool(std::string_view run, std::string_view tag)> select = {};
  // Called now and then, from any thread but never from two at once.
  std::function<void(const Progress&)> progress = {};
};

struct Format {
  std::string_view id;       // of the JSON contract: "tensorboard"
  std::string_view summary;  // one line for `telltale formats`
  Claim (*sniff)(const SniffInput& input);
  // Reads all below `path`. Damage is a Problem in the result; an error Status means that nothing
  // could be read at all.
  absl::StatusOr<model::Experiment> (*read)(const std::string& path, const ReadOptions& options);
};

// All formats, sorted by id. Constant data.
std::span<const Format* const> AllFormats();

// The format named `id`, or nullptr.
const Format* FindFormat(std::string_view id);

// Which format `path` is in. NotFound when there is nothing at `path` or nobody claims it;
// FailedPrecondition when two formats both say yes (the message names both).
absl::StatusOr<const Format*> Detect(const std::string& path);

}  // namespace telltale::formats
