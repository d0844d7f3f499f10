#include "lib/formats/tensorboard/event_tail.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "tests/support/as_nobody.h"
#include "tests/support/event_bytes.h"
#include "tests/support/gzip_bytes.h"
#include "tests/support/temp_dir.h"

namespace telltale::formats::tensorboard {
namespace {

using telltale::testing::AsNobody;
using telltale::testing::EventRecord;
using telltale::testing::Gzip;
using telltale::testing::ScalarEvent;
using telltale::testing::ScalarFile;
using telltale::testing::TempDir;
using telltale::testing::VersionRecord;

std::string Points(int64_t from, int64_t to) {
  std::string bytes;
  for (int64_t step = from; step < to; ++step) {
    bytes += EventRecord(ScalarEvent(step, "loss", static_cast<float>(step)));
  }
  return bytes;
}

class EventTailTest : public ::testing::Test {
 protected:
  void Append(std::string_view bytes) {
    std::ofstream(path_, std::ios::binary | std::ios::app) << bytes;
  }
  TailChange Read(TailReading reading = TailReading::kGrowth) {
    const auto change = tail_.Read(reading);
    EXPECT_TRUE(change.ok()) << change.status();
    return change.value_or(TailChange());
  }
  std::vector<int64_t> Steps() {
    if (tail_.run().series.empty()) return {};
    const auto span = tail_.run().series[0].steps.span();
    return {span.begin(), span.end()};
  }

