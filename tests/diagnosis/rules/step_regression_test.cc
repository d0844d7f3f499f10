#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <string>

#include "tests/diagnosis/logs.h"

namespace telltale::testing {
namespace step_regression {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kRule[] = "step-regression";

TEST(StepRegression, MarksWhereStepsGoBack) {
  Logs logs;
  logs.Add("train:loss", {0, 1, 2, 3, 4, 2, 3, 4, 5}, Values(9, 0.0), Line(9, 2, 1));
  const auto found = FindingsOf(kRule, logs);
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].first_step, 2);
  EXPECT_EQ(found[0].last_step, 4);
}

TEST(StepRegression, MarksContradictionsButNotRepetitions) {
  Logs differ;
  differ.Add("train:loss", {0, 1, 1, 2, 3}, Values(5, 0.0), {3, 2, 2.5, 2, 1});
  EXPECT_THAT(FindingsOf(kRule, differ), SizeIs(1));
  Logs same;
  same.Add("train:loss", {0, 1, 1, 2, 3}, Values(5, 0.0), {3, 2, 2, 2, 1});
  EXPECT_THAT(FindingsOf(kRule, same), IsEmpty());
}

TEST(StepRegression, AcceptsStepsThatRise) {
  Logs logs;
  logs.Add("train:loss", Decay(40, 2, 1));
  EXPECT_THAT(FindingsOf(kRule, logs), IsEmpty());
  EXPECT_THAT(FindingsOf(kRule, Logs().Add("train:loss", Values{})), IsEmpty());
}

}  // namespace step_regression
}  // namespace telltale::testing
