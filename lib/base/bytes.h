// Little-endian loads and stores at fixed offsets. Callers check lengths; Load* never reads past `p
// + sizeof(T)`.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>

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

}  // namespace telltale