  TempDir dir_;
  std::string path_ = dir_.Join("events.out.tfevents.1");
  ReadOptions read_;
  std::vector<Problem> problems_;
  EventTail tail_{path_, ".", read_, [this](Problem problem) { problems_.push_back(problem); }};
};

TEST_F(EventTailTest, ReadsWhatIsAppendedAndNothingTwice) {
  Append(VersionRecord() + Points(0, 3));
  EXPECT_TRUE(Read().grew);
  EXPECT_EQ(Steps(), (std::vector<int64_t>{0, 1, 2}));
  EXPECT_FALSE(Read().grew);
  Append(Points(3, 5));
  EXPECT_TRUE(Read().grew);
  EXPECT_EQ(Steps(), (std::vector<int64_t>{0, 1, 2, 3, 4}));
  EXPECT_EQ(tail_.records(), 6u);
  EXPECT_TRUE(problems_.empty());
}

TEST_F(EventTailTest, LeavesTheTimeOfTheLastAccessAlone) {
  Append(VersionRecord() + Points(0, 3));
  const struct timespec times[] = {{.tv_sec = 1000, .tv_nsec = 0}, {.tv_sec = 2000, .tv_nsec = 0}};
  ASSERT_EQ(::utimensat(AT_FDCWD, path_.c_str(), times, 0), 0);
  EXPECT_TRUE(Read().grew);
  struct stat info;
  ASSERT_EQ(::stat(path_.c_str(), &info), 0);
  EXPECT_EQ(info.st_atime, 1000);
}

// A writer may be stopped anywhere: every byte is once the last one.
TEST_F(EventTailTest, GoesOnFromEveryByte) {
  const std::string bytes = VersionRecord() + Points(0, 4);
  for (size_t i = 0; i < bytes.size(); ++i) {
    Append(std::string_view(bytes).substr(i, 1));
    Read();
  }
  EXPECT_EQ(Steps(), (std::vector<int64_t>{0, 1, 2, 3}));
  EXPECT_TRUE(problems_.empty());
}

// The same where a length is damaged, so that the next record has to be searched for.
TEST_F(EventTailTest, FindsItsWayBehindDamageFromEveryByte) {
  std::string bytes = VersionRecord() + Points(0, 2);
  const size_t damaged = bytes.size();
  bytes += Points(2, 6);
  bytes[damaged + 3] ^= 1;
  for (size_t i = 0; i < bytes.size(); ++i) {
    Append(std::string_view(bytes).substr(i, 1));
    Read();
  }
  EXPECT_EQ(Steps(), (std::vector<int64_t>{0, 1, 3, 4, 5}));
  ASSERT_EQ(problems_.size(), 1u);
  EXPECT_EQ(problems_[0].kind, ProblemKind::kCorruptHeader);
}

TEST_F(EventTailTest, StartsAnewWhenTheFileIsShorter) {
  Append(VersionRecord() + Points(0, 10));
  Read();
  std::filesystem::resize_file(path_, VersionRecord().size());
  Append(Points(100, 102));
  const TailChange change = Read();
  EXPECT_TRUE(change.replaced);
  EXPECT_EQ(Steps(), (std::vector<int64_t>{100, 101}));
}

TEST_F(EventTailTest, StartsAnewWhenAnotherFileHasTheName) {
  Append(VersionRecord() + Points(0, 3));
  Read();
  dir_.Write("other", VersionRecord() + Points(7, 20));
  std::filesystem::rename(dir_.Join("other"), path_);
  EXPECT_TRUE(Read().replaced);
  EXPECT_EQ(Steps().front(), 7);
  EXPECT_EQ(Steps().size(), 13u);
}

TEST_F(EventTailTest, SaysThatTheFileIsGone) {
  Append(VersionRecord());
  Read();
  std::filesystem::remove(path_);
  EXPECT_TRUE(Read().gone);
}

TEST_F(EventTailTest, DamageIsToldOnceAndPassed) {
  std::string damaged = Points(1, 2);
  damaged[damaged.size() - 6] ^= 1;
  Append(VersionRecord() + Points(0, 1) + damaged);
  Read();
  Append(Points(2, 4));
  Read();
  Read();
  EXPECT_EQ(Steps(), (std::vector<int64_t>{0, 2, 3}));
  ASSERT_EQ(problems_.size(), 1u);
  EXPECT_EQ(problems_[0].kind, ProblemKind::kCorruptRecord);
  EXPECT_EQ(problems_[0].path, path_);
}

TEST_F(EventTailTest, TellsSoManyProblemsAndNoMore) {
  std::string bytes = VersionRecord();
  for (int i = 0; i < 500; ++i) bytes += telltale::testing::Frame("\xff\xff");
  Append(bytes);
  Read();
  EXPECT_EQ(problems_.size(), EventTail::kMostProblems + 1);
  EXPECT_EQ(problems_.back().kind, ProblemKind::kLimitReached);
}

// The points may be moved away for a while: what comes then joins them.
TEST_F(EventTailTest, TheRunCanBeLent) {
  Append(VersionRecord() + Points(0, 3));
  Read();
  model::Run lent = std::move(tail_.run());
  EXPECT_EQ(lent.series[0].size(), 3u);
  tail_.run() = std::move(lent);
  Append(Points(3, 4));
  Read();
  EXPECT_EQ(Steps(), (std::vector<int64_t>{0, 1, 2, 3}));
}

// What is let go of is read again, at every moment of a file's growth and over damage.
TEST_F(EventTailTest, ReadsAgainWhatWasReleased) {
  std::string bytes = VersionRecord() + Points(0, 2);
  const size_t damaged = bytes.size();
  bytes += Points(2, 5);
  bytes[damaged + 3] ^= 1;
  EventTail whole(path_, ".", read_, [](const Problem&) {});
  for (size_t i = 0; i < bytes.size(); ++i) {
    Append(std::string_view(bytes).substr(i, 1));
    Read();
    tail_.Release();
    ASSERT_TRUE(whole.Read().ok());
    const auto again = tail_.ReadAgain();
    ASSERT_TRUE(again.ok()) << again.status();
    ASSERT_EQ(again->series.size(), whole.run().series.size());
    if (again->series.empty()) continue;
    EXPECT_TRUE(again->series[0].steps == whole.run().series[0].steps);
    EXPECT_TRUE(again->series[0].values == whole.run().series[0].values);
    EXPECT_EQ(tail_.run().series[0].size(), 0u);
    EXPECT_EQ(tail_.run().series[0].count(), again->series[0].size());
  }
  EXPECT_EQ(tail_.points(), 4u);
  EXPECT_EQ(problems_.size(), 1u);  // and is not told again
}

TEST_F(EventTailTest, ReadsAgainOnlyWhatWasReadBefore) {
  Append(VersionRecord() + Points(0, 3));
  Read();
  tail_.Release();
  Append(Points(3, 9));
  const auto again = tail_.ReadAgain();
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(again->series[0].size(), 3u);
  EXPECT_TRUE(Read().grew);
  EXPECT_EQ(Steps(), (std::vector<int64_t>{3, 4, 5, 6, 7, 8}));
}

TEST_F(EventTailTest, WhatCannotBeReadAgainIsReadAnew) {
  Append(VersionRecord() + Points(0, 3));
  Read();
  tail_.Release();
  // The same file, as long as before, with something else in it.
  std::ofstream(path_, std::ios::binary)
      << VersionRecord() << std::string(Points(0, 3).size(), '\0');
  EXPECT_FALSE(tail_.ReadAgain().ok());
  EXPECT_TRUE(Read().replaced);
  EXPECT_EQ(tail_.points(), 0u);
  std::filesystem::remove(path_);
  EXPECT_FALSE(tail_.ReadAgain().ok());
  EXPECT_TRUE(Read().gone);
}

TEST_F(EventTailTest, HoldsWhatIsCompressed) {
  Append(Gzip(VersionRecord() + Points(0, 3)));
  Read();
  tail_.Release();
  EXPECT_FALSE(tail_.released());
  EXPECT_EQ(Steps(), (std::vector<int64_t>{0, 1, 2}));
}

TEST_F(EventTailTest, WhatCannotBeReadIsReadLater) {
  Append(VersionRecord() + Points(0, 1));
  ::chmod(dir_.path().c_str(), 0755);
  ::chmod(path_.c_str(), 0);
  {
    const AsNobody nobody;
    EXPECT_FALSE(tail_.Read().ok());
  }
  ::chmod(path_.c_str(), 0600);
  EXPECT_TRUE(Read().grew);
}

TEST_F(EventTailTest, ReadsWhatBelongsToSomebodyElse) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root can be somebody else";
  Append(VersionRecord() + Points(0, 1));
  ::chmod(dir_.path().c_str(), 0755);
  ::chmod(path_.c_str(), 0644);
  const AsNobody nobody;
  EXPECT_TRUE(Read().grew);
}

TEST_F(EventTailTest, ReadsACompressedFileAsAWhole) {
  Append(Gzip(VersionRecord() + Points(0, 50)));
  Read();
  EXPECT_EQ(Steps().size(), 50u);
  Append(Gzip(Points(50, 52)));
  EXPECT_FALSE(Read().grew);  // hardly more than before
  EXPECT_TRUE(Read(TailReading::kEverything).grew);
  EXPECT_EQ(Steps().size(), 52u);
}

}  // namespace
}  // namespace telltale::formats::tensorboard
