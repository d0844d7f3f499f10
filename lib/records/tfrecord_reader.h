// TFRecord framing, as TensorBoard event files use it (docs/formats/tfrecord.md).
//
//   record := length:u64le  masked_crc32c(length):u32le  data  masked_crc32c(data):u32le
//
//   what is wrong          what the reader does
//   data CRC mismatch      skips the record, reports a Problem, goes on
//   length CRC mismatch    scans on for a record whose two CRCs fit, reports what it skipped
//   longer than allowed    skips the record, reports a Problem, goes on
//   torn last record       no problem (a writer may be at work): Next() returns nullopt
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "lib/base/problem.h"
#include "lib/io/byte_source.h"

namespace telltale::records {

struct TfRecordOptions {
  // Longest payload accepted, in bytes. Checked before anything is allocated; and never more is
  // allocated than about twice what the source has delivered, whatever a length field says.
  uint64_t max_payload = uint64_t{256} << 20;
  // Where the source's first byte stands in the file, for offsets that are told.
  uint64_t begin = 0;
  // The source begins anywhere: what stands before the first record whose two checksums fit is
  // passed over and not reported. So a large file is read from several places at once.
  bool find_first = false;
  // With find_first: where no record begins before this offset, Next() finds none at all.
  uint64_t find_before = UINT64_MAX;
  // Called once for each unreadable byte range, in ascending order. If empty, problems are only
  // counted.
  ProblemSink on_problem = {};
};

struct TfRecord {
  uint64_t offset = 0;         // of the length field in the source
  std::string_view data = {};  // valid until the next call of Next()
};

class TfRecordReader {
 public:
  // `source` must outlive the reader.
  explicit TfRecordReader(io::ByteSource& source, TfRecordOptions options = {});

  // Returns the next intact record, or nullopt at the end of what is written so far: call again
  // when the file has grown, and reading resumes mid-record. Fails only if `source` fails.
  absl::StatusOr<std::optional<TfRecord>> Next();

  // The same without its cost, for loops over millions of records: fills `record` and returns true
  // where the next record is whole, intact and in memory already. False says only that Next() has
  // to be called.
  bool TakeBuffered(TfRecord& record);

  // Says that the source will not be read further: a damaged range that was still open at the end
  // is reported.
  void Finish();

  // Gives back the memory that holds nothing, for who keeps many readers of files that grow slowly.
  void ReleaseMemory();

  uint64_t records() const { return records_; }  // intact ones returned so far
  uint64_t pending_bytes() const;                // of a torn last record; 0 at a clean end
  uint64_t unreadable_bytes() const { return unreadable_; }  // in all ranges reported so far
  uint64_t offset() const { return base_ + begin_; }         // of the next byte to look at

 private:
  enum class Step { kRecord, kSkipped, kNeedMore, kNoneFound };
  enum class Header { kFits, kBroken, kTooLong };

  Step Advance(TfRecord& record);
  Step StartOfDamage();
  Step HandleBadData(uint64_t length);
  Step Resynchronise();
  Step PassOversized();
  absl::StatusOr<bool> Fill();
  void MakeRoom();
  Header HeaderAt(size_t position, uint64_t& length) const;
  bool DataFits(size_t position, uint64_t length) const;
  void Report(uint64_t begin, uint64_t end, ProblemKind kind, std::string message,
              std::optional<uint64_t> lost);
  size_t available() const { return end_ - begin_; }

  io::ByteSource& source_;
  TfRecordOptions options_;
  const uint32_t* length_crcs_;  // of small lengths
  std::unique_ptr<char[]>
      buffer_;  // bytes [base_ + begin_, base_ + end_) of the source stand at [begin_, end_)
  size_t capacity_ = 0;
  size_t begin_ = 0;
  size_t end_ = 0;
  uint64_t base_ = 0;
  size_t wanted_ = 0;                     // bytes from begin_ on without which no step can be made
  bool at_end_ = false;                   // the source had no more bytes when last asked
  uint64_t skip_left_ = 0;                // bytes of an oversized record still to pass over
  uint64_t skip_begin_ = 0;               // where that record began
  std::optional<uint64_t> damage_begin_;  // start of a range in which no record has been found yet
  bool quiet_ = false;                    // that range is what find_first passes over
  uint64_t scan_ = 0;                     // next offset in it to look at
  std::optional<uint64_t>
      incomplete_;  // first place in it where a record may be that is not all there yet
  uint64_t records_ = 0;
  uint64_t unreadable_ = 0;
};

}  // namespace telltale::records
