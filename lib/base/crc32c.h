// CRC-32C (Castagnoli) and the mask that TFRecord files put over it.
// Source: RFC 3720 appendix B.4; tensorflow/core/lib/hash/crc32c.h for the mask.
#pragma once

#include <cstdint>
#include <string_view>

namespace telltale {

// Plain CRC-32C of `data`: Crc32c("123456789") == 0xe3069283.
uint32_t Crc32c(std::string_view data);

// A stored checksum that covers other checksums would be weak; TFRecord rotates and offsets it.
constexpr uint32_t MaskCrc32c(uint32_t crc) { return ((crc >> 15) | (crc << 17)) + 0xa282ead8u; }

inline uint32_t MaskedCrc32c(std::string_view data) { return MaskCrc32c(Crc32c(data)); }

}  // namespace telltale
