// LevelDB's log in the variant of .wandb files, written (docs/formats/leveldb_log.md); the
// counterpart of leveldb_log_reader.h.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "lib/io/byte_sink.h"

namespace telltale::records {

class LevelDbLogWriter {
 public:
  // `file_header`, kLogFileHeaderBytes of them, goes before the first record.
  LevelDbLogWriter(io::ByteSink sink, std::string_view file_header);

  // Frames `data` and hands it to the sink. Fails only if the sink fails; the file is then torn.
  absl::Status Write(std::string_view data);

  uint64_t records() const { return records_; }  // written so far
  uint64_t bytes() const { return bytes_; }      // of the file so far, header included

 private:
  absl::Status Put(std::string_view bytes);

  io::ByteSink sink_;
  std::string file_header_;
  uint64_t records_ = 0;
  uint64_t bytes_ = 0;
};

}  // namespace telltale::records
