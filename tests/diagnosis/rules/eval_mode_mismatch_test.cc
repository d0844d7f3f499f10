#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>

#include "tests/diagnosis/logs.h"

namespace telltale::testing {
namespace eval_mode_mismatch {

using diagnosis::Severity;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kRule[] = "eval-mode-mismatch";

Logs Both(const Values& train, const Values& validation) {
  return Logs().Add("train:loss", train).Add("validation:loss", validation);
}

const Values kLags = Values{3, 9, 4, 12, 3.5, 5, 2, 1.9} + Decay(32, 1.2, 0.5, 0.005);

TEST(EvalModeMismatch, MarksAnErraticStart) {
  const auto found = FindingsOf(kRule, Both(Decay(40, 2.0, 0.45, 0.005), kLags));
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].last_step, 8);
}

TEST(EvalModeMismatch, AcceptsAWiggleAndALastingGap) {
  EXPECT_THAT(
      FindingsOf(kRule, Both(Decay(40, 2, 0.45), Values{2.2, 2.4, 1.9} + Decay(37, 1.7, 0.5))),
      IsEmpty());
  EXPECT_THAT(FindingsOf(kRule, Both(Decay(40, 2, 0.1), Decay(40, 2, 1))), IsEmpty());
}

TEST(EvalModeMismatch, LeavesLateJumpsToOthers) {
  EXPECT_THAT(FindingsOf(kRule, Both(Decay(40, 2, 0.5),
                                     Decay(32, 2, 0.5) + Values{3, 9, 4, 9, 3, 9, 4, 9})),
              IsEmpty());
}

}  // namespace eval_mode_mismatch
}  // namespace telltale::testing
