// The records of a run's event files, one after the other.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "lib/base/problem.h"
#include "lib/io/byte_source.h"
#include "lib/records/tfrecord_reader.h"

namespace telltale::edit {

struct RunRecord {
  std::string_view data = {};  // valid until the next call of Next()
  size_t file = 0;             // which of them it stands in
};

class RunEvents {
 public:
  struct Options {
    // Of all files at once, the earliest wall time first, where each file keeps its own order; else
    // file by file.
    bool by_time = false;
    ProblemSink on_problem = {};
    // How many records of each file are read; empty: all. What is written meanwhile stays out.
    std::vector<uint64_t> records = {};
  };

  // ResourceExhausted where there are more files than may be open at once.
  static absl::StatusOr<RunEvents> Open(const std::vector<std::string>& files, Options options);

  // The next intact record, or nullopt where all files have ended. Fails where a file cannot be
  // read.
  absl::StatusOr<std::optional<RunRecord>> Next();

  // Of each file, those returned so far.
  std::vector<uint64_t> records() const;
  // Of last records without an end, in the files that were read to theirs.
  uint64_t torn_bytes() const { return torn_bytes_; }

 private:
  struct File {
    std::string path = {};
    std::unique_ptr<io::ByteSource> source = {};  // null: not opened yet, or ended
    std::unique_ptr<records::TfRecordReader> reader = {};
    std::string_view next = {};  // by_time: the record that waits
    double time = 0;             // its wall time
    uint64_t records = 0;
    bool ended = false;
  };

  explicit RunEvents(Options options) : options_(std::move(options)) {}
  absl::Status Begin(size_t file);
  absl::StatusOr<std::optional<std::string_view>> Take(size_t file);
  absl::Status Advance(size_t file);  // by_time
  absl::StatusOr<std::optional<RunRecord>> NextByTime();

  Options options_;
  std::vector<File> files_;
  uint64_t torn_bytes_ = 0;
  size_t at_ = 0;               // the file that is read, file by file
  std::optional<size_t> used_;  // by_time: whose record was returned
};

}  // namespace telltale::edit
