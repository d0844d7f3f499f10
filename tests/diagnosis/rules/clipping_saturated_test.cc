#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>

#include "tests/diagnosis/logs.h"

namespace telltale::testing {
namespace clipping_saturated {

using diagnosis::Severity;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kRule[] = "clipping-saturated";

Logs With(const Values& norm) { return Logs().Add(".:grad_norm", norm); }

TEST(ClippingSaturated, MarksNormsAboveTheLoggedThreshold) {
  const Logs logs = With(Line(50, 3, 1.5, 0.1)).Param("max_grad_norm", 1.0);
  const auto found = FindingsOf(kRule, logs);
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_DOUBLE_EQ(found[0].evidence[0].value, 100);
}

TEST(ClippingSaturated, MarksNormsThatShareTheirMaximum) {
  EXPECT_THAT(FindingsOf(kRule, With(Values(30, 1.0) + Line(20, 0.9, 0.5))), SizeIs(1));
  EXPECT_THAT(FindingsOf(kRule, With(Values(10, 1.0) + Line(20, 0.9, 0.5))), IsEmpty());
}

TEST(ClippingSaturated, AcceptsOutliers) {
  EXPECT_THAT(FindingsOf(kRule, With(Line(50, 0.9, 0.5, 0.1)).Param("max_grad_norm", 1.0)),
              IsEmpty());
  EXPECT_THAT(FindingsOf(kRule, With(Values(50, 0.0))), IsEmpty());
}

}  // namespace clipping_saturated
}  // namespace telltale::testing
