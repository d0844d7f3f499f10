// When to stop, from what has been seen so far only.
#include "lib/diagnosis/early_stopping.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <span>

#include "tests/diagnosis/logs.h"

namespace telltale::diagnosis {
namespace {

using testing::Decay;
using testing::Line;
using testing::operator+;
using testing::Values;

TEST(StopAt, StopsSoonAfterATurn) {
  const Values losses = Decay(40, 2, 1) + Line(60, 1, 2);
  const auto stop = StopAt(losses);
  ASSERT_TRUE(stop.has_value());
  EXPECT_GE(*stop, 40U);
  EXPECT_LE(*stop, 55U);
}

TEST(StopAt, GoesOnThroughNoiseAndFlatStretches) {
  EXPECT_EQ(StopAt(Decay(300, 2, 1, 0.02)), std::nullopt);
  EXPECT_EQ(StopAt(Values(100, 1.0)), std::nullopt);
  EXPECT_EQ(StopAt({}), std::nullopt);
  // One spike of four evaluations is forgiven: the median of nine does not see it.
  EXPECT_EQ(StopAt(Values(50, 1.0) + Values(4, 9.0) + Values(50, 1.0)), std::nullopt);
}

// What comes later must not change a decision that was taken.
TEST(StopAt, LooksBackOnly) {
  const Values losses = Decay(40, 2, 1, 0.05) + Line(60, 1, 2, 0.05);
  const auto stop = StopAt(losses);
  ASSERT_TRUE(stop.has_value());
  const std::span<const double> seen(losses.data(), *stop + 1);
  EXPECT_EQ(StopAt(seen), stop);
  EXPECT_EQ(StopAt(seen.first(*stop)), std::nullopt);
}

TEST(StopAt, CountsRisesAgainstTheFallWhereRatiosMeanNothing) {
  EXPECT_TRUE(StopAt(Line(50, 1, -3) + Line(50, -3, -1)).has_value());
  EXPECT_FALSE(StopAt(Line(50, 1, -3) + Line(50, -3, -2.9)).has_value());
}

TEST(PatienceNeeded, IsTheLongestWaitForANewBest) {
  EXPECT_EQ(PatienceNeeded(Values{5, 4, 4.5, 4.6, 4.7, 3, 9}), 4U);
  EXPECT_EQ(PatienceNeeded(Values{1, 2, 3}), 0U);
  EXPECT_EQ(PatienceNeeded({}), 0U);
}

}  // namespace
}  // namespace telltale::diagnosis
