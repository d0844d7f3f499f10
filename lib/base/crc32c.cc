#include "lib/base/crc32c.h"

#include <isa-l/crc.h>

#include <cstddef>
#include <limits>

#if defined(__x86_64__)
#include <nmmintrin.h>

#include "lib/base/bytes.h"
#endif

namespace telltale {
namespace {

#if defined(__x86_64__)
// ISA-L is made for long buffers. For the 40 bytes of a scalar event its way in and out takes as
// long as the processor's own instruction for the whole of it, and that adds up: a large log holds
// millions of them.
constexpr size_t kShort = 256;

__attribute__((target("sse4.2"))) uint32_t ShortCrc32c(std::string_view data) {
  const char* p = data.data();
  size_t left = data.size();
  uint64_t wide = 0xffffffffu;
  for (; left >= 8; left -= 8, p += 8) wide = _mm_crc32_u64(wide, LoadLittleEndian<uint64_t>(p));
  auto crc = static_cast<uint32_t>(wide);
  if ((left & 4) != 0) {
    crc = _mm_crc32_u32(crc, LoadLittleEndian<uint32_t>(p));
    p += 4;
  }
  if ((left & 2) != 0) {
    crc = _mm_crc32_u16(crc, LoadLittleEndian<uint16_t>(p));
    p += 2;
  }
  if ((left & 1) != 0) crc = _mm_crc32_u8(crc, static_cast<unsigned char>(*p));
  return ~crc;
}
#endif

}  // namespace

uint32_t Crc32c(std::string_view data) {
#if defined(__x86_64__)
  if (data.size() < kShort && __builtin_cpu_supports("sse4.2")) return ShortCrc32c(data);
#endif
  // ISA-L takes a length as int and a pointer to non-const, which it does not write through.
  constexpr size_t kMost = static_cast<size_t>(std::numeric_limits<int>::max()) & ~size_t{63};
  auto* bytes = reinterpret_cast<unsigned char*>(const_cast<char*>(data.data()));
  size_t left = data.size();
  uint32_t crc = 0xffffffffu;
  for (; left > kMost; left -= kMost, bytes += kMost) {
    crc = crc32_iscsi(bytes, static_cast<int>(kMost), crc);
  }
  return ~crc32_iscsi(bytes, static_cast<int>(left), crc);
}

}  // namespace telltale
