// LevelDB's log in the variant of .wandb files (docs/formats/leveldb_log.md).
//
//   file   := header:7 bytes, then blocks of 32 KiB of the file, the header inside the first
//   chunk  := crc32(type data):u32le  length:u16le  type:u8  data      never across a block's end
//   record := one full chunk, or a first, any number of middle ones and a last
//
//   what is wrong            what the reader does
//   a chunk does not fit     scans on, in the same block first, for a chunk whose CRC fits and that
//                            begins a record; reports what it skipped, from the record's beginning
//   length beyond the end    the same if a chunk that fits follows, else it is a torn last record
//   a record without an end  reports it; the one that begins inside is delivered
//   longer than allowed      skips the record, reports a Problem, goes on
//   torn last record, or     no problem (a writer may be at work): Next() returns nullopt
//   zeros up to the end
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "lib/base/problem.h"
#include "lib/io/byte_source.h"
#include "lib/records/leveldb_log_format.h"

namespace telltale::records {

struct LevelDbLogOptions {
  // Longest record accepted, in bytes. Never more is allocated than the source has delivered,
  // whatever lengths say.
  uint64_t max_payload = uint64_t{256} << 20;
  // What the file's header, kLogFileHeaderBytes long, begins with, and the greatest version that
  // its last byte may say. Anything else is a Problem, and reading goes on behind it.
  std::string magic = {};
  uint8_t newest_version = 0;
  // Called once for each unreadable byte range, in ascending order. If empty, problems are only
  // counted.
  ProblemSink on_problem = {};
};

struct LevelDbLogRecord {
  uint64_t offset = 0;         // of its first chunk in the source
  std::string_view data = {};  // valid until the next call of Next()
};

class LevelDbLogReader {
 public:
  // `source` must outlive the reader.
  LevelDbLogReader(io::ByteSource& source, LevelDbLogOptions options);

  // Returns the next intact record, or nullopt at the end of what is written so far: call again
  // when the file has grown, and reading resumes mid-record. Fails only if `source` fails.
  absl::StatusOr<std::optional<LevelDbLogRecord>> Next();

  // Says that the source will not be read further: a damaged range that was still open at the end
  // is reported.
  void Finish();

  uint64_t records() const { return records_; }  // intact ones returned so far
  uint64_t pending_bytes() const;                // of a torn last record; 0 at a clean end
  uint64_t unreadable_bytes() const { return unreadable_; }  // in all ranges reported so far
  uint64_t offset() const { return base_ + begin_; }         // of the next byte to look at

 private:
  enum class Step { kRecord, kSkipped, kNeedMore };
  enum class Fit { kFits, kBroken, kIncomplete };
  struct Chunk {
    LogChunkType type = LogChunkType::kFull;
    std::string_view data = {};
    size_t size() const { return kLogChunkHeaderBytes + data.size(); }
  };

  Step Advance(LevelDbLogRecord& record);
  Step ReadFileHeader();
  Step TakeChunk(const Chunk& chunk, LevelDbLogRecord& record);
  Step Complete(LevelDbLogRecord& record);
  Step StartOfDamage(uint64_t scan_from);
  Step Resynchronise();
  void EndOfDamage(uint64_t at);
  bool FitsBehind(size_t position);
  bool TakeBudget(uint64_t offset, size_t bytes);
  Fit ChunkAt(size_t position, Chunk& chunk) const;
  Fit HeaderAt(size_t position, size_t& length) const;
  absl::StatusOr<bool> Fill();
  void Report(uint64_t begin, uint64_t end, ProblemKind kind, std::string message,
              std::optional<uint64_t> lost);
  size_t available() const { return end_ - begin_; }

  io::ByteSource& source_;
  LevelDbLogOptions options_;
  // Bytes [base_ + begin_, base_ + end_) of the source stand at [begin_, end_).
  std::unique_ptr<char[]> buffer_;
  size_t begin_ = 0;
  size_t end_ = 0;
  uint64_t base_ = 0;
  bool at_end_ = false;  // the source had no more bytes when last asked
  bool header_read_ = false;

  std::optional<uint64_t> record_begin_;  // of a record of several chunks that is under way
  std::string parts_;                     // its data so far; empty once it is too long
  uint64_t parts_bytes_ = 0;

  std::optional<uint64_t> damage_begin_;  // start of a range in which no record has been found yet
  uint64_t damaged_chunk_end_ = 0;        // where the chunk that began it says that it ends
  bool only_zeros_ = false;               // so far, in that range
  uint64_t scan_ = 0;                     // next offset in it to look at
  std::optional<uint64_t> incomplete_;    // first place in it where a chunk may be that is not all
                                          // there yet
  uint64_t budget_block_ = UINT64_MAX;    // the block whose bytes are being scanned
  size_t budget_ = 0;                     // how many more bytes of it may be summed
  uint64_t records_ = 0;
  uint64_t unreadable_ = 0;
};

}  // namespace telltale::records
