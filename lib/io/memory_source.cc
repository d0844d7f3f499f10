#include <algorithm>
#include <cstring>
#include <memory>
#include <string>

#include "lib/io/byte_source.h"

namespace telltale::io {
namespace {

class MemorySource final : public ByteSource {
 public:
  MemorySource(std::string_view bytes, std::string_view name) : bytes_(bytes), name_(name) {}

  absl::StatusOr<size_t> Read(char* out, size_t n) override {
    n = std::min(n, bytes_.size());
    if (n > 0) std::memcpy(out, bytes_.data(), n);
    bytes_.remove_prefix(n);
    return n;
  }

  std::optional<uint64_t> Remaining() override { return bytes_.size(); }
  std::string_view name() const override { return name_; }

 private:
  std::string_view bytes_;
  std::string name_;
};

}  // namespace

std::unique_ptr<ByteSource> FromMemory(std::string_view bytes, std::string_view name) {
  return std::make_unique<MemorySource>(bytes, name);
}

}  // namespace telltale::io
