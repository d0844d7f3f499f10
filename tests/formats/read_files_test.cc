#include "lib/formats/tensorboard/read_files.h"

#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/formats/tensorboard/file_parts.h"
#include "lib/formats/tensorboard/tensor.h"
#include "tests/support/event_bytes.h"
#include "tests/support/event_file_text.h"
#include "tests/support/temp_dir.h"

namespace telltale::formats::tensorboard {
namespace {

using testing::Describe;
using testing::EventRecord;
using testing::Frame;
using testing::ScalarEvent;
using testing::TempDir;
using testing::VersionRecord;

proto::Event PluginEvent(int64_t step, const std::string& tag, const std::string& plugin,
                         int dtype) {
  proto::Event event;
  event.set_wall_time(2000 + static_cast<double>(step));
  event.set_step(step);
  auto* value = event.mutable_summary()->add_value();
  value->set_tag(tag);
  if (!plugin.empty()) value->mutable_metadata()->mutable_plugin_data()->set_plugin_name(plugin);
  value->mutable_tensor()->set_dtype(dtype);
  if (dtype == kDtString) {
    value->mutable_tensor()->add_string_val(absl::StrCat("text of ", step));
  } else {
    value->mutable_tensor()->add_float_val(static_cast<float>(step) / 3);
  }
  return event;
}

// Records of all sorts: tags that say what they are once, at the beginning or in the middle,
// tags that never say it, text on scalars, restarts, a record within a record.
std::vector<std::string> RecordsOfAFile() {
  std::vector<std::string> records = {VersionRecord()};
  for (int step = 0; step < 60; ++step) {
    records.push_back(EventRecord(ScalarEvent(step, "loss", 1.f / static_cast<float>(step + 1))));
    records.push_back(
        EventRecord(PluginEvent(step, "early", step == 0 ? "scalars" : "", kDtFloat)));
    if (step >= 30) {
      records.push_back(
          EventRecord(PluginEvent(step, "late", step == 30 ? "scalars" : "", kDtFloat)));
    }
    if (step % 7 == 0) records.push_back(EventRecord(PluginEvent(step, "note", "text", kDtString)));
    if (step == 45) records.push_back(EventRecord(PluginEvent(step, "loss", "", kDtString)));
    // No time at all must not look like an early one, whichever part it is in.
    if (step == 33) records.push_back(EventRecord(ScalarEvent(step, "timeless", 1.f, 0)));
    if (step % 9 == 4) records.push_back(EventRecord(PluginEvent(step, "never", "", kDtFloat)));
    if (step == 20 || step == 50) {
      proto::Event start;
      start.set_step(step);
      start.mutable_session_log()->set_status(proto::SessionLog::START);
      records.push_back(EventRecord(start));
    }
    if (step % 20 == 10) {
      proto::Event image;
      image.set_step(step);
      auto* value = image.mutable_summary()->add_value();
      value->set_tag("picture");
      value->set_image(EventRecord(ScalarEvent(step, "within", 1.f)) + std::string(200, 'x') +
                       EventRecord(ScalarEvent(step, "within", 2.f)));
      records.push_back(EventRecord(image));
    }
  }
  return records;
}

std::string Join(const std::vector<std::string>& records) {
  std::string bytes;
  for (const std::string& record : records) bytes += record;
  return bytes;
}

class ReadFilesTest : public ::testing::Test {
 protected:
  std::string Read(size_t jobs, const CutOptions& cut) {
    const std::vector<io::FoundFile> found = {
        {.path = path_, .directory = ".", .name = "f.tfevents", .bytes = size_}};
    const std::vector<EventFile> files = ReadFiles(found, {.jobs = jobs}, cut);
    return Describe(files.at(0));
  }
  void Write(const std::string& bytes) {
    path_ = dir_.Write("f.tfevents", bytes);
    size_ = bytes.size();
  }
  // What one thread reads, several read.
  void ExpectSame(const std::string& bytes, const std::string& what) {
    Write(bytes);
    const std::string whole = Read(1, {});
    for (const uint64_t piece : {40u, 150u, 700u, 3000u}) {
      for (const size_t jobs : {2u, 5u}) {
        EXPECT_EQ(Read(jobs, {.smallest_file = piece, .piece = piece}), whole)
            << what << ", pieces of at least " << piece << " bytes, " << jobs << " threads";
      }
    }
  }

