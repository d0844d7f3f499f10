#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <string>

#include "tests/diagnosis/logs.h"

namespace telltale::testing {
namespace curve_ends_early {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kRule[] = "curve-ends-early";

TEST(CurveEndsEarly, MarksWhereValidationBreaksOff) {
  Logs logs;
  logs.Add("train:loss", Decay(40, 2.3, 0.3)).Add("validation:loss", Decay(20, 2.3, 0.4));
  const auto found = FindingsOf(kRule, logs);
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].first_step, 20);
  EXPECT_EQ(found[0].last_step, 40);
}

TEST(CurveEndsEarly, MarksARunThatEndsBeforeItsPlan) {
  Logs logs;
  logs.Add("train:loss", Decay(40, 2.3, 0.3)).Param("epochs", 100.0);
  const auto found = FindingsOf(kRule, logs);
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_THAT(found[0].summary, HasSubstr("after 40 of 100 planned epochs"));
}

TEST(CurveEndsEarly, CountsEpochsFromZeroToo) {
  Logs logs;
  logs.Add("train:loss", Decay(95, 2.3, 0.3), {.first = 0}).Param("epochs", 100.0);
  EXPECT_THAT(FindingsOf(kRule, logs), IsEmpty());
}

TEST(CurveEndsEarly, ComparesStepsWithStepsOnly) {
  Logs logs;
  logs.Add("train:loss", Decay(40, 2.3, 0.3)).Param("max_steps", 5000.0);
  EXPECT_THAT(FindingsOf(kRule, logs), IsEmpty()) << "40 epochs are not 40 steps";
  Logs steps;
  steps.Add(".:loss", Decay(40, 2.3, 0.3), {.every = 50}).Param("max_steps", 5000.0);
  EXPECT_THAT(FindingsOf(kRule, steps), SizeIs(1));
  Logs unset;
  unset.Add(".:loss", Decay(40, 2.3, 0.3), {.every = 50}).Param("max_steps", -1.0);
  EXPECT_THAT(FindingsOf(kRule, unset), IsEmpty()) << "-1 means: by epochs";
}

TEST(CurveEndsEarly, AcceptsOneMissingEvaluationAndOtherAxes) {
  Logs logs;
  logs.Add("train:loss", Decay(40, 2.3, 0.3)).Add("validation:loss", Decay(38, 2.3, 0.4));
  EXPECT_THAT(FindingsOf(kRule, logs), IsEmpty());
  Logs axes;  // epochs beside optimiser steps
  axes.Add("train:loss", Decay(400, 2.3, 0.3)).Add("validation:loss", Decay(10, 2.3, 0.4));
  EXPECT_THAT(FindingsOf(kRule, axes), IsEmpty());
}

TEST(CurveEndsEarly, LeavesNaNToItsOwnRule) {
  Logs logs;
  logs.Add("train:loss", Decay(40, 2.3, 0.3))
      .Add("validation:loss",
           Decay(20, 2.3, 0.4) + Values(20, std::numeric_limits<double>::quiet_NaN()));
  EXPECT_THAT(FindingsOf(kRule, logs), IsEmpty());
}

}  // namespace curve_ends_early
}  // namespace telltale::testing
