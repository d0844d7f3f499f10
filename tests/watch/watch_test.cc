#include "lib/watch/watch.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "lib/io/read_file.h"
#include "lib/workflow/load.h"
#include "tests/watch/logs.h"

namespace telltale::watch {
namespace {

using report::LiveEvent;
using report::LiveEventKind;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

// Noise that is the same everywhere.
double Noise(int64_t step) { return 0.01 * std::sin(static_cast<double>(step * step % 1009)); }
double Learns(int64_t step) {
  return 0.1 + 2 * std::exp(-static_cast<double>(step) / 40) + Noise(step);
}
double Diverges(int64_t step) {
  return step < 100 ? Learns(step)
                    : 2.5 * std::exp(static_cast<double>(std::min<int64_t>(step, 140) - 100) / 10);
}

// Steps a watch by a clock of its own: a step a second, in which as many steps of training happen
// as the test says.
class WatchTest : public ::testing::Test {
 protected:
  void Start(WatchOptions options = {}) {
    options.jobs = 1;
    options.cpu = [this] { return cpu_ += cost_; };
    options.on_event = [this](const LiveEvent& event) { Take(event); };
    options.warn = [this](const std::string& warning) { warnings_.push_back(warning); };
    auto watcher = io::MakeInotifyWatcher();
    follower_ = std::make_unique<LogFollower>(
        logs_.path(), FollowOptions{.tree = {.read = {.jobs = 1}}},
        watcher.ok() ? *std::move(watcher) : io::MakePollingWatcher());
    watch_ = std::make_unique<Watch>(*follower_, options);
  }

  void Step(double seconds = 1) {
    now_ += seconds;
    const absl::Status status = watch_->Step({.now = now_, .wall = GrowingLogs::kStart + now_});
    ASSERT_TRUE(status.ok()) << status;
  }
  void Finish(End end) { watch_->Finish({now_, GrowingLogs::kStart + now_}, end); }

  // Lets `run` train on for `steps`, `each` of them between two steps of the watch.
  void Train(const std::string& run, int64_t steps, int64_t each,
             const std::function<double(int64_t)>& value) {
    int64_t& trained = trained_[run];
    for (const int64_t end = trained + steps; trained < end; trained += each) {
      logs_.Grow(run, trained, trained + each, value);
      Step(static_cast<double>(each));
    }
  }

  void Take(const LiveEvent& event) {
    std::string text(report::LiveEventName(event.kind));
    for (const std::string_view more :
         {event.training_run, event.group,
          event.finding == nullptr ? std::string_view() : std::string_view(event.finding->id)}) {
      if (!more.empty()) text += " " + std::string(more);
    }
    events_.push_back(text);
    times_.push_back(now_);
  }

  std::vector<std::string> AnnotationsOf(const std::string& run) const {
    std::vector<std::string> files;
    std::error_code none;
    for (const auto& entry :
         std::filesystem::directory_iterator(logs_.Join(run + "/telltale"), none)) {
      files.push_back(entry.path().filename().string());
    }
    return files;
  }

