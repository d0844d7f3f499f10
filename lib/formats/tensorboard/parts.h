// A log directory in parts (lib/formats/parts.h): directories of which none has to do with another.
#pragma once

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "lib/formats/parts.h"
#include "lib/formats/read_options.h"

namespace telltale::formats::tensorboard {

// A directory with event files of its own is one part with all below it, and so is one below which
// a directory is named for a split; others are as many parts as they hold. Nothing is read.
absl::StatusOr<std::unique_ptr<Parts>> Divide(const std::string& path, const ReadOptions& options);

}  // namespace telltale::formats::tensorboard
