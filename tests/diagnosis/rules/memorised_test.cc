#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>

#include "tests/diagnosis/logs.h"

namespace telltale::testing {
namespace memorised {

using diagnosis::Severity;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kRule[] = "memorised";

Logs With(const Values& train, const Values& validation) {
  return Logs().Add("train:accuracy", train).Add("validation:accuracy", validation);
}

TEST(Memorised, MarksTheEpochFromWhichAllIsRight) {
  const auto found =
      FindingsOf(kRule, With(Line(20, 0.1, 0.95) + Values(20, 1.0), Line(40, 0.1, 0.8)));
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].first_step, 21);
}

TEST(Memorised, AcceptsValidationThatFollows) {
  EXPECT_THAT(FindingsOf(kRule, With(Values(40, 1.0), Values(40, 0.97))), IsEmpty());
  EXPECT_THAT(FindingsOf(kRule, With(Values(40, 0.99), Values(40, 0.7))), IsEmpty());
}

TEST(Memorised, UnderstandsPerCent) {
  EXPECT_THAT(FindingsOf(kRule, With(Values(40, 100.0), Values(40, 70.0))), SizeIs(1));
  EXPECT_THAT(NotAssessableBy(kRule, Logs().Add("train:accuracy", Values(40, 1.0))), SizeIs(1));
}

}  // namespace memorised
}  // namespace telltale::testing