  GrowingLogs logs_;
  std::unique_ptr<LogFollower> follower_;
  std::unique_ptr<Watch> watch_;
  std::map<std::string, int64_t> trained_;
  std::vector<std::string> events_;
  std::vector<double> times_;
  std::vector<std::string> warnings_;
  double now_ = 0;
  double cpu_ = 0;
  double cost_ = 0;  // of asking for it: what a look and a grouping take
};

TEST_F(WatchTest, AHealthyRunIsAddedAndNothingIsSaidOfIt) {
  Start({.annotate = false});
  Train("good", 300, 1, Learns);
  EXPECT_THAT(events_, ElementsAre("run-added good"));
}

TEST_F(WatchTest, ADivergenceIsToldInTheSecondInWhichItCanBeSeen) {
  Start({.annotate = false});
  Train("bad", 160, 1, Diverges);
  ASSERT_THAT(events_, Contains("finding bad divergence"));
  const auto told = static_cast<size_t>(
      std::find(events_.begin(), events_.end(), "finding bad divergence") - events_.begin());
  EXPECT_LT(times_[told], 150);
  EXPECT_EQ(watch_->Told(diagnosis::Severity::kError), 1u);
}

TEST_F(WatchTest, ANonFiniteValueIsToldAtOnceThoughNothingElseMayBeSpent) {
  Start({.share = 0, .purse = 1, .annotate = false});
  cost_ = 0.6;
  Train("run", 100, 1, Learns);
  const double before = cpu_;
  Train("run", 20, 1, Learns);
  EXPECT_EQ(cpu_, before);  // no look at all
  Train("run", 1, 1, [](int64_t) { return std::nan(""); });
  EXPECT_THAT(events_, Contains("finding run non-finite"));
  EXPECT_EQ(times_.back(), now_);
}

// Neither does a divergence wait for its turn among others, though it takes some looks to be sure.
TEST_F(WatchTest, ADivergenceIsToldWhileNothingElseMayBeSpent) {
  Start({.share = 0, .purse = 1, .annotate = false});
  cost_ = 0.3;
  Train("bad", 90, 1, Diverges);
  const double before = cpu_;
  Train("bad", 10, 1, Diverges);
  EXPECT_EQ(cpu_, before);
  Train("bad", 80, 1, Diverges);
  EXPECT_THAT(events_, Contains("finding bad divergence"));
}

// What is found in a run that has ended long ago is told at the first step.
TEST_F(WatchTest, ARunThatIsOverIsJudgedAtOnce) {
  logs_.Grow("old", 0, 200, [](int64_t step) { return 2.3 + Noise(step); });
  now_ = 10000;
  Start({.annotate = false});
  Step();
  EXPECT_THAT(events_, ElementsAre("run-added old", "finding old not-learning"));
}

TEST_F(WatchTest, ARunThatComesToItsEndIsLookedAtOnceMore) {
  Start({.annotate = false});
  const auto falls = [](int64_t step) {
    return 2 - 0.01 * static_cast<double>(step) + Noise(step);
  };
  Train("run", 150, 1, falls);
  EXPECT_THAT(events_, Not(Contains("finding run undertrained")));
  for (int still = 0; still < 40; ++still) Step();
  EXPECT_THAT(events_, Contains("finding run undertrained"));
  EXPECT_FALSE(watch_->busy());
}

// With a steady finding three looks are needed; one that comes and goes is not told.
TEST_F(WatchTest, AFindingWaitsForThreeLooks) {
  Start({.annotate = false});
  const auto stuck = [](int64_t step) { return 2.3 + Noise(step); };
  const auto told = [&] {
    return !events_.empty() && events_.back() == "finding run not-learning";
  };
  Train("run", 40, 40, stuck);
  EXPECT_FALSE(told());
  Train("run", 4, 4, stuck);
  EXPECT_FALSE(told());
  Train("run", 4, 4, stuck);
  EXPECT_TRUE(told());
}

TEST_F(WatchTest, AFindingIsClearedWhenItHoldsNoMore) {
  Start({.annotate = false});
  Train("run", 80, 1, [](int64_t step) { return 2.3 + Noise(step); });
  ASSERT_THAT(events_, Contains("finding run not-learning"));
  Train("run", 400, 1, [](int64_t step) { return Learns(step - 80); });
  EXPECT_THAT(events_, Contains("cleared run not-learning"));
  size_t told = 0;
  for (const std::string& event : events_) told += event == "finding run not-learning";
  EXPECT_EQ(told, 1u);
}

TEST_F(WatchTest, RunsThatAreRemovedAreToldAndForgotten) {
  Start({.annotate = false});
  Train("bad", 160, 1, Diverges);
  std::filesystem::remove_all(logs_.Join("bad"));
  Step();
  EXPECT_EQ(events_.back(), "run-removed bad");
  EXPECT_EQ(watch_->training_runs(), 0u);
  EXPECT_EQ(watch_->Told(diagnosis::Severity::kInfo), 0u);
}

// Many runs that grow at the same time share what one may spend.
TEST_F(WatchTest, LooksCostTheirShareAndNoMore) {
  size_t asked = 0;
  double spent = 0;
  // A look takes a hundredth of a second here: the clock goes on when it is asked the second time.
  WatchOptions options{.share = 0.02, .purse = 0.1, .annotate = false};
  options.cpu = [&] {
    if (++asked % 2 == 0) spent += 0.01;
    return spent;
  };
  LogFollower follower(logs_.path(), FollowOptions{.tree = {.read = {.jobs = 1}}},
                       io::MakePollingWatcher());
  Watch watch(follower, options);
  for (int64_t step = 0; step < 100; ++step) {
    for (int run = 0; run < 20; ++run) {
      const std::string name = "run" + std::to_string(run);
      logs_.Grow(name, 2 * step, 2 * step + 2, Learns);
    }
    ASSERT_TRUE(watch.Step({.now = static_cast<double>(2 * step)}).ok());
  }
  EXPECT_EQ(watch.points(), 20u * 200u);
  EXPECT_LT(spent, 0.02 * 200 + 0.1 + 0.1);
  EXPECT_GT(spent, 0.5 * 0.02 * 200);
}

TEST_F(WatchTest, AnnotationsAreKeptCurrentAndAreNotFollowed) {
  Start({.interval = 10});
  Train("bad", 60, 1, Diverges);
  Train("good", 60, 1, Learns);
  Train("bad", 100, 1, Diverges);
  const std::vector<std::string> first = AnnotationsOf("bad");
  ASSERT_EQ(first.size(), 1u);
  const std::string file = logs_.Join("bad/telltale/" + first[0]);
  EXPECT_THAT(*io::ReadHead(file, 1 << 20), HasSubstr("divergence"));
  Train("bad", 300, 3, Diverges);
  EXPECT_EQ(AnnotationsOf("bad").size(), 1u);
  Finish(End::kWatchOnly);
  const std::vector<std::string> last = AnnotationsOf("bad");
  ASSERT_EQ(last.size(), 1u);
  EXPECT_NE(last, first);
  EXPECT_EQ(AnnotationsOf("good").size(), 1u);
  EXPECT_EQ(watch_->training_runs(), 2u);
  EXPECT_THAT(warnings_, IsEmpty());
}

TEST_F(WatchTest, AnnotationsComeNoMoreOftenThanTheInterval) {
  Start({.interval = 50});
  std::vector<std::string> last;
  double changed_at = -1e9;
  for (int64_t step = 0; step < 300; ++step) {
    Train("bad", 1, 1, Diverges);
    const std::vector<std::string> now = AnnotationsOf("bad");
    if (now == last) continue;
    EXPECT_GE(now_ - changed_at, 50) << "at " << now_;
    changed_at = now_;
    last = now;
  }
  EXPECT_FALSE(last.empty());
}

// As on a full disk: it cannot be written now, and can be later.
TEST_F(WatchTest, AnAnnotationThatCannotBeWrittenIsTriedAgain) {
  Start({.interval = 5, .retry_after = 20});
  logs_.Append("bad/telltale", "a file where the directory should be");
  Train("bad", 200, 1, Diverges);
  ASSERT_EQ(warnings_.size(), 1u);
  EXPECT_THAT(warnings_[0], HasSubstr("tried again"));
  EXPECT_TRUE(watch_->busy());
  std::filesystem::remove(logs_.Join("bad/telltale"));
  for (int wait = 0; wait < 25; ++wait) Step();
  EXPECT_EQ(AnnotationsOf("bad").size(), 1u);
  EXPECT_EQ(warnings_.size(), 1u);
}

TEST_F(WatchTest, SessionsAreAnnotatedEachInItsPlace) {
  logs_.Grow("run", 0, 100, Learns);
  Start();
  Step();
  Finish(End::kWatchOnly);
  EXPECT_EQ(AnnotationsOf("run").size(), 1u);
  logs_.GrowFile("run/events.out.tfevents.2.host", 0, 100, Learns);
  Step(100);
  Finish(End::kWatchOnly);
  EXPECT_FALSE(std::filesystem::exists(logs_.Join("run/telltale")));
  EXPECT_TRUE(std::filesystem::exists(logs_.Join("run/telltale#1")));
  EXPECT_TRUE(std::filesystem::exists(logs_.Join("run/telltale#2")));
  EXPECT_THAT(events_, Contains("run-removed run"));
}

// At the end all is said that `diagnose` would say of the same logs.
TEST_F(WatchTest, WhatIsOverIsJudgedAsDiagnoseJudgesIt) {
  logs_.Grow("a/train", 0, 200, Learns);
  logs_.Grow("a/validation", 0, 200,
             [](int64_t step) { return Learns(step) + 0.005 * static_cast<double>(step); });
  logs_.Grow("b", 0, 200, Diverges);
  logs_.Grow("c", 0, 5, Learns);
  for (const char* seed : {"s0", "s1", "s2"}) logs_.Grow(seed, 0, 200, Learns);
  Start({.annotate = false});
  Step();
  Finish(End::kRunsAreOver);
  auto loaded = workflow::Load(logs_.path(), {.from = "tensorboard"});
  ASSERT_TRUE(loaded.ok()) << loaded.status();
  workflow::Diagnose(*loaded);
  std::vector<std::string> expected;
  for (size_t i = 0; i < loaded->diagnoses.size(); ++i) {
    for (const auto& finding : loaded->diagnoses[i].findings) {
      expected.push_back("finding " + loaded->grouping.training_runs[i].name + " " + finding.id);
    }
  }
  for (size_t i = 0; i < loaded->group_findings.size(); ++i) {
    for (const auto& finding : loaded->group_findings[i]) {
      expected.push_back("finding " + loaded->grouping.groups[i].name + " " + finding.id);
    }
  }
  std::vector<std::string> told;
  for (const std::string& event : events_) {
    if (event.starts_with("finding")) told.push_back(event);
  }
  std::sort(told.begin(), told.end());
  std::sort(expected.begin(), expected.end());
  EXPECT_FALSE(expected.empty());
  EXPECT_EQ(told, expected);
}

}  // namespace
}  // namespace telltale::watch
