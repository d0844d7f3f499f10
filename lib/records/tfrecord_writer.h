// TFRecord framing, written (docs/formats/tfrecord.md); the counterpart of tfrecord_reader.h.
#pragma once

#include <cstdint>
#include <string_view>

#include "absl/status/status.h"
#include "lib/io/byte_sink.h"

namespace telltale::records {

// Bits to flip in what is stored, so that a test can have a damaged file of any kind.
struct TfRecordDamage {
  uint32_t length_crc = 0;  // in the masked checksum of the length
  uint32_t data_crc = 0;    // in the masked checksum of the payload
};

class TfRecordWriter {
 public:
  explicit TfRecordWriter(io::ByteSink sink);

  // Frames `data` and hands it to the sink. Fails only if the sink fails; the file is then torn.
  absl::Status Write(std::string_view data, const TfRecordDamage& damage = {});

  uint64_t records() const { return records_; }  // written so far
  uint64_t bytes() const { return bytes_; }      // of them, framing included

 private:
  io::ByteSink sink_;
  uint64_t records_ = 0;
  uint64_t bytes_ = 0;
};

}  // namespace telltale::records
