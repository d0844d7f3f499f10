#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>

#include "tests/diagnosis/logs.h"

namespace telltale::testing {
namespace vanishing_gradient {

using diagnosis::Severity;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kRule[] = "vanishing-gradient";

Logs With(const Values& loss, const Values& norm) {
  return Logs().Add(".:loss", loss).Add(".:grad_norm", norm);
}

TEST(VanishingGradient, MarksAGradientOfNothing) {
  const auto found = FindingsOf(kRule, With(Line(50, 2.3, 2.2), Decay(50, 1, 1e-9, 0, 60)));
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].severity, Severity::kWarning);
}

TEST(VanishingGradient, OnlyRemarksOnAShrunkenOne) {
  const auto found = FindingsOf(kRule, With(Line(50, 2.3, 1.4), Decay(50, 1, 1e-4, 0, 60)));
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].severity, Severity::kInfo);
}

TEST(VanishingGradient, AcceptsTheEndOfAGoodRun) {
  EXPECT_THAT(FindingsOf(kRule, With(Decay(50, 2.3, 0.01), Decay(50, 1, 1e-9, 0, 60))), IsEmpty());
  EXPECT_THAT(FindingsOf(kRule, With(Line(50, 2.3, 2.2), Line(50, 1, 0.1))), IsEmpty());
}

}  // namespace vanishing_gradient
}  // namespace telltale::testing
