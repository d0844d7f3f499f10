// Records of a .wandb file, written.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "lib/formats/wandb/rows.h"
#include "lib/io/byte_sink.h"
#include "lib/model/experiment.h"
#include "lib/records/leveldb_log_writer.h"
#include "proto/wandb.pb.h"

namespace telltale::formats::wandb {

class RecordWriter {
 public:
  explicit RecordWriter(io::ByteSink sink);

  // Numbers the record and writes it. Fails only if the sink does; the file is then torn.
  absl::Status Write(proto::WandbRecord& record);

  // The first record of a file: who wrote it.
  absl::Status WriteHeader(std::string_view producer);

  // One history record. `run` is the row's; `has_times` says whether rows have a time at all.
  struct RowContext {
    const model::Run& run;
    Rows::Form form;
    bool has_times;
  };
  absl::Status WriteRow(const Row& row, const RowContext& context);

 private:
  records::LevelDbLogWriter log_;
  int64_t count_ = 0;
  std::string bytes_;  // of the record at hand, kept for the next
  std::string history_;
  std::string item_;
  std::string number_;
};

// `seconds` since the Unix epoch.
proto::WandbTime TimeOf(double seconds);

// Adds {key: json} to `items`, as one path component.
void AddItem(std::string_view key, std::string json, proto::WandbItems& items);

// Seconds between the run's beginning and `time`, as rows say it; NaN where it cannot be told.
double RuntimeAt(double time, const model::RunInfo& info);

}  // namespace telltale::formats::wandb
