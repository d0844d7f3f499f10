// How Telltale recognises the event files that it wrote itself: annotations, which are never
// diagnosed, and converted runs, which are runs like any other but may be written anew.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace telltale::formats::tensorboard {

// What our files say in source_metadata.writer of their first event: "telltale <version>".
std::string OwnWriter();

// Whether `writer` is what any version of Telltale says there.
bool IsOwnWriter(std::string_view writer);

// Whether the first record of the file is intact and says that Telltale wrote it. False for a file
// that is empty, damaged at its beginning, or no event file at all; fails only when it cannot be
// read.
absl::StatusOr<bool> IsOwnEventFile(const std::string& path);

// What a converted run says there: "telltale-convert <version>".
std::string ConvertWriter();

// Whether the first record of the file is intact and says that a conversion of Telltale's wrote it.
absl::StatusOr<bool> IsConvertedEventFile(const std::string& path);

}  // namespace telltale::formats::tensorboard
