#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>

#include "tests/diagnosis/logs.h"

namespace telltale::testing {
namespace gradient_explosion {

using diagnosis::Severity;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kRule[] = "gradient-explosion";

Values Jump(double factor) {
  Values norm = Line(100, 1, 1, 0.1);
  norm[60] *= factor;
  return norm;
}

TEST(GradientExplosion, MarksAJumpThatTheLossFollows) {
  Values loss = Decay(100, 2, 0.5);
  loss[61] = 4;
  const auto found = FindingsOf(kRule, Logs().Add(".:loss", loss).Add(".:grad_norm", Jump(500)));
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].severity, Severity::kWarning);
  EXPECT_EQ(found[0].first_step, 61);
}

TEST(GradientExplosion, OnlyRemarksOnAJumpWithoutHarm) {
  const auto found =
      FindingsOf(kRule, Logs().Add(".:loss", Decay(100, 2, 0.5)).Add(".:grad_norm", Jump(500)));
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].severity, Severity::kInfo);
}

TEST(GradientExplosion, TakesNaNAfterItAsHarm) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const Values loss = Decay(62, 2, 0.5) + Values(38, nan);
  const auto found = FindingsOf(kRule, Logs().Add(".:loss", loss).Add(".:grad_norm", Jump(500)));
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].severity, Severity::kWarning);
}

TEST(GradientExplosion, AcceptsOrdinaryPeaks) {
  EXPECT_THAT(
      FindingsOf(kRule, Logs().Add(".:loss", Decay(100, 2, 1)).Add(".:grad_norm", Jump(50))),
      IsEmpty());
  EXPECT_THAT(NotAssessableBy(kRule, Logs().Add(".:loss", Decay(100, 2, 1))), SizeIs(1));
}

}  // namespace gradient_explosion
}  // namespace telltale::testing