  TempDir dir_;
  std::string path_;
  uint64_t size_ = 0;
};

TEST_F(ReadFilesTest, ManyThreadsReadOfOneFileWhatOneReads) {
  ExpectSame(Join(RecordsOfAFile()), "sound file");
}

TEST_F(ReadFilesTest, AlsoWhereTheFileIsTorn) {
  const std::string bytes = Join(RecordsOfAFile());
  for (const size_t less : {1u, 30u, 400u, 2000u}) {
    ExpectSame(bytes.substr(0, bytes.size() - less), absl::StrCat(less, " bytes are missing"));
  }
}

TEST_F(ReadFilesTest, AlsoWhereAnyByteIsDamaged) {
  const std::string bytes = Join(RecordsOfAFile());
  std::mt19937 random(7);
  for (int i = 0; i < 60; ++i) {
    std::string damaged = bytes;
    for (int n = 0; n < 1 + i % 4; ++n) {
      damaged[random() % damaged.size()] ^= static_cast<char>(1u << (random() % 8));
    }
    ExpectSame(damaged, absl::StrCat("damage ", i));
  }
}

TEST_F(ReadFilesTest, AlsoWhereBytesAreMissingOrZeros) {
  const std::string bytes = Join(RecordsOfAFile());
  std::mt19937 random(11);
  for (int i = 0; i < 30; ++i) {
    std::string damaged = bytes;
    const size_t at = random() % (damaged.size() - 600);
    if (i % 2 == 0) {
      damaged.erase(at, 1 + random() % 500);
    } else {
      damaged.replace(at, 500, std::string(500, '\0'));
    }
    ExpectSame(damaged, absl::StrCat("damage ", i));
  }
}

TEST(PieceQueue, GivesEachPieceOnceAndInOrder) {
  PieceQueue queue({{.bytes = 1000, .piece_bytes = 100}, {.bytes = 250}, {.bytes = 30}});
  for (uint64_t piece = 0; piece < 8; ++piece) {
    const auto claim = queue.Take();
    ASSERT_TRUE(claim.has_value());
    EXPECT_EQ(claim->file, 0u);
    EXPECT_EQ(claim->begin, 100 * piece);
    EXPECT_EQ(claim->end, 100 * (piece + 1));
  }
  const auto whole = queue.Take();
  ASSERT_TRUE(whole.has_value());
  EXPECT_EQ(whole->file, 1u) << "larger than what is left of the first";
  EXPECT_EQ(whole->end, UINT64_MAX);
  EXPECT_EQ(queue.Take()->begin, 800u);
  const auto last = queue.Take();
  ASSERT_TRUE(last.has_value());
  EXPECT_EQ(last->begin, 900u);
  EXPECT_EQ(last->end, UINT64_MAX) << "the last piece ends with the file";
  EXPECT_EQ(queue.Take()->file, 2u);
  EXPECT_FALSE(queue.Take().has_value());
}

// A part of one record, whose points stand in the file from `begin` on.
FilePart PartOf(int64_t step, uint64_t begin, uint64_t end) {
  FilePart part;
  part.end = end;
  part.first = begin;
  part.next = end;
  part.file.events = 1;
  part.file.run.files.push_back({.records = 1});
  model::Series& series = part.file.run.series.emplace_back();
  series.tag = "loss";
  series.steps = {step};
  series.wall_times = {0};
  series.values = {1};
  return part;
}

TEST(PartJoiner, TakesPartsInAnyOrder) {
  PartJoiner joiner(400, [](const PartOptions&) -> absl::StatusOr<FilePart> {
    return absl::InternalError("nothing has to be read again");
  });
  std::vector<model::Series> spare;
  joiner.Add(200, PartOf(2, 200, 300), spare);
  joiner.Add(100, PartOf(1, 100, 200), spare);
  EXPECT_TRUE(spare.empty()) << "the first part is not there yet";
  joiner.Add(0, PartOf(0, 0, 100), spare);
  EXPECT_EQ(spare.size(), 2u) << "memory of what was copied";
  joiner.Add(300, PartOf(3, 300, 400), spare);
  const EventFile file = joiner.Finish("f");
  ASSERT_EQ(file.run.series.size(), 1u);
  EXPECT_EQ(file.run.series[0].steps, (Column<int64_t>{0, 1, 2, 3}));
  EXPECT_EQ(file.events, 4u);
  ASSERT_EQ(file.run.files.size(), 1u);
  EXPECT_EQ(file.run.files[0].records, 4u);
  EXPECT_TRUE(file.problems.empty());
}

TEST(PartJoiner, KeepsWhatStandsBeforeAPartThatCannotBeRead) {
  PartJoiner joiner(300, [](const PartOptions& part) -> absl::StatusOr<FilePart> {
    EXPECT_EQ(part.begin, 100u);
    EXPECT_EQ(part.end, 200u);
    return absl::InternalError("the disk is broken");
  });
  std::vector<model::Series> spare;
  joiner.Add(0, PartOf(0, 0, 100), spare);
  joiner.Add(100, FilePart{.end = 200}, spare);
  joiner.Add(200, PartOf(2, 200, 300), spare);
  const EventFile file = joiner.Finish("f");
  ASSERT_EQ(file.run.series.size(), 1u);
  EXPECT_EQ(file.run.series[0].steps, Column<int64_t>{0});
  ASSERT_EQ(file.problems.size(), 1u);
  EXPECT_EQ(file.problems[0].begin, 100u);
  EXPECT_EQ(file.problems[0].message, "the disk is broken");
}

}  // namespace
}  // namespace telltale::formats::tensorboard
