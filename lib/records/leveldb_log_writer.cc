#include "lib/records/leveldb_log_writer.h"

#include <algorithm>
#include <array>
#include <utility>

#include "lib/base/bytes.h"
#include "lib/base/crc32.h"
#include "lib/base/status_util.h"
#include "lib/records/leveldb_log_format.h"

namespace telltale::records {

LevelDbLogWriter::LevelDbLogWriter(io::ByteSink sink, std::string_view file_header)
    : sink_(std::move(sink)), file_header_(file_header) {}

absl::Status LevelDbLogWriter::Put(std::string_view bytes) {
  TELLTALE_RETURN_IF_ERROR(sink_(bytes));
  bytes_ += bytes.size();
  return absl::OkStatus();
}

absl::Status LevelDbLogWriter::Write(std::string_view data) {
  static constexpr std::array<char, kLogChunkHeaderBytes> kPadding = {};
  if (bytes_ == 0) TELLTALE_RETURN_IF_ERROR(Put(file_header_));
  bool first = true;
  do {
    size_t left = kLogBlockBytes - static_cast<size_t>(bytes_ % kLogBlockBytes);
    if (left < kLogChunkHeaderBytes) {
      TELLTALE_RETURN_IF_ERROR(Put({kPadding.data(), left}));
      left = kLogBlockBytes;
    }
    const std::string_view part = data.substr(0, left - kLogChunkHeaderBytes);
    data.remove_prefix(part.size());
    const bool last = data.empty();
    const LogChunkType type = first ? (last ? LogChunkType::kFull : LogChunkType::kFirst)
                                    : (last ? LogChunkType::kLast : LogChunkType::kMiddle);
    std::array<char, kLogChunkHeaderBytes> header;
    header[6] = static_cast<char>(type);
    StoreLittleEndian<uint32_t>(header.data(), Crc32(part, Crc32({&header[6], 1})));
    StoreLittleEndian<uint16_t>(header.data() + 4, static_cast<uint16_t>(part.size()));
    TELLTALE_RETURN_IF_ERROR(Put({header.data(), header.size()}));
    TELLTALE_RETURN_IF_ERROR(Put(part));
    first = false;
  } while (!data.empty());
  ++records_;
  return absl::OkStatus();
}

}  // namespace telltale::records
