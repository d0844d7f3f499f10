// Finds the .wandb files below a path and reads them, several runs at once.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "lib/formats/format.h"
#include "lib/model/experiment.h"

namespace telltale::formats::wandb {

// ":W&B" and the number 0xBEE1: what every .wandb file begins with, and then a version.
inline constexpr std::string_view kMagic("\x3aW&B\xe1\xbe", 6);
inline constexpr uint8_t kNewestVersion = 1;
inline constexpr std::string_view kSuffix = ".wandb";

// formats::Format::read. `path` is a .wandb file, a run's directory, or one with runs anywhere
// below.
absl::StatusOr<model::Experiment> ReadFiles(const std::string& path, const ReadOptions& options);

}  // namespace telltale::formats::wandb
