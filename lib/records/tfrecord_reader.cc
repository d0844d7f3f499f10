#include "lib/records/tfrecord_reader.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

#include "lib/base/bytes.h"
#include "lib/base/crc32c.h"
#include "lib/base/status_util.h"
#include "lib/base/str.h"
#include "lib/records/tfrecord_format.h"

namespace telltale::records {
namespace {

// Small enough to stay in a core's own cache between the copy from the kernel and the checksums.
constexpr size_t kBlock = size_t{256} << 10;
constexpr size_t kSmallest = size_t{4} << 10;

uint32_t LengthCrc(uint64_t length) {
  char bytes[kTfRecordLengthBytes];
  StoreLittleEndian(bytes, length);
  return MaskedCrc32c({bytes, sizeof bytes});
}

// Scalar events are nearly all shorter than this, so their length checksums come from a table.
constexpr size_t kTableSize = 1024;

const std::array<uint32_t, kTableSize>& LengthCrcTable() {
  static const std::array<uint32_t, kTableSize> table = [] {
    std::array<uint32_t, kTableSize> crcs{};
    for (size_t i = 0; i < kTableSize; ++i) crcs[i] = LengthCrc(i);
    return crcs;
  }();
  return table;
}

}  // namespace

TfRecordReader::TfRecordReader(io::ByteSource& source, TfRecordOptions options)
    : source_(source),
      options_(std::move(options)),
      length_crcs_(LengthCrcTable().data()),
      base_(options_.begin),
      wanted_(kTfRecordHeaderBytes) {
  if (!options_.find_first) return;
  damage_begin_ = base_;
  scan_ = base_;
  quiet_ = true;
}

absl::StatusOr<std::optional<TfRecord>> TfRecordReader::Next() {
  at_end_ = false;
  if (incomplete_.has_value()) scan_ = *std::exchange(incomplete_, std::nullopt);
  TfRecord record;
  while (true) {
    switch (Advance(record)) {
      case Step::kRecord:
        return record;
      case Step::kSkipped:
        break;
      case Step::kNoneFound:
        return std::nullopt;
      case Step::kNeedMore: {
        if (at_end_) return std::nullopt;
        TELLTALE_ASSIGN_OR_RETURN(const bool grew, Fill());
        at_end_ = !grew;
        break;
      }
    }
  }
}

TfRecordReader::Header TfRecordReader::HeaderAt(size_t position, uint64_t& length) const {
  length = LoadLittleEndian<uint64_t>(buffer_.get() + position);
  const auto stored = LoadLittleEndian<uint32_t>(buffer_.get() + position + kTfRecordLengthBytes);
  const uint32_t expected = length < kTableSize ? length_crcs_[length] : LengthCrc(length);
  if (stored != expected) return Header::kBroken;
  return length > options_.max_payload ? Header::kTooLong : Header::kFits;
}

bool TfRecordReader::DataFits(size_t position, uint64_t length) const {
  const char* data = buffer_.get() + position + kTfRecordHeaderBytes;
  return LoadLittleEndian<uint32_t>(data + length) ==
         MaskedCrc32c({data, static_cast<size_t>(length)});
}

bool TfRecordReader::TakeBuffered(TfRecord& record) {
  if (skip_left_ > 0 || damage_begin_.has_value() || available() < kTfRecordHeaderBytes) {
    return false;
  }
  uint64_t length = 0;
  if (HeaderAt(begin_, length) != Header::kFits || length > available() ||
      available() - length < kTfRecordOverhead || !DataFits(begin_, length)) {
    return false;
  }
  record.offset = base_ + begin_;
  record.data = {buffer_.get() + begin_ + kTfRecordHeaderBytes, static_cast<size_t>(length)};
  begin_ += kTfRecordOverhead + static_cast<size_t>(length);
  ++records_;
  return true;
}

TfRecordReader::Step TfRecordReader::Advance(TfRecord& record) {
  if (skip_left_ > 0) return PassOversized();
  if (damage_begin_.has_value()) return Resynchronise();
  if (TakeBuffered(record)) return Step::kRecord;
  if (available() < kTfRecordHeaderBytes) {
    wanted_ = kTfRecordHeaderBytes;
    return Step::kNeedMore;
  }
  uint64_t length = 0;
  const Header header = HeaderAt(begin_, length);
  if (header == Header::kBroken) return StartOfDamage();
  if (header == Header::kTooLong) {
    skip_begin_ = base_ + begin_;
    // A length near 2^64 would overflow; no file holds that much, so the sum need not be exact.
    skip_left_ = length > UINT64_MAX - kTfRecordOverhead ? UINT64_MAX : length + kTfRecordOverhead;
    return Step::kSkipped;
  }
  const size_t size = kTfRecordOverhead + static_cast<size_t>(length);
  if (available() < size) {
    wanted_ = size;
    return Step::kNeedMore;
  }
  return HandleBadData(length);
}

TfRecordReader::Step TfRecordReader::StartOfDamage() {
  damage_begin_ = base_ + begin_;
  scan_ = *damage_begin_ + 1;
  return Step::kSkipped;
}

// The length can be trusted if a record begins where it says that this one ends. Otherwise a writer
// died inside this record and another one went on behind it: then intact records may stand in what
// the length claims.
TfRecordReader::Step TfRecordReader::HandleBadData(uint64_t length) {
  const size_t size = kTfRecordOverhead + static_cast<size_t>(length);
  if (available() < size + kTfRecordHeaderBytes && !at_end_) {
    wanted_ = size + kTfRecordHeaderBytes;
    return Step::kNeedMore;
  }
  uint64_t ignored = 0;
  if (available() >= size + kTfRecordHeaderBytes &&
      HeaderAt(begin_ + size, ignored) == Header::kBroken) {
    return StartOfDamage();
  }
  const uint64_t at = base_ + begin_;
  Report(at, at + size, ProblemKind::kCorruptRecord,
         StrCat("payload of ", length, " bytes does not match its checksum, record skipped"), 1);
  begin_ += size;
  return Step::kSkipped;
}

// Looks for the next place where a whole record fits, both checksums. A header that fits but whose
// data is not all there yet may be the torn last record: the search goes on behind it, and comes
// back to it when the file may have grown.
TfRecordReader::Step TfRecordReader::Resynchronise() {
  for (; scan_ + kTfRecordOverhead <= base_ + end_; ++scan_) {
    if (quiet_ && scan_ >= options_.find_before) return Step::kNoneFound;
    const auto p = static_cast<size_t>(scan_ - base_);
    // The length is looked at first: in arbitrary bytes it is nearly always too long, and that
    // costs no checksum.
    uint64_t length = LoadLittleEndian<uint64_t>(buffer_.get() + p);
    if (length > options_.max_payload || HeaderAt(p, length) != Header::kFits) continue;
    const size_t size = kTfRecordOverhead + static_cast<size_t>(length);
    if (end_ - p < size) {
      const std::optional<uint64_t> remaining = source_.Remaining();
      if (!at_end_ && (!remaining.has_value() || end_ - p + *remaining >= size)) break;
      if (!incomplete_.has_value()) incomplete_ = scan_;
      continue;
    }
    if (!DataFits(p, length)) continue;
    Report(*damage_begin_, scan_, ProblemKind::kCorruptHeader,
           StrCat("no readable record in ", scan_ - *damage_begin_,
                  " bytes: a length does not match its checksum; reading resumes behind them"),
           std::nullopt);
    damage_begin_.reset();
    incomplete_.reset();
    begin_ = p;
    return Step::kSkipped;
  }
  begin_ = static_cast<size_t>(incomplete_.value_or(scan_) - base_);
  wanted_ = available() + 1;
  return Step::kNeedMore;
}

TfRecordReader::Step TfRecordReader::PassOversized() {
  const auto here = static_cast<size_t>(std::min<uint64_t>(skip_left_, available()));
  begin_ += here;
  skip_left_ -= here;
  if (skip_left_ > 0) {
    wanted_ = 1;
    return Step::kNeedMore;
  }
  const uint64_t end = base_ + begin_;
  Report(skip_begin_, end, ProblemKind::kRecordTooLarge,
         StrCat("record of ", end - skip_begin_ - kTfRecordOverhead,
                " bytes is longer than the limit of ", options_.max_payload, ", skipped"),
         1);
  return Step::kSkipped;
}

// Makes room behind end_ for what is wanted, but never for more than one block beyond twice what is
// there.
void TfRecordReader::MakeRoom() {
  if (begin_ > 0 && (begin_ == end_ || capacity_ - end_ < kBlock / 4)) {
    if (begin_ < end_) std::memmove(buffer_.get(), buffer_.get() + begin_, available());
    base_ += begin_;
    end_ -= begin_;
    begin_ = 0;
  }
  if (end_ < capacity_) return;
  size_t capacity = std::max(kBlock, 2 * capacity_);
  if (capacity_ == 0) {
    // Logdirs hold many files of a few kilobytes.
    const uint64_t remaining = source_.Remaining().value_or(kBlock);
    capacity = static_cast<size_t>(std::clamp<uint64_t>(remaining + 1, kSmallest, kBlock));
  } else if (wanted_ > kBlock) {
    capacity = std::min(capacity, std::max(wanted_, capacity_ + kBlock));
  }
  auto larger = std::make_unique_for_overwrite<char[]>(capacity);
  if (begin_ < end_) std::memcpy(larger.get(), buffer_.get() + begin_, available());
  base_ += begin_;
  end_ -= begin_;
  begin_ = 0;
  buffer_ = std::move(larger);
  capacity_ = capacity;
}

absl::StatusOr<bool> TfRecordReader::Fill() {
  // Where the source knows its size, a length that points beyond the end costs no memory at all.
  const std::optional<uint64_t> remaining = source_.Remaining();
  if (remaining.has_value() && !damage_begin_.has_value() && skip_left_ == 0 &&
      available() + *remaining < wanted_) {
    return false;
  }
  MakeRoom();
  TELLTALE_ASSIGN_OR_RETURN(const size_t got, source_.Read(buffer_.get() + end_, capacity_ - end_));
  end_ += got;
  return got > 0;
}

void TfRecordReader::ReleaseMemory() {
  base_ += begin_;
  end_ -= begin_;
  std::unique_ptr<char[]> kept;
  if (end_ > 0) {
    kept = std::make_unique_for_overwrite<char[]>(end_);
    std::memcpy(kept.get(), buffer_.get() + begin_, end_);
  }
  buffer_ = std::move(kept);
  begin_ = 0;
  capacity_ = end_;
}

uint64_t TfRecordReader::pending_bytes() const {
  if (damage_begin_.has_value()) return 0;
  const uint64_t behind = source_.Remaining().value_or(0);
  if (skip_left_ > 0) return base_ + begin_ - skip_begin_ + behind;
  return available() + behind;
}

void TfRecordReader::Finish() {
  if (!damage_begin_.has_value()) return;
  const uint64_t end = base_ + end_;
  Report(*damage_begin_, end, ProblemKind::kCorruptHeader,
         StrCat("no readable record in the last ", end - *damage_begin_,
                " bytes: a length does not match its checksum"),
         std::nullopt);
  damage_begin_.reset();
  incomplete_.reset();
  begin_ = end_;
}

void TfRecordReader::Report(uint64_t begin, uint64_t end, ProblemKind kind, std::string message,
                            std::optional<uint64_t> lost) {
  if (std::exchange(quiet_, false)) return;
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
