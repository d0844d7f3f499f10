// Reading what a PATH holds.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "lib/workflow/diagnose_parts.h"
#include "lib/workflow/load.h"
#include "tools/telltale/options.h"
#include "tools/telltale/progress.h"

namespace telltale::cli {

enum class Depth { kPoints, kChecksumsOnly };

using workflow::Loaded;

// Reads and groups `path`, with a progress bar.
absl::StatusOr<Loaded> Load(const std::string& path, const Settings& settings,
                            Depth depth = Depth::kPoints);

// When there is a progress bar.
ProgressBar::When WhenFor(const Settings& settings);

// How `settings` want it read. `progress` must outlive what is returned.
workflow::LoadOptions LoadOptionsFor(const Settings& settings, ProgressBar& progress);

// The same for reading part by part, within --max-memory.
workflow::PartsOptions PartsOptionsFor(const Settings& settings, ProgressBar& progress);

// Fills in `loaded`'s diagnoses, on several threads. `ready` is called with the index of each
// training run, in order, as soon as its diagnosis and all before it are there, from one thread at
// a time; false ends the work early.
void Diagnose(Loaded& loaded, const Settings& settings, const std::function<bool(size_t)>& ready);

// What several PATHs amount to, for the exit status.
struct Tally {
  bool failed = false;    // a PATH could not be read at all
  bool damaged = false;   // some input was damaged
  bool findings = false;  // at or above --fail-on

  void Take(const Loaded& loaded, const Settings& settings);
  void Take(std::span<const Problem> problems);
  void Take(std::span<const diagnosis::Finding> found, const Settings& settings);
  int exit_code() const;
};

// Loads all `paths`, complains about those that cannot be read, and counts them in `tally`.
std::vector<Loaded> LoadAll(const std::vector<std::string>& paths, const Settings& settings,
                            Depth depth, Tally& tally);

}  // namespace telltale::cli
