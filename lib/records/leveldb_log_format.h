// Sizes and types of the log that LevelDB writes, in the variant that trackers use
// (docs/formats/leveldb_log.md).
#pragma once

#include <cstddef>
#include <cstdint>

namespace telltale::records {

inline constexpr size_t kLogBlockBytes = 32768;  // of the file; its header counts
inline constexpr size_t kLogFileHeaderBytes = 7;
inline constexpr size_t kLogChunkHeaderBytes = 7;  // crc:u32le length:u16le type:u8

// A record is one kFull chunk, or kFirst, any number of kMiddle, kLast.
enum class LogChunkType : uint8_t { kFull = 1, kFirst = 2, kMiddle = 3, kLast = 4 };

}  // namespace telltale::records
