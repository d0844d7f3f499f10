// A source that holds what a test has put there so far, and hands it out in pieces of a chosen
// size.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "lib/io/byte_source.h"

namespace telltale::testing {

class GrowingSource final : public io::ByteSource {
 public:
  explicit GrowingSource(std::string bytes = {}) : bytes_(std::move(bytes)) {}

  void Append(std::string_view bytes) { bytes_.append(bytes); }
  // No Read() gives more than this.
  void set_piece(size_t piece) { piece_ = piece; }
  // Remaining() says nullopt, as a decompressor does.
  void hide_size() { knows_size_ = false; }
  // Read() fails once this many bytes were handed out.
  void fail_at(size_t offset) { fail_at_ = offset; }

  absl::StatusOr<size_t> Read(char* out, size_t n) override {
    if (position_ >= fail_at_) return absl::DataLossError("growing: input/output error");
    n = std::min({n, piece_, bytes_.size() - position_, fail_at_ - position_});
    if (n > 0) std::memcpy(out, bytes_.data() + position_, n);
    position_ += n;
    return n;
  }
  std::optional<uint64_t> Remaining() override {
    if (!knows_size_) return std::nullopt;
    return bytes_.size() - position_;
  }
  std::string_view name() const override { return "growing"; }

 private:
  std::string bytes_;
  size_t position_ = 0;
  size_t piece_ = SIZE_MAX;
  size_t fail_at_ = SIZE_MAX;
  bool knows_size_ = true;
};

}  // namespace telltale::testing
