#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>

#include "tests/diagnosis/logs.h"

namespace telltale::testing {
namespace delayed_generalization {

using diagnosis::Severity;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kRule[] = "delayed-generalization";

Logs Both(const Values& train, const Values& validation) {
  return Logs().Add("train:loss", train).Add("validation:loss", validation);
}

TEST(DelayedGeneralization, MarksValidationThatFallsLate) {
  const auto found = FindingsOf(
      kRule, Both(Decay(20, 2, 0.1) + Values(60, 0.1),
                  Decay(20, 2, 1.5) + Values(30, 1.5) + Line(10, 1.4, 0.3) + Values(20, 0.3)));
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_THAT(found[0].summary, HasSubstr("Training loss is done"));
}

TEST(DelayedGeneralization, MarksASecondDescent) {
  const auto found = FindingsOf(
      kRule, Both(Decay(80, 2, 0.1, 0, 3), Line(20, 2, 1) + Line(20, 1, 1.6) + Line(40, 1.6, 0.7)));
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_THAT(found[0].summary, HasSubstr("second descent"));
}

TEST(DelayedGeneralization, AcceptsUsualRuns) {
  EXPECT_THAT(FindingsOf(kRule, Both(Decay(80, 2, 0.1), Decay(80, 2, 0.4))), IsEmpty());
  EXPECT_THAT(FindingsOf(kRule, Both(Decay(80, 2, 0.1), Decay(30, 2, 0.8) + Line(50, 0.8, 1.5))),
              IsEmpty());
  EXPECT_THAT(FindingsOf(kRule, Both(Decay(80, 2, 0.1), Decay(80, 2, 0.4, 0.1))), IsEmpty());
}

}  // namespace delayed_generalization
}  // namespace telltale::testing
