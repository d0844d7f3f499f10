#include "lib/records/leveldb_log_reader.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/records/leveldb_log_writer.h"
#include "tests/support/growing_source.h"

namespace telltale::records {
namespace {

using ::testing::ElementsAre;
using testing::GrowingSource;
using ::testing::IsEmpty;

constexpr std::string_view kHeader("\x3aTST\xe1\xbe\0", 7);

// A file and where each of its records stands.
struct File {
  std::string bytes;
  std::vector<std::string> records;
  std::vector<uint64_t> begins;  // of records' first chunks

  size_t size() const { return records.size(); }
  // One past the last byte of record `i`.
  uint64_t EndOf(size_t i) const { return i + 1 < size() ? begins[i + 1] : bytes.size(); }
};

File FileOf(const std::vector<std::string>& records) {
  File file;
  file.records = records;
  LevelDbLogWriter writer(io::AppendTo(file.bytes), kHeader);
  for (const std::string& record : records) {
    const uint64_t before = std::max<uint64_t>(writer.bytes(), kHeader.size());
    const uint64_t left = kLogBlockBytes - before % kLogBlockBytes;
    file.begins.push_back(left < kLogChunkHeaderBytes ? before + left : before);
    EXPECT_TRUE(writer.Write(record).ok());
  }
  return file;
}

// What one pass over a source gives; problems as "kind[begin,end)".
struct LogOutcome {
  std::vector<std::string> records;
  std::vector<std::string> problems;
  std::vector<Problem> ranges;
  uint64_t pending = 0;
};

class LogReading {
 public:
  explicit LogReading(std::string bytes, LevelDbLogOptions options = {})
      : source_(std::move(bytes)), reader_(source_, WithSink(std::move(options))) {}

  GrowingSource& source() { return source_; }
  const LogOutcome& so_far() const { return outcome_; }

  // Reads on to the present end.
  void ReadOn() {
    while (true) {
      const auto record = reader_.Next();
      ASSERT_TRUE(record.ok()) << record.status();
      if (!record->has_value()) break;
      outcome_.records.emplace_back((*record)->data);
    }
    outcome_.pending = reader_.pending_bytes();
  }
  LogOutcome Finish() {
    ReadOn();
    reader_.Finish();
    outcome_.pending = reader_.pending_bytes();
    return outcome_;
  }

 private:
  LevelDbLogOptions WithSink(LevelDbLogOptions options) {
    options.magic = kHeader.substr(0, kLogFileHeaderBytes - 1);
    options.on_problem = [this](Problem problem) {
      outcome_.problems.push_back(absl::StrCat(std::string(ProblemKindName(problem.kind)), "[",
                                               problem.begin, ",", problem.end, ")"));
      outcome_.ranges.push_back(std::move(problem));
    };
    return options;
  }

