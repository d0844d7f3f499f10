#include "lib/watch/pace.h"

#include <gtest/gtest.h>

#include <vector>

namespace telltale::watch {
namespace {

TEST(BudgetTest, TakesItsShareOfTheTimeAndNoMore) {
  Budget budget(0.02, 1);
  double spent = 0;
  for (double now = 0; now <= 1000; now += 1) {
    while (budget.Allows(now)) {
      budget.Spend(0.003);
      spent += 0.003;
    }
  }
  EXPECT_NEAR(spent, 0.02 * 1000 + 1, 0.01);
}

// Work that is larger than the purse has its turn, and is paid off before the next.
TEST(BudgetTest, AllowsWhatIsLargerThanThePurse) {
  Budget budget(0.02, 1);
  ASSERT_TRUE(budget.Allows(0));
  budget.Spend(11);
  EXPECT_FALSE(budget.Allows(499));
  EXPECT_TRUE(budget.Allows(501));
}

TEST(BudgetTest, SavesUpNoMoreThanThePurse) {
  Budget budget(0.02, 1);
  ASSERT_TRUE(budget.Allows(0));
  ASSERT_TRUE(budget.Allows(1e6));
  budget.Spend(1.01);
  EXPECT_FALSE(budget.Allows(1e6));
}

constexpr PaceOptions kPace;

TEST(WorthTest, TheFirstLookWaitsForSomePointsOrForQuiet) {
  EXPECT_EQ(Worth({}, {.points = 0, .quiet = true}, 0, kPace), 0);
  EXPECT_EQ(Worth({}, {.points = 15}, 0, kPace), 0);
  EXPECT_GT(Worth({}, {.points = 15, .quiet = true}, 0, kPace), 0);
  EXPECT_GT(Worth({}, {.points = 16}, 0, kPace), 0);
}

TEST(WorthTest, ALookWaitsForSomePercentOrForTime) {
  const Looks looks{.points = 1000, .at = 100, .any = true};
  EXPECT_EQ(Worth(looks, {.points = 1000}, 1e6, kPace), 0);
  EXPECT_EQ(Worth(looks, {.points = 1049}, 110, kPace), 0);
  EXPECT_GT(Worth(looks, {.points = 1050}, 110, kPace), 0);
  EXPECT_GT(Worth(looks, {.points = 1001}, 160, kPace), 0);
  EXPECT_GT(Worth(looks, {.points = 2000}, 110, kPace), Worth(looks, {.points = 1500}, 110, kPace));
}

TEST(WorthTest, QuietIsLookedAtOnceMoreAndNotAgain) {
  Looks looks{.points = 1000, .at = 100, .any = true};
  EXPECT_GT(Worth(looks, {.points = 1000, .quiet = true}, 140, kPace), 0);
  looks.settled = true;
  EXPECT_EQ(Worth(looks, {.points = 1000, .quiet = true}, 150, kPace), 0);
}

TEST(WorthTest, UrgentComesFirst) {
  const Looks looks{.points = 1000, .at = 100, .any = true};
  EXPECT_EQ(Worth(looks, {.points = 1001, .urgent = true}, 100, kPace), kUrgent);
}

// What has begun shows only when there is more of it, so an alarm brings a few more looks.
TEST(WorthTest, AnAlarmIsFollowedForAWhile) {
  Looks looks = AfterLook({}, {.points = 6400, .urgent = true}, 0);
  std::vector<uint64_t> looked_at;
  for (uint64_t points = 6401; points < 20000; ++points) {
    if (Worth(looks, {.points = points}, 0, {.growth = 1e9}) != kUrgent) continue;
    looked_at.push_back(points);
    looks = AfterLook(looks, {.points = points}, 0);
  }
  EXPECT_EQ(looked_at, (std::vector<uint64_t>{6500, 6600, 6800, 7200, 8000, 9600}));
}

// With looks at every 5 % the points of all looks are 21 times those that there are, however many:
// what watching costs grows with the points and not with their square.
TEST(WorthTest, AllLooksTogetherAreLinear) {
  Looks looks;
  double looked_at = 0;
  constexpr uint64_t kPoints = 1000000;
  for (uint64_t points = 1; points <= kPoints; ++points) {
    if (Worth(looks, {.points = points}, 0, kPace) == 0) continue;
    looked_at += static_cast<double>(points);
    looks = {.points = points, .any = true};
  }
  EXPECT_LT(looked_at, 21.0 * kPoints);
}

TEST(QuietTest, DependsOnWhatIsUsualForTheRun) {
  EXPECT_FALSE(IsQuiet(29, 0.1, kPace));
  EXPECT_TRUE(IsQuiet(31, 0.1, kPace));
  EXPECT_FALSE(IsQuiet(31, 600, kPace));  // a point every ten minutes
  EXPECT_TRUE(IsQuiet(3001, 600, kPace));
}

}  // namespace
}  // namespace telltale::watch
