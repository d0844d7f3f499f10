#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>

#include "tests/diagnosis/logs.h"

namespace telltale::testing {
namespace delta_out_of_range {

using diagnosis::Severity;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kRule[] = "delta-out-of-range";

Logs With(const Values& loss) {
  return Logs().Add("train:loss", loss).Add("train:accuracy", Line(loss.size(), 0.1, 0.7));
}

TEST(DeltaOutOfRange, MarksJumpsLateInTheRun) {
  const auto found = FindingsOf(kRule, With(Line(40, 2, 1, 0.3)));
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].first_step, 21);
}

TEST(DeltaOutOfRange, AcceptsSmallChangesAndASteepFall) {
  EXPECT_THAT(FindingsOf(kRule, With(Line(40, 2, 1, 0.03))), IsEmpty());
  EXPECT_THAT(FindingsOf(kRule, With(Line(40, 8, 1))), IsEmpty()) << "0.18 an epoch, all downwards";
}

TEST(DeltaOutOfRange, LeavesOtherLossesAlone) {
  EXPECT_THAT(FindingsOf(kRule, Logs().Add("train:loss", Line(40, 2, 1, 0.3))), IsEmpty());
  EXPECT_THAT(FindingsOf(kRule, With(Line(40, 200, 100, 3))), IsEmpty());
  EXPECT_THAT(FindingsOf(kRule, With({2, 1, 2, 1})), IsEmpty());
}

}  // namespace delta_out_of_range
}  // namespace telltale::testing
