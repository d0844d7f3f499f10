// CRC-32 as zlib, gzip and PNG have it (IEEE 802.3).
// Source: RFC 1952 section 8.
#pragma once

#include <cstdint>
#include <string_view>

namespace telltale {

// CRC-32 of `data`, or, with the CRC of what stands before it, of both together:
// Crc32("123456789") == 0xcbf43926.
uint32_t Crc32(std::string_view data, uint32_t before = 0);

}  // namespace telltale
