#include "lib/watch/log_follower.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "lib/formats/format.h"
#include "lib/formats/tensorboard/own_writer.h"
#include "tests/watch/logs.h"

namespace telltale::watch {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

double Flat(int64_t) { return 1; }

// Runs that have no more watches than some, as fs.inotify.max_user_watches may say.
class FewWatches final : public io::DirWatcher {
 public:
  explicit FewWatches(int most) : left_(most) {}
  absl::Status Add(const std::string&) override {
    return left_-- > 0 ? absl::OkStatus() : absl::ResourceExhaustedError("no more watches");
  }
  void Remove(const std::string&) override {}
  void MuteWrites(const std::string&) override {}
  void TellWrites(const std::string&) override {}
  absl::StatusOr<io::DirChanges> Take() override { return io::DirChanges{}; }
  int fd() const override { return 0; }

 private:
  int left_;
};

enum class By { kInotify, kPolling };

class LogFollowerTest : public ::testing::TestWithParam<By> {
 protected:
  void Start(const std::string& path = "") {
    auto watcher = io::MakePollingWatcher();
    if (GetParam() == By::kInotify) {
      auto inotify = io::MakeInotifyWatcher();
      if (!inotify.ok()) GTEST_SKIP() << "no inotify here: " << inotify.status();
      watcher = *std::move(inotify);
    }
    FollowOptions options;
    options.tree.read.jobs = 2;
    options.tree.on_problem = [this](const Problem& problem) { problems_.push_back(problem); };
    follower_ = std::make_unique<LogFollower>(path.empty() ? logs_.path() : path, options,
                                              std::move(watcher));
  }

  // A look ten seconds later, so that polling lists again; true where something was read.
  bool Look() {
    const auto any = follower_->Look(now_ += 10);
    EXPECT_TRUE(any.ok()) << any.status();
    if (follower_->stale()) follower_->Regroup();
    return any.value_or(false);
  }

  std::vector<std::string> Names() const {
    std::vector<std::string> names;
    for (const auto& training_run : follower_->grouping().training_runs) {
      names.push_back(training_run.name);
    }
    return names;
  }

  // What the follower has is what a reader has who reads it all now.
  void ExpectSameAsRead() {
    const auto read = formats::FindFormat("tensorboard")->read(logs_.path(), {});
    ASSERT_TRUE(read.ok()) << read.status();
    std::vector<model::Run> runs;
    for (const model::Run& run : read->runs) {
      if (!run.written_by_telltale) runs.push_back(run);
    }
    std::vector<size_t> all(follower_->grouping().training_runs.size());
    for (size_t i = 0; i < all.size(); ++i) all[i] = i;
    ASSERT_TRUE(follower_->Lend(all));
    const auto& followed = follower_->experiment().runs;
    ASSERT_EQ(followed.size(), runs.size());
    for (size_t i = 0; i < runs.size(); ++i) {
      EXPECT_EQ(followed[i].name, runs[i].name);
      EXPECT_EQ(followed[i].path, runs[i].path);
      EXPECT_EQ(followed[i].session, runs[i].session);
      ASSERT_EQ(followed[i].series.size(), runs[i].series.size());
      for (size_t j = 0; j < runs[i].series.size(); ++j) {
        EXPECT_EQ(followed[i].series[j].tag, runs[i].series[j].tag);
        EXPECT_TRUE(followed[i].series[j].steps == runs[i].series[j].steps);
        EXPECT_TRUE(followed[i].series[j].values == runs[i].series[j].values);
        EXPECT_TRUE(followed[i].series[j].wall_times == runs[i].series[j].wall_times);
      }
    }
    follower_->GiveBack();
  }

