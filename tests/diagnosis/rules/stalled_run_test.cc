#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <string>

#include "tests/diagnosis/logs.h"

namespace telltale::testing {
namespace stalled_run {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kRule[] = "stalled-run";

std::vector<int64_t> Count(size_t n) {
  std::vector<int64_t> steps;
  for (size_t i = 0; i < n; ++i) steps.push_back(static_cast<int64_t>(i));
  return steps;
}

// Wall times with the given interval before each point.
Values Clock(const Values& intervals) {
  Values times;
  double now = 1e9;
  for (const double interval : intervals) times.push_back(now += interval);
  return times;
}

Logs With(const Values& intervals) {
  Logs logs;
  const size_t n = intervals.size();
  logs.Add("train:loss", Count(n), Clock(intervals), Decay(n, 2, 1));
  return logs;
}

TEST(StalledRun, MarksAWaitOfTwoHours) {
  const auto found = FindingsOf(kRule, With(Values(30, 30) + Values{7200} + Values(30, 30)));
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].first_step, 29);
  EXPECT_EQ(found[0].last_step, 30);
  EXPECT_DOUBLE_EQ(found[0].evidence[0].value, 7200);
}

TEST(StalledRun, AcceptsSlowEpochsAndShortWaits) {
  EXPECT_THAT(FindingsOf(kRule, With(Values(60, 7200))), IsEmpty()) << "each epoch takes two hours";
  EXPECT_THAT(FindingsOf(kRule, With(Values(30, 30) + Values{1700} + Values(30, 30))), IsEmpty());
}

TEST(StalledRun, MarksARunThatBecomesSlow) {
  const auto found = FindingsOf(kRule, With(Values(40, 60) + Values(40, 150)));
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_THAT(found[0].summary, HasSubstr("last third"));
  EXPECT_THAT(FindingsOf(kRule, With(Values(40, 60) + Values(40, 100))), IsEmpty());
  EXPECT_THAT(FindingsOf(kRule, With(Values(40, 0.1) + Values(40, 0.3))), IsEmpty())
      << "a run of seconds";
}

TEST(StalledRun, DoesNotCountThePauseBeforeAResumedRun) {
  Logs logs;
  std::vector<int64_t> steps = Count(30);
  for (int64_t i = 25; i < 50; ++i) steps.push_back(i);
  const Values times = Clock(Values(30, 30) + Values{90000} + Values(24, 30));
  logs.Add("train:loss", steps, times, Decay(55, 2, 1));
  EXPECT_THAT(FindingsOf(kRule, logs), IsEmpty());
}

TEST(StalledRun, NeedsWallTimes) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  Logs logs;
  logs.Add("train:loss", Count(20), Values(20, nan), Decay(20, 2, 1));
  EXPECT_THAT(FindingsOf(kRule, logs), IsEmpty());
  EXPECT_THAT(NotAssessableBy(kRule, logs), SizeIs(1));
}

}  // namespace stalled_run
}  // namespace telltale::testing
