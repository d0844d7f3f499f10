// Opens logs for a copy that keeps what can be read.
#pragma once

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "lib/base/problem.h"
#include "lib/io/byte_source.h"

namespace telltale::edit {

// As io::OpenFile, but a compressed file ends where its stream is broken: nothing behind that place
// can be read by anybody, so `on_problem` is told (offsets are those of the decompressed bytes),
// and what stands before it is there to be copied. Other failures may be gone the next time, and
// stay errors. `on_problem` may be empty.
absl::StatusOr<std::unique_ptr<io::ByteSource>> OpenLog(const std::string& path,
                                                        ProblemSink on_problem);

}  // namespace telltale::edit
