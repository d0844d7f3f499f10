// Little-endian loads and stores at fixed offsets. Callers check lengths; Load* never reads past `p
// + sizeof(T)`.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace telltale {

static_assert(std::endian::native == std::endian::little,
              "big-endian machines would need byte swaps here");

template <typename T>
T LoadLittleEndian(const char* p) {
  T value;
  std::memcpy(&value, p, sizeof value);
  return value;
}

template <typename T>
void StoreLittleEndian(char* p, T value) {
  std::memcpy(p, &value, sizeof value);
}

// a == b, in place: for texts of some ten bytes a call of memcmp costs more than the comparison,
// and reading compares millions of them.
inline bool SameBytes(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  const char* p = a.data();
  const char* q = b.data();
  size_t left = a.size();
  for (; left >= 8; left -= 8, p += 8, q += 8) {
    if (LoadLittleEndian<uint64_t>(p) != LoadLittleEndian<uint64_t>(q)) return false;
  }
  if ((left & 4) != 0) {
    if (LoadLittleEndian<uint32_t>(p) != LoadLittleEndian<uint32_t>(q)) return false;
    p += 4;
    q += 4;
  }
  if ((left & 2) != 0) {
    if (LoadLittleEndian<uint16_t>(p) != LoadLittleEndian<uint16_t>(q)) return false;
    p += 2;
    q += 2;
  }
  return (left & 1) == 0 || *p == *q;
}

}  // namespace telltale
