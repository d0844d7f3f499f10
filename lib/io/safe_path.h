// Names from logs as paths. Whoever wrote a log chose its names, so they may try to lead out of the
// directory that the user chose.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace telltale::io {

// `root`, then the '/'-separated name `relative` ("." is `root` itself). Fails with InvalidArgument
// when a component is empty, "." or "..", longer than 255 bytes, or holds a NUL: so an absolute
// name fails, and what is returned lies below `root` unless a symbolic link leads away (see
// CheckBelow).
absl::StatusOr<std::string> JoinBelow(std::string_view root, std::string_view relative);

// Fails with FailedPrecondition when a symbolic link in `path`, as far as it exists, leads out of
// `root` or nowhere. `root` itself may be a link, and need not exist. A check for links that came
// with a log, not for somebody who swaps directories while we write.
absl::Status CheckBelow(const std::string& root, const std::string& path);

}  // namespace telltale::io
