// TFRecord bytes for tests, damaged on request.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "lib/base/bytes.h"
#include "lib/base/crc32c.h"

namespace telltale::testing {

struct FrameDamage {
  uint32_t length_crc = 0;  // flipped into the checksum of the length
  uint32_t data_crc = 0;    // flipped into the checksum of the payload
};

inline std::string Frame(std::string_view payload, FrameDamage damage = {}) {
  char length[8];
  char crc[4];
  StoreLittleEndian<uint64_t>(length, payload.size());
  std::string bytes(length, sizeof length);
  StoreLittleEndian<uint32_t>(crc, MaskedCrc32c(bytes) ^ damage.length_crc);
  bytes.append(crc, sizeof crc).append(payload);
  StoreLittleEndian<uint32_t>(crc, MaskedCrc32c(payload) ^ damage.data_crc);
  return bytes.append(crc, sizeof crc);
}

}  // namespace telltale::testing