  GrowingSource source_;
  LogOutcome outcome_;
  LevelDbLogReader reader_;
};

LogOutcome ReadLog(const std::string& bytes, LevelDbLogOptions options = {}) {
  return LogReading(bytes, std::move(options)).Finish();
}

// Thirty records of all sizes that fit a small file.
std::vector<std::string> Small() {
  std::vector<std::string> records;
  for (size_t i = 0; i < 30; ++i) {
    records.push_back(absl::StrCat("record ", i, " ", std::string(i * 7 % 64, 'x')));
  }
  records[11].clear();
  return records;
}

// The same around the end of a block, one of them across it, and one over three blocks at the end.
std::vector<std::string> AcrossBlocks() {
  std::vector<std::string> records = Small();
  records.insert(records.begin(), std::string(kLogBlockBytes - 600, 'f'));
  return records;
}

TEST(LevelDbLogReader, ReadsRecordsOfEverySize) {
  for (const size_t size : {size_t{0}, size_t{1}, kLogBlockBytes - 15, kLogBlockBytes - 14,
                            kLogBlockBytes - 13, 3 * kLogBlockBytes, size_t{1} << 20}) {
    const File file = FileOf({"one", std::string(size, 'a'), "", "three"});
    const LogOutcome outcome = ReadLog(file.bytes);
    EXPECT_EQ(outcome.records, file.records) << size;
    EXPECT_THAT(outcome.problems, IsEmpty()) << size;
    EXPECT_EQ(outcome.pending, 0u) << size;
  }
}

TEST(LevelDbLogReader, ReadsRecordsThatEndAnywhereBeforeABlocksEnd) {
  for (size_t left = 0; left < 30; ++left) {
    const File file = FileOf({std::string(kLogBlockBytes - 14 - left, 'f'), "two", "three"});
    EXPECT_EQ(ReadLog(file.bytes).records, file.records) << left;
  }
}

TEST(LevelDbLogReader, ResumesWhereverTheFileEnded) {
  const File file = FileOf(Small());
  LogReading reading("");
  for (const char byte : file.bytes) {
    reading.source().Append(std::string(1, byte));
    reading.ReadOn();
    ASSERT_THAT(reading.so_far().problems, IsEmpty());
  }
  EXPECT_EQ(reading.Finish().records, file.records);
}

TEST(LevelDbLogReader, TruncatedAnywhereGivesAllWholeRecordsAndNoProblem) {
  for (const File& file : {FileOf(Small()), FileOf(AcrossBlocks())}) {
    const size_t from = file.bytes.size() > kLogBlockBytes ? kLogBlockBytes - 700 : 0;
    for (size_t size = from; size < file.bytes.size(); ++size) {
      const LogOutcome outcome = ReadLog(file.bytes.substr(0, size));
      size_t whole = 0;
      while (whole < file.size() && file.EndOf(whole) <= size) ++whole;
      // The padding behind the last record of a block is not the record's.
      ASSERT_GE(outcome.records.size(), whole) << size;
      ASSERT_LE(outcome.records.size(), whole + 1) << size;
      ASSERT_TRUE(std::equal(outcome.records.begin(), outcome.records.end(), file.records.begin()))
          << size;
      ASSERT_THAT(outcome.problems, IsEmpty()) << size;
    }
  }
}

// Only the record with the flipped bit is lost, and the range reported is its own.
void ExpectOnlyTheDamagedLost(const File& file, size_t bit) {
  const size_t at = bit / 8;
  std::string damaged = file.bytes;
  damaged[at] = static_cast<char>(damaged[at] ^ (1 << bit % 8));
  const LogOutcome outcome = ReadLog(damaged);
  SCOPED_TRACE(absl::StrCat("bit ", bit % 8, " of byte ", at));
  if (at < kHeader.size()) {
    EXPECT_EQ(outcome.records, file.records);
    const bool version = at + 1 == kHeader.size();
    EXPECT_THAT(outcome.problems,
                ElementsAre(version ? "unsupported[6,7)" : "corrupt-header[0,7)"));
    return;
  }
  size_t lost = 0;
  while (file.EndOf(lost) <= at) ++lost;
  if (outcome.records == file.records) {  // padding
    ASSERT_GE(at % kLogBlockBytes, kLogBlockBytes - kLogChunkHeaderBytes + 1);
    return;
  }
  std::vector<std::string> expected = file.records;
  expected.erase(expected.begin() + static_cast<std::ptrdiff_t>(lost));
  ASSERT_EQ(outcome.records, expected);
  const bool torn = lost + 1 == file.size() && outcome.problems.empty();
  if (torn) {  // nothing behind it tells that its length is wrong
    EXPECT_GT(outcome.pending, 0u);
    return;
  }
  ASSERT_EQ(outcome.ranges.size(), 1u) << absl::StrJoin(outcome.problems, " ");
  EXPECT_EQ(outcome.ranges[0].begin, file.begins[lost]);
  EXPECT_EQ(outcome.ranges[0].end, file.EndOf(lost));
}

TEST(LevelDbLogReader, LosesOnlyTheRecordWithAFlippedBit) {
  const File file = FileOf(Small());
  for (size_t bit = 0; bit < file.bytes.size() * 8; ++bit) {
    ExpectOnlyTheDamagedLost(file, bit);
    if (HasFatalFailure() || HasNonfatalFailure()) return;
  }
}

TEST(LevelDbLogReader, LosesOnlyTheRecordWithAFlippedBitAroundTheEndOfABlock) {
  const File file = FileOf(AcrossBlocks());
  ASSERT_GT(file.bytes.size(), kLogBlockBytes);
  for (size_t bit = 0; bit < file.bytes.size() * 8; ++bit) {
    const size_t byte = bit / 8;
    if (byte >= 32 && byte < kLogBlockBytes - 160 && byte % 97 != 0) continue;
    if (byte > kLogBlockBytes + 160 && byte % 3 != 0) continue;
    ExpectOnlyTheDamagedLost(file, bit);
    if (HasFatalFailure() || HasNonfatalFailure()) return;
  }
}

// The lengths of these chunks are such that a damaged one can point to another chunk's beginning.
TEST(LevelDbLogReader, DoesNotTrustADamagedLengthThatLeadsToAChunk) {
  std::vector<std::string> records;
  for (size_t i = 0; i < 20; ++i) records.push_back(std::string(i % 2 == 0 ? 9 : 57, 'a'));
  const File file = FileOf(records);
  for (size_t bit = 0; bit < file.bytes.size() * 8; ++bit) ExpectOnlyTheDamagedLost(file, bit);
}

TEST(LevelDbLogReader, ADamagedLengthIsNoTornTailWhereChunksFollow) {
  const File file = FileOf({"one", "two", "three", "four"});
  std::string damaged = file.bytes;
  damaged[file.begins[1] + 5] = 0x70;  // more than the file has, less than the block
  const LogOutcome outcome = ReadLog(damaged);
  EXPECT_THAT(outcome.records, ElementsAre("one", "three", "four"));
  EXPECT_THAT(outcome.problems, ElementsAre(absl::StrCat("corrupt-header[", file.begins[1], ",",
                                                         file.begins[2], ")")));
}

TEST(LevelDbLogReader, ReportsARecordWhoseWriterStoppedInside) {
  const File file = FileOf({"one", std::string(2 * kLogBlockBytes, 'l')});
  // The first chunk of the long record, then a block with a record of its own.
  std::string bytes = file.bytes.substr(0, kLogBlockBytes);
  const File other = FileOf({std::string(kLogBlockBytes - 14, 'f'), "two"});
  bytes += other.bytes.substr(kLogBlockBytes);
  const LogOutcome outcome = ReadLog(bytes);
  EXPECT_THAT(outcome.records, ElementsAre("one", "two"));
  EXPECT_THAT(outcome.problems,
              ElementsAre(absl::StrCat("corrupt-record[", file.begins[1], ",32768)")));
}

TEST(LevelDbLogReader, TakesZerosAtTheEndForAFileThatIsNotWritten) {
  const File file = FileOf({"one"});
  for (const size_t zeros : {size_t{3}, size_t{7}, size_t{100}, 3 * kLogBlockBytes}) {
    const LogOutcome outcome = ReadLog(file.bytes + std::string(zeros, '\0'));
    EXPECT_THAT(outcome.records, ElementsAre("one"));
    EXPECT_THAT(outcome.problems, IsEmpty()) << zeros;
    EXPECT_EQ(outcome.pending, zeros);
  }
}

TEST(LevelDbLogReader, ReportsZerosBeforeARecord) {
  const File file = FileOf({"one", std::string(kLogBlockBytes, 'l'), "three"});
  std::string bytes = file.bytes;
  std::fill(bytes.begin() + static_cast<std::ptrdiff_t>(file.begins[1]),
            bytes.begin() + kLogBlockBytes, '\0');
  const LogOutcome outcome = ReadLog(bytes);
  EXPECT_THAT(outcome.records, ElementsAre("one", "three"));
  EXPECT_EQ(outcome.problems.size(), 1u);
}

TEST(LevelDbLogReader, SkipsRecordsBeyondTheLimit) {
  const File file =
      FileOf({"one", std::string(100, 'l'), std::string(3 * kLogBlockBytes, 'l'), "four"});
  const LogOutcome outcome = ReadLog(file.bytes, {.max_payload = 99});
  EXPECT_THAT(outcome.records, ElementsAre("one", "four"));
  EXPECT_THAT(
      outcome.problems,
      ElementsAre(absl::StrCat("record-too-large[", file.begins[1], ",", file.begins[2], ")"),
                  absl::StrCat("record-too-large[", file.begins[2], ",", file.begins[3], ")")));
}

TEST(LevelDbLogReader, DamageThatRunsToTheEndIsReported) {
  const File file = FileOf({"one"});
  const LogOutcome outcome = ReadLog(file.bytes + std::string(100, 'x'));
  EXPECT_THAT(outcome.records, ElementsAre("one"));
  EXPECT_THAT(outcome.problems, ElementsAre("corrupt-header[17,117)"));
}

// Bytes that look like the header of a long chunk at every offset.
TEST(LevelDbLogReader, PassesOverAFileMadeToBeSlow) {
  const File file = FileOf({"one"});
  std::string bytes = file.bytes + std::string(size_t{4} << 20, '\x02');
  bytes.resize((bytes.size() + kLogBlockBytes - 1) / kLogBlockBytes * kLogBlockBytes, '\x02');
  const File last = FileOf({std::string(kLogBlockBytes - 14, 'f'), "two"});
  bytes += last.bytes.substr(kLogBlockBytes);
  const LogOutcome outcome = ReadLog(bytes);
  EXPECT_THAT(outcome.records, ElementsAre("one", "two"));
  EXPECT_EQ(outcome.problems.size(), 1u);
}

}  // namespace
}  // namespace telltale::records
