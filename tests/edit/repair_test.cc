#include "lib/edit/repair.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <string>

#include "lib/formats/format.h"
#include "tests/support/event_bytes.h"
#include "tests/support/gzip_bytes.h"
#include "tests/support/temp_dir.h"
#include "tests/support/tfrecord_bytes.h"

namespace telltale::edit {
namespace {

namespace fs = std::filesystem;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

// Whole, then a record whose payload is wrong, then whole again, then torn.
std::string Damaged() {
  std::string bytes = testing::VersionRecord();
  bytes += testing::EventRecord(testing::ScalarEvent(1, "loss", 1.0F));
  std::string flipped = testing::EventRecord(testing::ScalarEvent(2, "loss", 2.0F));
  flipped[flipped.size() - 6] ^= 1;
  bytes += flipped;
  bytes += testing::EventRecord(testing::ScalarEvent(3, "loss", 3.0F));
  const std::string torn = testing::EventRecord(testing::ScalarEvent(4, "loss", 4.0F));
  return bytes + torn.substr(0, torn.size() - 3);
}

TEST(Repair, KeepsAllThatIsIntactAndSaysWhatIsLost) {
  testing::TempDir dir;
  dir.Write("logs/run/events.out.tfevents.1", Damaged());
  const std::string mended = dir.path() + "/mended";
  const auto report = Repair(dir.path() + "/logs", mended);
  ASSERT_TRUE(report.ok()) << report.status();
  ASSERT_THAT(report->files, SizeIs(1));
  const RepairedFile& file = report->files[0];
  EXPECT_EQ(file.records, 3u);
  EXPECT_GT(file.torn_bytes, 0u);
  ASSERT_THAT(file.lost, SizeIs(1));
  EXPECT_EQ(file.lost[0].step_before, 1);
  EXPECT_EQ(file.lost[0].step_behind, 3);
  const auto read = formats::FindFormat("tensorboard")->read(mended, {});
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_THAT(read->problems, IsEmpty());
  EXPECT_EQ(read->runs.at(0).series.at(0).size(), 2u);
}

// A compressed file whose stream is broken behind some hundred points.
std::string BrokenGzip() {
  std::string bytes = testing::VersionRecord();
  for (int step = 0; step < 20000; ++step) {
    const float value = std::sin(static_cast<float>(step));
    bytes += testing::EventRecord(testing::ScalarEvent(step, "loss", value));
  }
  std::string compressed = testing::Gzip(bytes);
  compressed.replace(compressed.size() / 2, 8, "\xff\xff\xff\xff\xff\xff\xff\xff");
  return compressed;
}

TEST(Repair, KeepsOfABrokenCompressedFileWhatStandsBefore) {
  testing::TempDir dir;
  dir.Write("logs/a/events.out.tfevents.1.gz", BrokenGzip());
  dir.Write("logs/b/events.out.tfevents.1.gz", testing::Gzip("").substr(0, 10) + "\x0f no deflate");
  dir.Write("logs/c/events.out.tfevents.1", testing::VersionRecord());
  const auto report = Repair(dir.path() + "/logs", dir.path() + "/mended");
  ASSERT_TRUE(report.ok()) << report.status();
  ASSERT_THAT(report->files, SizeIs(3));
  EXPECT_GT(report->files[0].records, 5000u);
  // What the broken stream gives before it ends is no record either.
  ASSERT_THAT(report->files[0].lost, Not(IsEmpty()));
  EXPECT_THAT(report->files[0].lost.back().problem.message, HasSubstr("broken gzip stream"));
  EXPECT_EQ(report->files[1].records, 0u);
  EXPECT_THAT(report->files[1].lost, SizeIs(1));
  EXPECT_EQ(report->files[2].records, 1u);
  EXPECT_THAT(report->files[2].lost, IsEmpty());
  const auto read = formats::FindFormat("tensorboard")->read(dir.path() + "/mended/a", {});
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_THAT(read->problems, IsEmpty());
  EXPECT_EQ(read->runs.at(0).series.at(0).size(), report->files[0].records - 1);
}

TEST(Repair, WritesNothingOnADryRun) {
  testing::TempDir dir;
  dir.Write("logs/events.out.tfevents.1", Damaged());
  const auto report = Repair(dir.path() + "/logs", dir.path() + "/mended", {.dry_run = true});
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_THAT(report->files.at(0).lost, SizeIs(1));
  EXPECT_FALSE(fs::exists(dir.path() + "/mended"));
}

TEST(Repair, RefusesToWriteIntoTheSourceOrOverWhatIsNotItsOwn) {
  testing::TempDir dir;
  dir.Write("logs/events.out.tfevents.1", Damaged());
  dir.Write("mine/notes.txt", "x");
  EXPECT_TRUE(
      absl::IsInvalidArgument(Repair(dir.path() + "/logs", dir.path() + "/logs/mended").status()));
  EXPECT_TRUE(absl::IsInvalidArgument(Repair(dir.path() + "/logs", dir.path() + "/logs").status()));
  EXPECT_TRUE(absl::IsAlreadyExists(Repair(dir.path() + "/logs", dir.path() + "/mine").status()));
  EXPECT_TRUE(absl::IsNotFound(Repair(dir.path() + "/mine", dir.path() + "/mended").status()));
  EXPECT_TRUE(Repair(dir.path() + "/logs", dir.path() + "/mended").ok());
  EXPECT_TRUE(Repair(dir.path() + "/logs", dir.path() + "/mended").ok());
}

TEST(Explain, TakesABrokenCompressedFile) {
  testing::TempDir dir;
  const auto sentences = Explain(dir.Write("events.out.tfevents.1.gz", BrokenGzip()));
  ASSERT_TRUE(sentences.ok()) << sentences.status();
  EXPECT_THAT(*sentences, Not(IsEmpty()));
}

TEST(Explain, SaysWhereWhichLoaderStops) {
  testing::TempDir dir;
  dir.Write("events.out.tfevents.1", Damaged());
  const auto sentences = Explain(dir.path() + "/events.out.tfevents.1");
  ASSERT_TRUE(sentences.ok()) << sentences.status();
  EXPECT_THAT(*sentences, Contains(HasSubstr("the first 2 of 3 intact records")));
  EXPECT_THAT(*sentences, Contains(HasSubstr("verifies no checksums")));
  EXPECT_THAT(*sentences, Contains(HasSubstr("a record without an end")));
}

}  // namespace
}  // namespace telltale::edit
