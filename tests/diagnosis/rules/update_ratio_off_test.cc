#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>

#include "tests/diagnosis/logs.h"

namespace telltale::testing {
namespace update_ratio_off {

using diagnosis::Severity;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kRule[] = "update-ratio-off";

Logs With(const Values& ratio) { return Logs().Add(".:update_ratio", ratio); }

TEST(UpdateRatioOff, MarksTooSmallAndTooLarge) {
  const auto low = FindingsOf(kRule, With(Values(40, 5e-6)));
  ASSERT_THAT(low, SizeIs(1));
  EXPECT_THAT(low[0].remedies[0], HasSubstr("Raise"));
  const auto high = FindingsOf(kRule, With(Values(40, 0.05)));
  ASSERT_THAT(high, SizeIs(1));
  EXPECT_THAT(high[0].remedies[0], HasSubstr("Lower"));
}

TEST(UpdateRatioOff, AcceptsTheUsualRange) {
  EXPECT_THAT(FindingsOf(kRule, With(Values(40, 1e-3))), IsEmpty());
  EXPECT_THAT(FindingsOf(kRule, With(Values(40, 1.1e-4))), IsEmpty());
  EXPECT_THAT(FindingsOf(kRule, With(Values(5, 0.05))), IsEmpty());
}

TEST(UpdateRatioOff, AcceptsASchedule) {
  EXPECT_THAT(FindingsOf(kRule, With(Values(4, 0.1) + Values(20, 1e-3) + Values(20, 1e-5))),
              IsEmpty());
}

}  // namespace update_ratio_off
}  // namespace telltale::testing
