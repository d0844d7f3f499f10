#include "lib/base/crc32c.h"

#include <isa-l/crc.h>

#include <algorithm>
#include <cstddef>
#include <limits>

namespace telltale {

uint32_t Crc32c(std::string_view data) {
  // ISA-L takes a length as int and a pointer to non-const, which it does not write through.
  constexpr size_t kMost = static_cast<size_t>(std::numeric_limits<int>::max()) & ~size_t{63};
  uint32_t crc = 0xffffffffu;
  while (!data.empty()) {
    const size_t n = std::min(data.size(), kMost);
    auto* bytes = reinterpret_cast<unsigned char*>(const_cast<char*>(data.data()));
    crc = crc32_iscsi(bytes, static_cast<int>(n), crc);
    data.remove_prefix(n);
  }
  return crc ^ 0xffffffffu;
}

}  // namespace telltale
