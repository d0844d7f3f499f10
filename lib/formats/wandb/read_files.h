// Finds the .wandb files below a path and reads them, several runs at once.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "lib/formats/format.h"
#include "lib/model/experiment.h"

namespace telltale::formats::wandb {

// ":W&B", the magic number 0xBEE1, version 0: what every .wandb file begins with.
inline constexpr std::string_view kFileHeader("\x3aW&B\xe1\xbe\0", 7);
inline constexpr std::string_view kSuffix = ".wandb";

// formats::Format::read. `path` is a .wandb file, a run's directory, or one with runs anywhere
// below.
absl::StatusOr<model::Experiment> ReadFiles(const std::string& path, const ReadOptions& options);

}  // namespace telltale::formats::wandb
