#include "lib/records/tfrecord_writer.h"

#include <array>
#include <utility>

#include "lib/base/bytes.h"
#include "lib/base/crc32c.h"
#include "lib/base/status_util.h"
#include "lib/records/tfrecord_format.h"

namespace telltale::records {

TfRecordWriter::TfRecordWriter(io::ByteSink sink) : sink_(std::move(sink)) {}

absl::Status TfRecordWriter::Write(std::string_view data, const TfRecordDamage& damage) {
  std::array<char, kTfRecordHeaderBytes> header;
  StoreLittleEndian<uint64_t>(header.data(), data.size());
  const uint32_t length_crc = MaskedCrc32c({header.data(), kTfRecordLengthBytes});
  StoreLittleEndian<uint32_t>(header.data() + kTfRecordLengthBytes, length_crc ^ damage.length_crc);
  std::array<char, kTfRecordCrcBytes> footer;
  StoreLittleEndian<uint32_t>(footer.data(), MaskedCrc32c(data) ^ damage.data_crc);

  TELLTALE_RETURN_IF_ERROR(sink_({header.data(), header.size()}));
  TELLTALE_RETURN_IF_ERROR(sink_(data));
  TELLTALE_RETURN_IF_ERROR(sink_({footer.data(), footer.size()}));
  ++records_;
  bytes_ += kTfRecordOverhead + data.size();
  return absl::OkStatus();
}

}  // namespace telltale::records
