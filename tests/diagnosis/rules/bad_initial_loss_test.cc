#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>

#include "tests/diagnosis/logs.h"

namespace telltale::testing {
namespace bad_initial_loss {

using diagnosis::Severity;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kRule[] = "bad-initial-loss";

Logs With(double first) {
  return Logs()
      .Add("train:loss", Values{first} + Decay(30, 2.2, 0.3))
      .Add("train:accuracy", Line(31, 0.1, 0.9));
}

TEST(BadInitialLoss, MarksAStartFarAboveGuessing) {
  const auto found = FindingsOf(kRule, With(7).Param("num_classes", 10.0));
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].severity, Severity::kWarning);
  EXPECT_NEAR(found[0].evidence[0].value, 7 / std::log(10), 1e-9);
}

TEST(BadInitialLoss, AcceptsGuessing) {
  EXPECT_THAT(FindingsOf(kRule, With(2.303).Param("num_classes", 10.0)), IsEmpty());
  EXPECT_THAT(FindingsOf(kRule, With(4.5).Param("num_classes", 10.0)), IsEmpty());
}

TEST(BadInitialLoss, RemarksOnAStartFarBelowGuessing) {
  const auto found = FindingsOf(kRule, With(0.9).Param("num_classes", 10.0));
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].severity, Severity::kInfo);
}

TEST(BadInitialLoss, AssumesAThousandClassesWhereTheirNumberIsUnknown) {
  EXPECT_THAT(FindingsOf(kRule, With(7)), IsEmpty()) << "a fair guess among a thousand";
  EXPECT_THAT(FindingsOf(kRule, With(420)), SizeIs(1));
}

TEST(BadInitialLoss, NeedsAClassifierOfFewClasses) {
  EXPECT_THAT(FindingsOf(kRule, Logs().Add("train:loss", Decay(30, 900, 1))), IsEmpty());
  Logs tokens;
  tokens.Add("train:loss", Decay(30, 40, 3)).Add("train:accuracy", Line(30, 0, 0.3));
  EXPECT_THAT(FindingsOf(kRule, tokens), IsEmpty());
  EXPECT_THAT(NotAssessableBy(kRule, tokens), SizeIs(1));
}

}  // namespace bad_initial_loss
}  // namespace telltale::testing
