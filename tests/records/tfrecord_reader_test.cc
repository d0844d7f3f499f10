#include "lib/records/tfrecord_reader.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/base/bytes.h"
#include "tests/support/growing_source.h"
#include "tests/support/tfrecord_bytes.h"

namespace telltale::records {
namespace {

using ::testing::ElementsAre;
using testing::Frame;
using testing::GrowingSource;
using ::testing::IsEmpty;

// What one pass over a source gives: payloads joined by spaces, problems as "kind[begin,end)".
struct Outcome {
  std::vector<std::string> records;
  std::vector<std::string> problems;
  uint64_t pending = 0;
  uint64_t unreadable = 0;

  std::string text() const { return absl::StrJoin(records, " "); }
};

class Reading {
 public:
  explicit Reading(std::string bytes, TfRecordOptions options = {})
      : source_(std::move(bytes)), reader_(source_, WithSink(std::move(options))) {}

  GrowingSource& source() { return source_; }

  // Reads on to the present end.
  void ReadOn() {
    while (true) {
      const auto record = reader_.Next();
      if (!record.ok()) {
        outcome_.records.push_back("!" + std::string(record.status().message()));
        return;
      }
      if (!record->has_value()) return;
      outcome_.records.emplace_back((*record)->data);
      offsets_.push_back((*record)->offset);
    }
  }
  Outcome Finish() {
    ReadOn();
    outcome_.pending = reader_.pending_bytes();
    reader_.Finish();
    outcome_.unreadable = reader_.unreadable_bytes();
    return outcome_;
  }
  const Outcome& so_far() const { return outcome_; }
  const std::vector<uint64_t>& offsets() const { return offsets_; }
  const std::vector<Problem>& problems() const { return problems_; }
  uint64_t pending() const { return reader_.pending_bytes(); }

 private:
  TfRecordOptions WithSink(TfRecordOptions options) {
    options.on_problem = [this](Problem problem) {
      outcome_.problems.push_back(absl::StrCat(std::string(ProblemKindName(problem.kind)), "[",
                                               problem.begin, ",", problem.end, ")"));
      problems_.push_back(std::move(problem));
    };
    return options;
  }