  GrowingLogs logs_;
  std::vector<Problem> problems_;
  std::unique_ptr<LogFollower> follower_;
  double now_ = 0;
};

INSTANTIATE_TEST_SUITE_P(, LogFollowerTest, ::testing::Values(By::kInotify, By::kPolling),
                         [](const auto& param) {
                           return param.param == By::kInotify ? "Inotify" : "Polling";
                         });

TEST_P(LogFollowerTest, ReadsWhatIsThereAndWhatIsAppended) {
  logs_.Grow("a", 0, 5, Flat);
  logs_.Grow("b/train", 0, 5, Flat);
  logs_.Grow("b/validation", 0, 5, Flat);
  Start();
  EXPECT_TRUE(Look());
  EXPECT_THAT(Names(), ElementsAre("a", "b"));
  EXPECT_EQ(follower_->points(), 15u);
  EXPECT_FALSE(Look());
  logs_.Grow("b/train", 5, 20, Flat);
  EXPECT_TRUE(Look());
  EXPECT_EQ(follower_->points(), 30u);
  EXPECT_EQ(follower_->ActivityOf(0).points, 5u);
  EXPECT_EQ(follower_->ActivityOf(1).points, 25u);
  EXPECT_EQ(follower_->ActivityOf(1).grew_at, now_);
  EXPECT_EQ(follower_->ActivityOf(1).gap, 1);
  ExpectSameAsRead();
}

TEST_P(LogFollowerTest, WaitsForWhatIsNotThereYet) {
  Start();
  EXPECT_FALSE(Look());
  EXPECT_THAT(Names(), IsEmpty());
  logs_.Grow("deep/down/there/run", 0, 3, Flat);
  EXPECT_TRUE(Look());
  EXPECT_THAT(Names(), ElementsAre("deep/down/there/run"));
  ExpectSameAsRead();
}

TEST_P(LogFollowerTest, ARunThatIsStillGoesOnAtAnyTime) {
  logs_.Grow("a", 0, 5, Flat);
  Start();
  Look();
  for (int still = 0; still < 20; ++still) EXPECT_FALSE(Look());
  logs_.Grow("a", 5, 6, Flat);
  EXPECT_TRUE(Look());
  for (int still = 0; still < 20; ++still) EXPECT_FALSE(Look());
  logs_.Grow("a", 6, 7, Flat);
  EXPECT_TRUE(Look());
  EXPECT_EQ(follower_->points(), 7u);
}

TEST_P(LogFollowerTest, ANewFileGoesOnWithTheRun) {
  logs_.Grow("a", 0, 100, Flat);
  Start();
  Look();
  logs_.GrowFile("a/events.out.tfevents.2.host", 100, 110, Flat);
  EXPECT_TRUE(Look());
  EXPECT_THAT(Names(), ElementsAre("a"));
  ExpectSameAsRead();
  logs_.GrowFile("a/events.out.tfevents.2.host", 110, 150, Flat);
  EXPECT_TRUE(Look());
  ExpectSameAsRead();
}

TEST_P(LogFollowerTest, AFileThatStartsFromTheBeginningIsASession) {
  logs_.Grow("a", 0, 100, Flat);
  Start();
  Look();
  logs_.Append("a/events.out.tfevents.2.host", testing::VersionRecord());
  Look();
  EXPECT_THAT(Names(), ElementsAre("a"));
  logs_.GrowFile("a/events.out.tfevents.2.host", 0, 50, Flat);
  Look();
  EXPECT_THAT(Names(), ElementsAre("a#1", "a#2"));
  ExpectSameAsRead();
  logs_.GrowFile("a/events.out.tfevents.2.host", 50, 80, Flat);
  Look();
  ExpectSameAsRead();
}

TEST_P(LogFollowerTest, DirectoriesComeAndGo) {
  logs_.Grow("a", 0, 5, Flat);
  logs_.Grow("a-b", 0, 5, Flat);
  logs_.Grow("a/nested", 0, 5, Flat);
  Start();
  Look();
  EXPECT_THAT(Names(), ElementsAre("a", "a-b", "a/nested"));
  std::filesystem::remove_all(logs_.Join("a"));
  Look();
  EXPECT_THAT(Names(), ElementsAre("a-b"));
  logs_.Grow("a", 0, 3, Flat);
  Look();
  EXPECT_THAT(Names(), ElementsAre("a", "a-b"));
  std::filesystem::rename(logs_.Join("a-b"), logs_.Join("c"));
  Look();
  EXPECT_THAT(Names(), ElementsAre("a", "c"));
  logs_.Grow("c", 5, 9, Flat);
  EXPECT_TRUE(Look());
  ExpectSameAsRead();
  std::filesystem::remove(logs_.Join(GrowingLogs::FileOf("c")));
  Look();
  EXPECT_THAT(Names(), ElementsAre("a"));
}

TEST_P(LogFollowerTest, TheLogDirectoryItselfMayGoAndComeBack) {
  logs_.Grow("logs/a", 0, 5, Flat);
  Start(logs_.Join("logs"));
  Look();
  std::filesystem::remove_all(logs_.Join("logs"));
  Look();
  EXPECT_THAT(Names(), IsEmpty());
  EXPECT_TRUE(follower_->hot());
  logs_.Grow("logs/b", 0, 5, Flat);
  Look();
  EXPECT_THAT(Names(), ElementsAre("b"));
  logs_.Grow("logs/b", 5, 6, Flat);
  EXPECT_TRUE(Look());
}

TEST_P(LogFollowerTest, AShorterFileAndAnotherFileAreReadAnew) {
  logs_.Grow("a", 0, 50, Flat);
  logs_.Grow("b", 0, 50, Flat);
  Start();
  Look();
  std::filesystem::resize_file(logs_.Join(GrowingLogs::FileOf("a")), 0);
  logs_.Grow("a", 0, 7, Flat);
  logs_.GrowFile("other", 0, 80, Flat);
  std::filesystem::rename(logs_.Join("other"), logs_.Join(GrowingLogs::FileOf("b")));
  EXPECT_TRUE(Look());
  EXPECT_EQ(follower_->ActivityOf(0).points, 7u);
  EXPECT_EQ(follower_->ActivityOf(1).points, 80u);
  ExpectSameAsRead();
}

// Points are read again when they are lent: until then another file may have the name.
TEST_P(LogFollowerTest, LendsNothingThatIsSomethingElseByNow) {
  logs_.Grow("a", 0, 50, Flat);
  logs_.Grow("b", 0, 50, Flat);
  Start();
  Look();
  logs_.GrowFile("other", 0, 80, Flat);
  std::filesystem::rename(logs_.Join("other"), logs_.Join(GrowingLogs::FileOf("a")));
  const std::vector<size_t> both = {0, 1};
  EXPECT_FALSE(follower_->Lend(both));
  EXPECT_TRUE(follower_->stale());
  EXPECT_TRUE(follower_->experiment().runs[1].series.empty());
  Look();
  EXPECT_EQ(follower_->points(), 130u);
  ExpectSameAsRead();
}

TEST_P(LogFollowerTest, WhatTelltaleWroteIsNotFollowed) {
  logs_.Grow("a", 0, 5, Flat);
  Start();
  Look();
  proto::Event first;
  first.set_file_version("brain.Event:2");
  first.mutable_source_metadata()->set_writer(formats::tensorboard::OwnWriter());
  logs_.Append("a/telltale/events.out.tfevents.2.telltale_1", testing::EventRecord(first));
  logs_.GrowFile("a/telltale/events.out.tfevents.2.telltale_1", 0, 3, Flat);
  Look();
  EXPECT_THAT(Names(), ElementsAre("a"));
  ExpectSameAsRead();
}

TEST_P(LogFollowerTest, FollowsASingleFile) {
  logs_.Grow("a", 0, 5, Flat);
  logs_.GrowFile("a/events.out.tfevents.2.host", 5, 9, Flat);
  Start(logs_.Join(GrowingLogs::FileOf("a")));
  Look();
  EXPECT_EQ(follower_->points(), 5u);
  EXPECT_EQ(Names().size(), 1u);
  logs_.Grow("a", 5, 8, Flat);
  EXPECT_TRUE(Look());
  EXPECT_EQ(follower_->points(), 8u);
}

TEST_P(LogFollowerTest, ALinkIsFollowedOnceAndACycleEnds) {
  logs_.Grow("a", 0, 5, Flat);
  std::filesystem::create_directory_symlink(logs_.path(), logs_.Join("a/up"));
  Start();
  Look();
  EXPECT_THAT(Names(), ElementsAre("a"));
  logs_.Grow("a", 5, 6, Flat);
  logs_.Append("a/notes.txt", "x");
  Look();
  EXPECT_THAT(Names(), ElementsAre("a"));
  EXPECT_EQ(follower_->points(), 6u);
}

TEST_P(LogFollowerTest, UrgentIsWhatIsNotFiniteOrFarBeyondTheBeginning) {
  logs_.Grow("a", 0, 20, Flat);
  logs_.Grow("b", 0, 20, Flat);
  Start();
  Look();
  EXPECT_FALSE(follower_->ActivityOf(0).urgent);
  logs_.Grow("a", 20, 21, [](int64_t) { return std::nan(""); });
  logs_.Grow("b", 20, 21, [](int64_t) { return 3; });
  Look();
  EXPECT_TRUE(follower_->ActivityOf(0).urgent);
  EXPECT_FALSE(follower_->ActivityOf(1).urgent);
  follower_->Judged(0);
  EXPECT_FALSE(follower_->ActivityOf(0).urgent);
  logs_.Grow("b", 21, 22, [](int64_t) { return 100; });
  Look();
  EXPECT_TRUE(follower_->ActivityOf(1).urgent);
  // By small steps it comes there as well.
  logs_.Grow("c", 0, 20, Flat);
  Look();
  EXPECT_FALSE(follower_->ActivityOf(2).urgent);
  logs_.Grow("c", 20, 40, [](int64_t step) { return std::pow(1.1, step - 20); });
  Look();
  EXPECT_TRUE(follower_->ActivityOf(2).urgent);
  // What is urgent over and over is how the run is.
  int urgent = 0;
  for (int64_t step = 22; step < 50; ++step) {
    follower_->Judged(0);
    logs_.Grow("a", step, step + 1, [](int64_t) { return std::nan(""); });
    Look();
    urgent += follower_->ActivityOf(0).urgent;
  }
  EXPECT_LT(urgent, 8);
}

TEST_P(LogFollowerTest, NothingAtThePathIsAnError) {
  Start(logs_.Join("nowhere"));
  EXPECT_FALSE(follower_->Look(0).ok());
}

TEST(LogFollowerLimitTest, FallsBackToPollingWhereNoMoreCanBeWatched) {
  GrowingLogs logs;
  for (const char* run : {"a", "b", "c", "d"}) logs.Grow(run, 0, 3, Flat);
  std::vector<std::string> warnings;
  FollowOptions options;
  options.tree.warn = [&](const std::string& warning) { warnings.push_back(warning); };
  LogFollower follower(logs.path(), options, std::make_unique<FewWatches>(2));
  ASSERT_TRUE(follower.Look(0).ok());
  EXPECT_THAT(warnings, ElementsAre(HasSubstr("every 2 seconds")));
  logs.Grow("d", 3, 9, Flat);
  ASSERT_TRUE(follower.Look(100).ok());
  EXPECT_EQ(follower.points(), 18u);
}

}  // namespace
}  // namespace telltale::watch
