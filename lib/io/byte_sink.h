// Where bytes go: a string, a file, a compressor.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "absl/status/status.h"

namespace telltale::io {

// Takes all of `bytes`, in order, or fails; after a failure it is not called again. The view is
// valid during the call.
using ByteSink = std::function<absl::Status(std::string_view bytes)>;

// A sink that appends to `out`, which must outlive it.
inline ByteSink AppendTo(std::string& out) {
  return [&out](std::string_view bytes) {
    out += bytes;
    return absl::OkStatus();
  };
}

}  // namespace telltale::io
