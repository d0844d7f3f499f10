#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>

#include "tests/diagnosis/logs.h"

namespace telltale::testing {
namespace constant_prediction {

using diagnosis::Severity;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kRule[] = "constant-prediction";

Logs With(const Values& accuracy, const Values& loss) {
  return Logs().Add("validation:accuracy", accuracy).Add("train:loss", loss);
}

TEST(ConstantPrediction, MarksOneValue) {
  const auto found = FindingsOf(kRule, With(Values(20, 0.8), Values(20, 0.69)));
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].severity, Severity::kWarning);
  EXPECT_DOUBLE_EQ(found[0].evidence[1].value, 0.8);
}

TEST(ConstantPrediction, OnlyRemarksWhereTheLossIsLearned) {
  const auto found = FindingsOf(kRule, With(Values(20, 0.0), Decay(20, 2.3, 0.3)));
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].severity, Severity::kInfo);
}

TEST(ConstantPrediction, OnlyRemarksOnTwoValuesOrFewEvaluations) {
  Values two = Values(10, 0.8) + Values(10, 0.2);
  ASSERT_THAT(FindingsOf(kRule, With(two, Values(20, 0.69))), SizeIs(1));
  EXPECT_EQ(FindingsOf(kRule, With(two, Values(20, 0.69)))[0].severity, Severity::kInfo);
  EXPECT_EQ(FindingsOf(kRule, With(Values(8, 0.8), Values(8, 0.69)))[0].severity, Severity::kInfo);
}

TEST(ConstantPrediction, AcceptsPerfectionAndChange) {
  EXPECT_THAT(FindingsOf(kRule, With(Values(20, 1.0), Values(20, 0.69))), IsEmpty());
  EXPECT_THAT(FindingsOf(kRule, With({.5, .5, .6, .7, .7, .7, .7, .7}, Values(8, 0.6))), IsEmpty());
  EXPECT_THAT(FindingsOf(kRule, With(Values(5, 0.8), Values(5, 0.69))), IsEmpty());
}

}  // namespace constant_prediction
}  // namespace telltale::testing
