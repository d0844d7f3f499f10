// A conversion from beginning to end: find the formats, read, plan, write, read back.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "lib/base/problem.h"
#include "lib/convert/plan.h"
#include "lib/convert/verify.h"
#include "lib/formats/format.h"
#include "lib/model/training_run.h"

namespace telltale::convert {

struct ConvertOptions {
  std::string from = {};  // id of a format; empty: what the source looks like
  std::string to = {};    // empty: what the destination's name says
  PlanOptions plan = {};
  // Runs that belong together become one (lib/convert/merge.h), grouped by these options.
  bool merge_training_runs = false;
  model::GroupingOptions grouping = {};
  bool dry_run = false;  // plan only
  bool verify = false;   // read the target back and compare
  size_t jobs = 0;
  // Of formats::ReadOptions, of the source.
  uint64_t max_record_bytes = formats::ReadOptions().max_record_bytes;
  size_t max_tags = formats::ReadOptions().max_tags;
  // formats::ReadOptions::select, of the source.
  std::function<bool(std::string_view run, std::string_view tag)> select = {};
  std::function<void(const formats::Progress&)> on_read = {};
  // While writing `bytes_*` count points: those written, and those planned.
  std::function<void(const formats::Progress&)> on_write = {};
  // formats::ReadOptions::cancelled, of the source; what has begun to be written is written.
  std::function<bool()> cancelled = {};
};

struct Conversion {
  const formats::Format* from = nullptr;  // nullptr: an experiment that no format read
  Plan plan = {};  // its fitted experiment is empty after writing without verify
  std::vector<Problem> problems = {};  // of the source
  formats::Written written = {};
  std::optional<Verification> verification = {};
};

// The format that `destination` is to be written in: `to` where it is given, else the one whose
// files are called so. InvalidArgument when there is none, or it cannot be written.
absl::StatusOr<const formats::Format*> TargetFormat(const std::string& destination,
                                                    std::string_view to);

// Converts `source` into `destination`. Damage of the source becomes problems and the rest is
// converted. Errors: the source cannot be read at all, the destination lies in the source, cannot
// be written or is somebody else's. A difference found by verifying is no error.
absl::StatusOr<Conversion> Convert(const std::string& source, const std::string& destination,
                                   const ConvertOptions& options = {});

// The same of an experiment that is in memory; `from`, `jobs` of reading, `select` and `cancelled`
// have no meaning. Where `experiment.path` is one that a format read, the destination must lie
// outside of it.
absl::StatusOr<Conversion> ConvertExperiment(model::Experiment experiment,
                                             const std::string& destination,
                                             const ConvertOptions& options = {});

}  // namespace telltale::convert
