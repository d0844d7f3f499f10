#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>

#include "tests/diagnosis/logs.h"

namespace telltale::testing {
namespace unnormalised_input {

using diagnosis::Severity;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kRule[] = "unnormalised-input";

Logs With(const Values& loss, double accuracy) {
  return Logs().Add("train:loss", loss).Add("train:accuracy", Values(loss.size(), accuracy));
}

TEST(UnnormalisedInput, MarksADropToAStandstill) {
  const auto found = FindingsOf(kRule, With(Values{420, 5} + Values(40, 2.3), 0.11));
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].severity, Severity::kWarning);
}

TEST(UnnormalisedInput, AcceptsARunThatLearnsOn) {
  EXPECT_THAT(FindingsOf(kRule, With(Values{420, 5} + Line(40, 2.3, 0.3), 0.11)), IsEmpty());
  EXPECT_THAT(FindingsOf(kRule, With(Values{420, 5} + Values(40, 0.3), 0.92)), IsEmpty());
  EXPECT_THAT(FindingsOf(kRule, With(Values(40, 2.3), 0.11)), IsEmpty());
}

TEST(UnnormalisedInput, NeedsAnAccuracy) {
  const Logs logs = Logs().Add("train:loss", Values{420, 5} + Values(40, 2.3));
  EXPECT_THAT(FindingsOf(kRule, logs), IsEmpty());
  EXPECT_THAT(NotAssessableBy(kRule, logs), SizeIs(1));
}

}  // namespace unnormalised_input
}  // namespace telltale::testing
