#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>

#include "tests/diagnosis/logs.h"

namespace telltale::testing {
namespace val_degrading_no_gap {

using diagnosis::Severity;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kRule[] = "val-degrading-no-gap";

Logs Both(const Values& train, const Values& validation) {
  return Logs().Add("train:loss", train).Add("validation:loss", validation);
}

const Values kTurns = Decay(30, 2.0, 1.0) + Line(30, 1.0, 1.12);

TEST(ValDegradingNoGap, MarksARiseBelowTheTrainingLoss) {
  const auto found = FindingsOf(kRule, Both(Decay(60, 2.6, 1.3, 0, 4), kTurns));
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].severity, Severity::kInfo);
  EXPECT_NEAR(static_cast<double>(*found[0].first_step), 30, 3);
}

TEST(ValDegradingNoGap, LeavesAGapToOverfitting) {
  EXPECT_THAT(FindingsOf(kRule, Both(Decay(60, 2.6, 0.3, 0, 4), kTurns)), IsEmpty());
}

TEST(ValDegradingNoGap, AcceptsAFlatEndAndNoise) {
  EXPECT_THAT(FindingsOf(kRule, Both(Decay(60, 2.6, 1.3), Decay(60, 2, 1))), IsEmpty());
  EXPECT_THAT(FindingsOf(kRule, Both(Decay(60, 2.6, 1.3), Decay(60, 2, 1, 0.1))), IsEmpty());
  EXPECT_THAT(FindingsOf(kRule, Both(Line(60, 2.6, 2.8), kTurns)), IsEmpty());
}

}  // namespace val_degrading_no_gap
}  // namespace telltale::testing
