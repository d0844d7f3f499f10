#include "lib/io/dir_watcher.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <poll.h>

#include <filesystem>
#include <fstream>

#include "tests/support/temp_dir.h"

namespace telltale::io {
namespace {

using telltale::testing::TempDir;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

// The kernel queues an event before the call that caused it returns, so nothing here waits.
class InotifyTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto watcher = MakeInotifyWatcher();
    if (!watcher.ok()) GTEST_SKIP() << "no inotify here: " << watcher.status();
    watcher_ = *std::move(watcher);
    std::filesystem::create_directory(dir_.Join("a"));
    std::filesystem::create_directory(dir_.Join("b"));
    dir_.Write("a/file", "1");
    ASSERT_TRUE(watcher_->Add(dir_.Join("a")).ok());
    ASSERT_TRUE(watcher_->Add(dir_.Join("b")).ok());
  }

  void Append(const std::string& relative) {
    std::ofstream(dir_.Join(relative), std::ios::app) << "more";
  }
  DirChanges Take() {
    auto changes = watcher_->Take();
    EXPECT_TRUE(changes.ok()) << changes.status();
    return changes.value_or(DirChanges());
  }

  TempDir dir_;
  std::unique_ptr<DirWatcher> watcher_;
};

TEST_F(InotifyTest, TellsWritesAndEntriesApart) {
  Append("a/file");
  Append("a/file");
  DirChanges changes = Take();
  EXPECT_THAT(changes.files, ElementsAre(dir_.Join("a")));
  EXPECT_THAT(changes.entries, IsEmpty());
  std::filesystem::create_directory(dir_.Join("b/new"));
  std::filesystem::remove(dir_.Join("a/file"));
  changes = Take();
  EXPECT_THAT(changes.entries, ElementsAre(dir_.Join("a"), dir_.Join("b")));
  EXPECT_FALSE(changes.anything);
}

TEST_F(InotifyTest, IsReadableWhenThereIsSomethingToTell) {
  pollfd readable{.fd = watcher_->fd(), .events = POLLIN, .revents = 0};
  EXPECT_EQ(::poll(&readable, 1, 0), 0);
  Append("a/file");
  EXPECT_EQ(::poll(&readable, 1, 0), 1);
  Take();
  EXPECT_EQ(::poll(&readable, 1, 0), 0);
}

TEST_F(InotifyTest, WritesCanBeLeftOut) {
  watcher_->MuteWrites(dir_.Join("a"));
  Append("a/file");
  EXPECT_THAT(Take().files, IsEmpty());
  dir_.Write("a/other", "");
  EXPECT_THAT(Take().entries, ElementsAre(dir_.Join("a")));
  watcher_->TellWrites(dir_.Join("a"));
  Append("a/file");
  EXPECT_THAT(Take().files, ElementsAre(dir_.Join("a")));
}

TEST_F(InotifyTest, TellsOfADirectoryThatIsGoneByItsName) {
  std::filesystem::remove(dir_.Join("b"));
  EXPECT_THAT(Take().entries, ElementsAre(dir_.Join("b")));
  watcher_->Remove(dir_.Join("b"));
  EXPECT_THAT(Take().entries, IsEmpty());
}

TEST_F(InotifyTest, ARenamedDirectoryIsToldByItsNewNameOnceItIsAdded) {
  std::filesystem::rename(dir_.Join("a"), dir_.Join("c"));
  ASSERT_TRUE(watcher_->Add(dir_.Join("c")).ok());
  watcher_->Remove(dir_.Join("a"));  // does not take the watch from the new name
  Take();
  Append("c/file");
  EXPECT_THAT(Take().files, ElementsAre(dir_.Join("c")));
}

TEST_F(InotifyTest, WhatIsNoDirectoryIsAnError) {
  EXPECT_FALSE(watcher_->Add(dir_.Join("a/file")).ok());
  EXPECT_FALSE(watcher_->Add(dir_.Join("nowhere")).ok());
}

TEST(PollingTest, AlwaysSaysThatAnythingMayHaveHappened) {
  const auto watcher = MakePollingWatcher();
  EXPECT_TRUE(watcher->Add("/nowhere").ok());
  EXPECT_TRUE(watcher->Take()->anything);
  EXPECT_EQ(watcher->fd(), -1);
}

}  // namespace
}  // namespace telltale::io
