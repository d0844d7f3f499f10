#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>

#include "tests/diagnosis/logs.h"

namespace telltale::testing {
namespace overconfidence {

using diagnosis::Severity;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kRule[] = "overconfidence";

Logs With(const Values& loss, const Values& accuracy) {
  return Logs().Add("validation:loss", loss).Add("validation:accuracy", accuracy);
}

const Values kTurns = Decay(20, 2, 0.8) + Line(30, 0.8, 1.2);

TEST(Overconfidence, MarksALossThatRisesAlone) {
  const auto found = FindingsOf(kRule, With(kTurns, Decay(50, 0.1, 0.8)));
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_NEAR(static_cast<double>(*found[0].first_step), 20, 3);
}

TEST(Overconfidence, LeavesAFallingMetricToOverfitting) {
  EXPECT_THAT(FindingsOf(kRule, With(kTurns, Decay(20, 0.1, 0.8) + Line(30, 0.8, 0.6))), IsEmpty());
}

TEST(Overconfidence, KnowsMetricsThatFall) {
  Logs logs;
  logs.Add("validation:loss", kTurns).Add("validation:error_rate", Decay(50, 0.9, 0.2));
  EXPECT_THAT(FindingsOf(kRule, logs), SizeIs(1));
}

TEST(Overconfidence, IsSilentOnGoodRunsAndWithoutAMetric) {
  EXPECT_THAT(FindingsOf(kRule, With(Decay(50, 2, 0.8), Decay(50, 0.1, 0.8))), IsEmpty());
  EXPECT_THAT(NotAssessableBy(kRule, Logs().Add("validation:loss", kTurns)), SizeIs(1));
}

}  // namespace overconfidence
}  // namespace telltale::testing