  GrowingSource source_;
  Outcome outcome_;
  std::vector<uint64_t> offsets_;
  std::vector<Problem> problems_;
  TfRecordReader reader_;
};

Outcome ReadAll(const std::string& bytes, TfRecordOptions options = {}) {
  return Reading(bytes, std::move(options)).Finish();
}

TEST(TfRecordReader, ReadsRecordsWithTheirOffsets) {
  Reading reading(Frame("one") + Frame("") + Frame("three"));
  const Outcome outcome = reading.Finish();
  EXPECT_THAT(outcome.records, ElementsAre("one", "", "three"));
  EXPECT_THAT(reading.offsets(), ElementsAre(0, 19, 35));
  EXPECT_THAT(outcome.problems, IsEmpty());
  EXPECT_EQ(outcome.pending, 0u);
}

TEST(TfRecordReader, ReadsNothingFromNothing) { EXPECT_THAT(ReadAll("").records, IsEmpty()); }

TEST(TfRecordReader, SkipsARecordWhosePayloadIsDamaged) {
  const Outcome outcome = ReadAll(Frame("one") + Frame("two", {.data_crc = 1}) + Frame("three"));
  EXPECT_EQ(outcome.text(), "one three");
  EXPECT_THAT(outcome.problems, ElementsAre("corrupt-record[19,38)"));
  EXPECT_EQ(outcome.unreadable, 19u);
}

TEST(TfRecordReader, FindsTheNextRecordBehindADamagedLength) {
  const Outcome outcome = ReadAll(Frame("one") + Frame("two", {.length_crc = 1}) + Frame("three"));
  EXPECT_EQ(outcome.text(), "one three");
  EXPECT_THAT(outcome.problems, ElementsAre("corrupt-header[19,38)"));
}

TEST(TfRecordReader, PassesOverGarbageOfAnySize) {
  for (const size_t size : {1u, 12u, 100u, 1u << 20, (1u << 20) + 7, 3u << 20}) {
    const Outcome outcome = ReadAll(Frame("one") + std::string(size, '\x5a') + Frame("two"));
    EXPECT_EQ(outcome.text(), "one two") << size;
    EXPECT_EQ(outcome.unreadable, size);
  }
}

TEST(TfRecordReader, TakesZerosForDamageNotForEmptyRecords) {
  const Outcome outcome = ReadAll(Frame("one") + std::string(4096, '\0') + Frame("two"));
  EXPECT_EQ(outcome.text(), "one two");
  EXPECT_THAT(outcome.problems, ElementsAre("corrupt-header[19,4115)"));
}

TEST(TfRecordReader, ReportsDamageThatRunsToTheEnd) {
  const Outcome outcome = ReadAll(Frame("one") + std::string(100, 'x'));
  EXPECT_EQ(outcome.text(), "one");
  EXPECT_THAT(outcome.problems, ElementsAre("corrupt-header[19,119)"));
  EXPECT_EQ(outcome.pending, 0u);
}

TEST(TfRecordReader, TakesATornTailForAWriterAtWork) {
  const Outcome outcome = ReadAll(Frame("one") + Frame("two").substr(0, 17));
  EXPECT_EQ(outcome.text(), "one");
  EXPECT_THAT(outcome.problems, IsEmpty());
  EXPECT_EQ(outcome.pending, 17u);
}

// A writer died inside a record and another one appended to the file: what the length claims holds
// the others.
TEST(TfRecordReader, DoesNotLoseRecordsInsideATornOne) {
  const std::string torn = Frame(std::string(60, 'x')).substr(0, 30);
  const Outcome outcome =
      ReadAll(Frame("one") + torn + Frame("two") + Frame("three") + Frame("four"));
  EXPECT_EQ(outcome.text(), "one two three four");
  EXPECT_EQ(outcome.unreadable, 30u);
}

TEST(TfRecordReader, GoesOnInsideARecordWhenTheFileGrows) {
  const std::string bytes =
      Frame("one") + Frame("two") + Frame("three", {.length_crc = 4}) + Frame("four");
  for (size_t cut = 0; cut <= bytes.size(); ++cut) {
    Reading reading(bytes.substr(0, cut));
    reading.ReadOn();
    reading.ReadOn();
    reading.source().Append(std::string_view(bytes).substr(cut));
    const Outcome outcome = reading.Finish();
    EXPECT_EQ(outcome.text(), "one two four") << cut;
    EXPECT_THAT(outcome.problems, ElementsAre("corrupt-header[38,59)")) << cut;
  }
}

TEST(TfRecordReader, ComesBackToARecordThatWasTornBehindDamage) {
  const std::string last = Frame(std::string(5000, 'y'));
  Reading reading("garbage garbage " + last.substr(0, 100));
  reading.ReadOn();
  EXPECT_EQ(reading.so_far().text(), "");
  reading.source().Append(std::string_view(last).substr(100));
  EXPECT_EQ(reading.Finish().text(), std::string(5000, 'y'));
}

TEST(TfRecordReader, DoesNotBelieveAHeaderInDamageThatPointsBeyondTheEnd) {
  const std::string bait = Frame(std::string(100000, 'z')).substr(0, 12);
  const Outcome outcome = ReadAll("damage.." + bait + Frame("one") + Frame("two"));
  EXPECT_EQ(outcome.text(), "one two");
}

TEST(TfRecordReader, GivesTheSameForReadsOfAnySize) {
  const std::string bytes = Frame("one") + Frame("two", {.data_crc = 9}) + "junk" + Frame("three") +
                            Frame("x").substr(0, 5);
  const Outcome whole = ReadAll(bytes);
  for (size_t piece = 1; piece < 40; ++piece) {
    for (const bool hidden : {false, true}) {
      Reading reading(bytes);
      reading.source().set_piece(piece);
      if (hidden) reading.source().hide_size();
      const Outcome outcome = reading.Finish();
      EXPECT_EQ(outcome.records, whole.records) << piece;
      EXPECT_EQ(outcome.problems, whole.problems) << piece;
      EXPECT_EQ(outcome.pending, whole.pending) << piece;
    }
  }
}

TEST(TfRecordReader, ReadsRecordsLargerThanItsBuffer) {
  const std::string large(5 << 20, 'L');
  for (const size_t piece : {size_t{1000}, size_t{1} << 16, SIZE_MAX}) {
    Reading reading(Frame("a") + Frame(large) + Frame("b"));
    reading.source().set_piece(piece);
    EXPECT_THAT(reading.Finish().records, ElementsAre("a", large, "b"));
  }
}

TEST(TfRecordReader, SkipsARecordAboveTheLimit) {
  const Outcome outcome = ReadAll(Frame("one") + Frame(std::string(3 << 20, 'L')) + Frame("two"),
                                  {.max_payload = 1000});
  EXPECT_EQ(outcome.text(), "one two");
  ASSERT_EQ(outcome.problems.size(), 1u);
  EXPECT_EQ(outcome.problems[0], absl::StrCat("record-too-large[19,", 19 + 16 + (3 << 20), ")"));
}

// 2^64-1 with a fitting checksum: neither an overflow nor an allocation.
TEST(TfRecordReader, SurvivesTheLargestLength) {
  for (const uint64_t length :
       {UINT64_MAX, UINT64_MAX - 15, uint64_t{1} << 63, uint64_t{1} << 40}) {
    char bytes[12];
    StoreLittleEndian<uint64_t>(bytes, length);
    StoreLittleEndian<uint32_t>(bytes + 8, MaskedCrc32c({bytes, 8}));
    const Outcome outcome = ReadAll(Frame("one") + std::string(bytes, 12) + Frame("two"));
    EXPECT_EQ(outcome.text(), "one");
    EXPECT_EQ(outcome.pending, 31u);
  }
}

TEST(TfRecordReader, FindsTheFirstRecordUpToAPlace) {
  const std::string bytes = std::string(50, 'x') + Frame("one") + Frame("two");
  Reading before(bytes, {.find_first = true, .find_before = 50});
  const Outcome nothing = before.Finish();
  EXPECT_THAT(nothing.records, IsEmpty());
  EXPECT_THAT(nothing.problems, IsEmpty()) << "what stands before the first record is not reported";
  Reading after(bytes, {.find_first = true, .find_before = 51});
  EXPECT_EQ(after.Finish().text(), "one two") << "and what follows it is read on";
  Reading begins(bytes, {.find_before = 10});
  EXPECT_EQ(begins.Finish().text(), "one two") << "damage is passed over as ever";
}

TEST(TfRecordReader, PassesOnAnErrorOfTheSource) {
  Reading reading(Frame("one") + Frame("two"));
  reading.source().set_piece(4);
  reading.source().fail_at(24);
  EXPECT_EQ(reading.Finish().text(), "one !growing: input/output error");
}

// The promise for hostile files, on thirty records of growing size: whatever is cut or flipped,
// each intact record is delivered and each lost range is reported, in order, disjoint, inside the
// file.
class ThirtyRecords : public ::testing::Test {
 protected:
  ThirtyRecords() {
    for (int i = 0; i < 30; ++i) {
      payloads_.push_back(
          absl::StrCat("record ", i, " ", std::string(static_cast<size_t>(i), 'x')));
      begins_.push_back(bytes_.size());
      bytes_ += Frame(payloads_.back());
    }
    begins_.push_back(bytes_.size());
  }

