// Copies of damaged logs that all readers take. Nothing that can be read is left out.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "lib/base/problem.h"

namespace telltale::edit {

// A byte range that could not be read, and the steps on either side of it where there are any.
struct LostRange {
  Problem problem = {};
  std::optional<int64_t> step_before = {};
  std::optional<int64_t> step_behind = {};
};

struct RepairedFile {
  std::string path = {};     // as it was found
  std::string written = {};  // relative to the destination
  uint64_t records = 0;      // intact ones, all of them written
  uint64_t torn_bytes = 0;   // of a last record without an end, left out
  std::vector<LostRange> lost = {};
  // What was changed and how often, sorted.
  std::vector<std::pair<std::string, uint64_t>> changes = {};
};

struct RepairOptions {
  bool dry_run = false;  // nothing is written
};

struct RepairReport {
  std::vector<RepairedFile> files = {};
};

// Writes what can be read of the event files and .wandb files at or below `source` to the directory
// `destination`, under the same names. It is there completely or not at all; one that an earlier
// repair wrote is replaced. NotFound: no such files. AlreadyExists: something else stands at the
// destination. InvalidArgument: one of the two lies in the other.
absl::StatusOr<RepairReport> Repair(const std::string& source, const std::string& destination,
                                    const RepairOptions& options = {});

// What each tracker's own readers show of the file at `path`, and why: sentences without an end.
// Empty where they show all of it.
absl::StatusOr<std::vector<std::string>> Explain(const std::string& path);

}  // namespace telltale::edit
