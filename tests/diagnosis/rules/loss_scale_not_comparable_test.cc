#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <string>

#include "tests/diagnosis/logs.h"

namespace telltale::testing {
namespace loss_scale_not_comparable {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kRule[] = "loss-scale-not-comparable";

Logs WithRatio(double ratio) {
  Values train = Decay(30, 2.3, 1.1);
  for (double& v : train) v *= ratio;
  return Logs().Add("train:loss", train).Add("validation:loss", Decay(30, 2.3, 1.1));
}

TEST(LossScaleNotComparable, MarksAConstantFactor) {
  const auto found = FindingsOf(kRule, WithRatio(1.7));
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_NEAR(found[0].evidence[0].value, 1.7, 1e-9);
  EXPECT_THAT(FindingsOf(kRule, WithRatio(1.4)), IsEmpty()) << "dropout does that";
  EXPECT_THAT(FindingsOf(kRule, WithRatio(0.6)), IsEmpty());
}

TEST(LossScaleNotComparable, NeedsEveryEvaluation) {
  Values train = Decay(30, 2.3, 1.1);
  for (double& v : train) v *= 1.7;
  train[12] = 0.5;
  EXPECT_THAT(
      FindingsOf(kRule,
                 Logs().Add("train:loss", train).Add("validation:loss", Decay(30, 2.3, 1.1))),
      IsEmpty());
}

TEST(LossScaleNotComparable, LeavesLossesWithoutAZeroAlone) {
  Logs logs;
  logs.Add("train:loss", Line(30, -1, -3)).Add("validation:loss", Line(30, -2, -6));
  EXPECT_THAT(FindingsOf(kRule, logs), IsEmpty());
}

}  // namespace loss_scale_not_comparable
}  // namespace telltale::testing