  void ExpectSoundRanges(const std::vector<Problem>& problems, size_t size) {
    uint64_t end = 0;
    for (const Problem& problem : problems) {
      EXPECT_LE(end, problem.begin);
      EXPECT_LT(problem.begin, problem.end);
      end = problem.end;
    }
    EXPECT_LE(end, size);
  }

  std::vector<std::string> payloads_;
  std::vector<size_t> begins_;
  std::string bytes_;
};

TEST_F(ThirtyRecords, CutAtEveryByte) {
  for (size_t cut = 0; cut <= bytes_.size(); ++cut) {
    const Outcome outcome = ReadAll(bytes_.substr(0, cut));
    size_t whole = 0;
    while (whole < 30 && begins_[whole + 1] <= cut) ++whole;
    ASSERT_EQ(
        outcome.records,
        std::vector<std::string>(payloads_.begin(), payloads_.begin() + static_cast<long>(whole)));
    ASSERT_THAT(outcome.problems, IsEmpty());
    ASSERT_EQ(outcome.pending, cut - begins_[whole]);
  }
}

TEST_F(ThirtyRecords, EveryBitFlipped) {
  for (size_t bit = 0; bit < bytes_.size() * 8; ++bit) {
    std::string bytes = bytes_;
    bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ (1 << bit % 8));
    size_t hit = 0;
    while (begins_[hit + 1] <= bit / 8) ++hit;
    std::vector<std::string> expected = payloads_;
    expected.erase(expected.begin() + static_cast<long>(hit));
    Reading reading(bytes);
    const Outcome outcome = reading.Finish();
    ASSERT_EQ(outcome.records, expected) << "bit " << bit;
    ASSERT_EQ(outcome.problems.size(), 1u) << "bit " << bit;
    ASSERT_EQ(reading.problems()[0].begin, begins_[hit]);
    ASSERT_EQ(reading.problems()[0].end, begins_[hit + 1]);
  }
}

TEST_F(ThirtyRecords, EveryByteRemoved) {
  for (size_t at = 0; at < bytes_.size(); ++at) {
    std::string bytes = bytes_;
    bytes.erase(at, 1);
    Reading reading(bytes);
    const Outcome outcome = reading.Finish();
    ExpectSoundRanges(reading.problems(), bytes.size());
    // Removing one of several equal bytes is removing the last of them, which may belong to the
    // next record.
    size_t last = at;
    while (last + 1 < bytes_.size() && bytes_[last + 1] == bytes_[at]) ++last;
    size_t hit = 0;
    while (begins_[hit + 1] <= last) ++hit;
    std::vector<std::string> expected = payloads_;
    expected.erase(expected.begin() + static_cast<long>(hit));
    ASSERT_EQ(outcome.records, expected) << "byte " << at;
  }
}

}  // namespace
}  // namespace telltale::records
