// What targets make of bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "lib/io/byte_source.h"
#include "lib/model/experiment.h"

namespace telltale::fuzz {

// Takes a value after the other from the bytes; zeros and nothing once they have ended.
class Input {
 public:
  explicit Input(std::string_view bytes) : rest_(bytes) {}

  bool more() const { return !rest_.empty(); }
  uint8_t Byte();
  double Double();
  // As many bytes as the next one says, or as are there.
  std::string_view Piece();
  std::string_view Rest();

 private:
  std::string_view rest_;
};

// Gives at most `most` bytes at a time, as a slow disk does.
class SlowSource : public io::ByteSource {
 public:
  SlowSource(std::string_view bytes, size_t most) : rest_(bytes), most_(most) {}
  absl::StatusOr<size_t> Read(char* out, size_t n) override;
  std::optional<uint64_t> Remaining() override { return rest_.size(); }
  std::string_view name() const override { return "slow"; }

 private:
  std::string_view rest_;
  size_t most_;
};

// Reads a file `name` with these bytes, all of which is in a directory of its own, as the format
// `id`, and checks what every reader promises.
void ReadAs(std::string_view id, std::string_view name, std::string_view bytes);

// What every reader promises of what it gives.
void CheckExperiment(const model::Experiment& experiment);

// Runs with a few series: names and points are the bytes'.
model::Experiment MakeExperiment(std::string_view bytes);

// A path in the memory of this machine that is this process's own.
std::string ScratchDirectory();

}  // namespace telltale::fuzz
