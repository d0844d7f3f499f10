#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>

#include "tests/diagnosis/logs.h"

namespace telltale::testing {
namespace saturated_early {

using diagnosis::Severity;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kRule[] = "saturated-early";

Logs Both(const Values& train, const Values& validation) {
  return Logs().Add("train:loss", train).Add("validation:loss", validation);
}

TEST(SaturatedEarly, MarksTheKnee) {
  const auto found = FindingsOf(
      kRule, Both(Decay(20, 2.3, 0.5) + Values(80, 0.5), Decay(20, 2.3, 0.6) + Values(80, 0.6)));
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_NEAR(static_cast<double>(*found[0].first_step), 18, 4);
}

TEST(SaturatedEarly, WaitsForBothLosses) {
  EXPECT_THAT(
      FindingsOf(kRule, Both(Decay(20, 2.3, 0.5) + Values(80, 0.5), Decay(100, 2.3, 0.6, 0, 4))),
      IsEmpty());
  EXPECT_THAT(FindingsOf(kRule, Both(Decay(100, 2.3, 0.5, 0, 4), Decay(100, 2.3, 0.6, 0, 4))),
              IsEmpty());
}

TEST(SaturatedEarly, TakesALossThatStillHalvesAsAlive) {
  EXPECT_THAT(FindingsOf(kRule, Both(Decay(100, 2.3, 0, 0, 30), Decay(100, 2.3, 0, 0, 30))),
              IsEmpty());
}

TEST(SaturatedEarly, IsSilentWhereNothingFell) {
  EXPECT_THAT(FindingsOf(kRule, Both(Values(50, 1.0), Values(50, 1.0))), IsEmpty());
  EXPECT_THAT(FindingsOf(kRule, Both(Decay(10, 2, 1), Decay(10, 2, 1))), IsEmpty());
}

}  // namespace saturated_early
}  // namespace telltale::testing
