// A format is how one tracker stores runs. The file `<name>/<name>_format.cc` is its registration:
// it defines `const Format <name>_format`, the build collects these files, and no list is edited.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "lib/formats/notes.h"
#include "lib/formats/parts.h"
#include "lib/formats/read_options.h"
#include "lib/formats/sink.h"
#include "lib/model/experiment.h"

namespace telltale::formats {

// kYes: nothing else than this format. kMaybe: could be, if nobody says yes.
enum class Claim { kNo, kMaybe, kYes };

// What a sniffer sees. It cannot fail and allocates nothing that the input chooses.
struct SniffInput {
  std::string_view path = {};  // as the user gave it; may be an address ("http://...")
  bool directory = false;
  // The first 4 KiB of a file, decompressed if it is gzip'd; empty for a directory or an address.
  std::string_view head = {};
  // Files below a directory, as paths relative to it, those of one depth sorted and the nearest
  // first; at most kMostSniffed.
  std::span<const std::string> files = {};
  // The first 4 KiB of one of `files`; empty where it cannot be read.
  std::function<std::string(const std::string& file)> head_of = {};
  // Names of the tables of a SQLite database, in no order: of the path itself ("") or of one of
  // `files`. Their names often lie beyond the first 4 KiB. Empty where there are none to be read.
  std::function<std::vector<std::string>(const std::string& file)> tables_of = {};
};

inline constexpr size_t kMostSniffed = 4096;

struct Format {
  std::string_view id = {};       // of the JSON contract: "tensorboard"
  std::string_view summary = {};  // one line for `telltale formats`
  Claim (*sniff)(const SniffInput& input) = nullptr;
  // Reads all below `path`. Damage is a Problem in the result; an error Status means that nothing
  // could be read at all.
  absl::StatusOr<model::Experiment> (*read)(const std::string& path,
                                            const ReadOptions& options) = nullptr;
  // Divides what is below `path`; nullptr: it is read as a whole. Fails where `read` would.
  absl::StatusOr<std::unique_ptr<Parts>> (*divide)(const std::string& path,
                                                   const ReadOptions& options) = nullptr;
  // How it is written; nullptr: it is only read.
  const Sink* sink = nullptr;
  // How findings are written to what was read; nullptr: there is no place for them.
  WriteNotes write_notes = nullptr;
  std::string_view notes_shown = {};  // how people see them: "in `mlflow ui`: ...", one line
};

// All formats, sorted by id. Constant data.
std::span<const Format* const> AllFormats();

// The format named `id`, or nullptr.
const Format* FindFormat(std::string_view id);

// Which format `path`, a file, a directory or an address, is in. NotFound when there is nothing at
// `path` or nobody claims it; FailedPrecondition when two formats both say yes (the message names
// both).
absl::StatusOr<const Format*> Detect(const std::string& path);

}  // namespace telltale::formats
