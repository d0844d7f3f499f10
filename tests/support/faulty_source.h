// A source that behaves as files do when a disk, a network or another program interferes.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "absl/strings/str_cat.h"
#include "lib/io/byte_source.h"

namespace telltale::testing {

struct Faults {
  size_t piece = SIZE_MAX;      // no Read() gives more
  size_t fail_at = SIZE_MAX;    // Read() fails from this byte on, with an error that names it
  size_t shrink_to = SIZE_MAX;  // the file turns out to be that long, though Remaining() said more
  size_t grow_from = SIZE_MAX;  // Remaining() does not know of what stands behind
};

class FaultySource final : public io::ByteSource {
 public:
  static constexpr std::string_view kName = "/logs/faulty";

  FaultySource(std::string bytes, Faults faults) : bytes_(std::move(bytes)), faults_(faults) {}

  absl::StatusOr<size_t> Read(char* out, size_t n) override {
    if (n > 0 && position_ >= faults_.fail_at) {
      return absl::DataLossError(
          absl::StrCat("/logs/faulty: cannot read at byte ", position_, ": Input/output error"));
    }
    const size_t end = std::min({bytes_.size(), faults_.fail_at, faults_.shrink_to});
    n = std::min({n, faults_.piece, end - std::min(position_, end)});
    if (n > 0) std::memcpy(out, bytes_.data() + position_, n);
    position_ += n;
    return n;
  }
  std::optional<uint64_t> Remaining() override {
    const size_t known = std::min(bytes_.size(), faults_.grow_from);
    return known > position_ ? known - position_ : 0;
  }
  std::string_view name() const override { return kName; }

 private:
  std::string bytes_;
  Faults faults_;
  size_t position_ = 0;
};

}  // namespace telltale::testing
