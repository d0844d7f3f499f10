#include "lib/records/leveldb_log_reader.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "lib/base/bytes.h"
#include "lib/base/crc32.h"
#include "lib/base/status_util.h"
#include "lib/base/str.h"

namespace telltale::records {
namespace {

constexpr size_t kBuffer = 8 * kLogBlockBytes;

// How much is summed up in search of a chunk in one block. Random bytes need a third of it; a file
// made to look like chunks everywhere would otherwise cost the square of its block size.
constexpr size_t kScanBudget = 128 * kLogBlockBytes;

constexpr size_t LeftInBlock(uint64_t offset) {
  return kLogBlockBytes - static_cast<size_t>(offset % kLogBlockBytes);
}

constexpr bool Begins(LogChunkType type) {
  return type == LogChunkType::kFull || type == LogChunkType::kFirst;
}

}  // namespace

LevelDbLogReader::LevelDbLogReader(io::ByteSource& source, LevelDbLogOptions options)
    : source_(source),
      options_(std::move(options)),
      buffer_(std::make_unique_for_overwrite<char[]>(kBuffer)) {}

absl::StatusOr<std::optional<LevelDbLogRecord>> LevelDbLogReader::Next() {
  at_end_ = false;
  if (incomplete_.has_value()) scan_ = *std::exchange(incomplete_, std::nullopt);
  LevelDbLogRecord record;
  while (true) {
    switch (Advance(record)) {
      case Step::kRecord:
        return record;
      case Step::kSkipped:
        break;
      case Step::kNeedMore: {
        if (at_end_) return std::nullopt;
        TELLTALE_ASSIGN_OR_RETURN(const bool grew, Fill());
        at_end_ = !grew;
        break;
      }
    }
  }
}

// Whether a chunk can stand at `position`, by its header alone.
LevelDbLogReader::Fit LevelDbLogReader::HeaderAt(size_t position, size_t& length) const {
  if (end_ - position < kLogChunkHeaderBytes) return Fit::kIncomplete;
  const char* header = buffer_.get() + position;
  const auto type = static_cast<uint8_t>(header[6]);
  length = LoadLittleEndian<uint16_t>(header + 4);
  const bool possible =
      type >= 1 && type <= 4 && kLogChunkHeaderBytes + length <= LeftInBlock(base_ + position);
  if (!possible) return Fit::kBroken;
  return end_ - position < kLogChunkHeaderBytes + length ? Fit::kIncomplete : Fit::kFits;
}

LevelDbLogReader::Fit LevelDbLogReader::ChunkAt(size_t position, Chunk& chunk) const {
  size_t length = 0;
  if (const Fit fit = HeaderAt(position, length); fit != Fit::kFits) return fit;
  const char* header = buffer_.get() + position;
  // The type's byte stands right before the data.
  if (LoadLittleEndian<uint32_t>(header) != Crc32({header + 6, length + 1})) return Fit::kBroken;
  chunk.type = static_cast<LogChunkType>(header[6]);
  chunk.data = {header + kLogChunkHeaderBytes, length};
  return Fit::kFits;
}

LevelDbLogReader::Step LevelDbLogReader::Advance(LevelDbLogRecord& record) {
  if (!header_read_) return ReadFileHeader();
  if (damage_begin_.has_value()) return Resynchronise();
  const uint64_t here = base_ + begin_;
  if (const size_t left = LeftInBlock(here); left < kLogChunkHeaderBytes) {
    if (available() < left) return Step::kNeedMore;
    begin_ += left;
    return Step::kSkipped;
  }
  Chunk chunk;
  switch (ChunkAt(begin_, chunk)) {
    case Fit::kFits:
      return TakeChunk(chunk, record);
    case Fit::kBroken:
      return StartOfDamage(here + 1);
    case Fit::kIncomplete:
      break;
  }
  // At the end of the file: torn, unless its length is wrong and other chunks stand in what it
  // claims.
  if (at_end_ && FitsBehind(begin_)) return StartOfDamage(here + 1);
  return Step::kNeedMore;
}

LevelDbLogReader::Step LevelDbLogReader::ReadFileHeader() {
  if (available() < kLogFileHeaderBytes) return Step::kNeedMore;
  header_read_ = true;
  begin_ += kLogFileHeaderBytes;
  const auto version = static_cast<uint8_t>(buffer_[kLogFileHeaderBytes - 1]);
  if (!std::string_view(buffer_.get(), kLogFileHeaderBytes).starts_with(options_.magic)) {
    Report(0, kLogFileHeaderBytes, ProblemKind::kCorruptHeader,
           "the file does not begin with the header of its format", 0);
  } else if (version > options_.newest_version) {
    Report(kLogFileHeaderBytes - 1, kLogFileHeaderBytes, ProblemKind::kUnsupported,
           StrCat("version ", version, " of the format, read as version ", options_.newest_version),
           0);
  }
  return Step::kSkipped;
}

LevelDbLogReader::Step LevelDbLogReader::TakeChunk(const Chunk& chunk, LevelDbLogRecord& record) {
  const uint64_t here = base_ + begin_;
  if (!Begins(chunk.type) && !record_begin_.has_value()) return StartOfDamage(here);
  if (Begins(chunk.type) && record_begin_.has_value()) {
    Report(*record_begin_, here, ProblemKind::kCorruptRecord,
           "a record has no end: its writer stopped inside it", 1);
    record_begin_.reset();
  }
  begin_ += chunk.size();
  if (chunk.type == LogChunkType::kFull && chunk.data.size() <= options_.max_payload) {
    record = {.offset = here, .data = chunk.data};
    ++records_;
    return Step::kRecord;
  }
  if (Begins(chunk.type)) {
    record_begin_ = here;
    parts_.clear();
    parts_bytes_ = 0;
  }
  parts_bytes_ += chunk.data.size();
  if (parts_bytes_ <= options_.max_payload) {
    parts_ += chunk.data;
  } else if (!parts_.empty()) {
    std::string().swap(parts_);
  }
  const bool whole = chunk.type == LogChunkType::kLast || chunk.type == LogChunkType::kFull;
  return whole ? Complete(record) : Step::kSkipped;
}

LevelDbLogReader::Step LevelDbLogReader::Complete(LevelDbLogRecord& record) {
  const uint64_t begin = *std::exchange(record_begin_, std::nullopt);
  if (parts_bytes_ > options_.max_payload) {
    Report(begin, base_ + begin_, ProblemKind::kRecordTooLarge,
           StrCat("record of ", parts_bytes_, " bytes is longer than the limit of ",
                  options_.max_payload, ", skipped"),
           1);
    return Step::kSkipped;
  }
  record = {.offset = begin, .data = parts_};
  ++records_;
  return Step::kRecord;
}

// Whether a chunk that fits stands behind `position` in what is there of its block.
bool LevelDbLogReader::FitsBehind(size_t position) {
  const uint64_t at = base_ + position;
  const size_t last = std::min(end_, position + LeftInBlock(at));
  for (size_t p = position + 1; p + kLogChunkHeaderBytes <= last; ++p) {
    size_t length = 0;
    Chunk chunk;
    if (HeaderAt(p, length) != Fit::kFits) continue;
    if (!TakeBudget(base_ + p, length)) return false;
    if (ChunkAt(p, chunk) == Fit::kFits) return true;
  }
  return false;
}

bool LevelDbLogReader::TakeBudget(uint64_t offset, size_t bytes) {
  if (const uint64_t block = offset / kLogBlockBytes; block != budget_block_) {
    budget_block_ = block;
    budget_ = kScanBudget;
  }
  // Even the sum of no bytes costs something.
  constexpr size_t kLeast = 64;
  const size_t cost = std::max(bytes, kLeast);
  if (budget_ < cost) return false;
  budget_ -= cost;
  return true;
}

LevelDbLogReader::Step LevelDbLogReader::StartOfDamage(uint64_t scan_from) {
  const uint64_t here = base_ + begin_;
  size_t length = 0;
  damaged_chunk_end_ = 0;
  if (HeaderAt(begin_, length) == Fit::kFits && !record_begin_.has_value()) {
    damaged_chunk_end_ = here + kLogChunkHeaderBytes + length;
  }
  only_zeros_ = !record_begin_.has_value() && buffer_[begin_] == 0;
  damage_begin_ = record_begin_.value_or(here);
  record_begin_.reset();
  parts_.clear();
  scan_ = scan_from;
  budget_block_ = UINT64_MAX;
  return Step::kSkipped;
}

// Looks for the next place where a chunk fits that begins a record. A header that may be one but
// whose data is not all there yet may be the torn last chunk: the search goes on behind it, and
// comes back to it when the file may have grown.
LevelDbLogReader::Step LevelDbLogReader::Resynchronise() {
  while (scan_ < base_ + end_) {
    const auto p = static_cast<size_t>(scan_ - base_);
    const size_t left = LeftInBlock(scan_);
    size_t length = 0;
    const Fit header = left < kLogChunkHeaderBytes ? Fit::kBroken : HeaderAt(p, length);
    if (header == Fit::kIncomplete) {
      if (!at_end_) break;
      if (!incomplete_.has_value()) incomplete_ = scan_;
    }
    Chunk chunk;
    if (header == Fit::kFits) {
      if (!TakeBudget(scan_, length)) {
        only_zeros_ = false;
        scan_ += left;
        continue;
      }
      if (ChunkAt(p, chunk) == Fit::kFits) {
        if (Begins(chunk.type)) {
          EndOfDamage(scan_);
          begin_ = p;
          return Step::kSkipped;
        }
        // The rest of a record whose beginning is lost.
        only_zeros_ = false;
        scan_ += chunk.size();
        continue;
      }
    }
    only_zeros_ = only_zeros_ && buffer_[p] == 0;
    ++scan_;
  }
  begin_ = static_cast<size_t>(std::min(incomplete_.value_or(scan_), base_ + end_) - base_);
  return Step::kNeedMore;
}

void LevelDbLogReader::EndOfDamage(uint64_t at) {
  const uint64_t begin = *std::exchange(damage_begin_, std::nullopt);
  incomplete_.reset();
  if (at == damaged_chunk_end_) {
    Report(begin, at, ProblemKind::kCorruptRecord,
           StrCat("chunk of ", at - begin - kLogChunkHeaderBytes,
                  " bytes does not match its checksum, skipped"),
           1);
    return;
  }
  Report(begin, at, ProblemKind::kCorruptHeader,
         StrCat("no readable record in ", at - begin, " bytes; reading resumes behind them"),
         std::nullopt);
}

absl::StatusOr<bool> LevelDbLogReader::Fill() {
  // What has to stay is never more than a block, so there is room once it stands at the front.
  if (begin_ > 0 && kBuffer - end_ < kLogBlockBytes) {
    std::memmove(buffer_.get(), buffer_.get() + begin_, available());
    base_ += begin_;
    end_ -= begin_;
    begin_ = 0;
  }
  TELLTALE_ASSIGN_OR_RETURN(const size_t got, source_.Read(buffer_.get() + end_, kBuffer - end_));
  end_ += got;
  return got > 0;
}

uint64_t LevelDbLogReader::pending_bytes() const {
  const uint64_t behind = source_.Remaining().value_or(0);
  if (damage_begin_.has_value()) return only_zeros_ ? base_ + end_ + behind - *damage_begin_ : 0;
  return base_ + end_ + behind - record_begin_.value_or(base_ + begin_);
}

void LevelDbLogReader::Finish() {
  if (!damage_begin_.has_value() || only_zeros_) return;
  const uint64_t begin = *std::exchange(damage_begin_, std::nullopt);
  const uint64_t end = base_ + end_;
  incomplete_.reset();
  begin_ = end_;
  Report(begin, end, ProblemKind::kCorruptHeader,
         StrCat("no readable record in the last ", end - begin, " bytes"), std::nullopt);
}

void LevelDbLogReader::Report(uint64_t begin, uint64_t end, ProblemKind kind, std::string message,
                              std::optional<uint64_t> lost) {
  unreadable_ += end - begin;
  if (options_.on_problem) {
    options_.on_problem({.begin = begin,
                         .end = end,
                         .kind = kind,
                         .message = std::move(message),
                         .records_lost = lost});
  }
}

}  // namespace telltale::records
