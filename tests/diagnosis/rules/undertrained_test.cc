#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/diagnosis/curve_case.h"

namespace telltale::diagnosis {
namespace undertrained {

using ::testing::Contains;
using ::testing::Not;

TEST(Undertrained, MarksAFallThatIsCutOff) {
  const auto findings =
      FindingsOf(ParseCurve("train:loss 2.4 2.2 2.0 1.8 1.6 1.4 1.2 1.1 1.0 0.9\nvalidation:loss "
                            "2.4 2.25 2.1 1.9 1.7 1.5 1.3 1.2 1.1 1.0"));
  ASSERT_NE(FindById(findings, "undertrained"), nullptr);
  EXPECT_EQ(FindById(findings, "undertrained")->last_step, 9);
}

TEST(Undertrained, AcceptsACurveThatHasLevelledOff) {
  EXPECT_THAT(IdsIn("train:loss 2.4 1.2 0.6 0.4 0.3 0.25 0.23 0.22 0.21 0.21\nvalidation:loss 2.4 "
                    "1.3 0.7 0.5 0.4 0.36 0.35 0.34 0.34 0.34"),
              Not(Contains("undertrained")));
}

TEST(Undertrained, AcceptsTheEndOfASchedule) {
  EXPECT_THAT(IdsIn("train:loss 2.4 2.2 2.0 1.8 1.6 1.4 1.2 1.1 1.0 0.9\ntrain:learning_rate 1 0.9 "
                    "0.8 0.7 0.6 0.5 0.4 0.3 0.1 0.01"),
              Not(Contains("undertrained")));
}

TEST(Undertrained, LeavesARisingValidationToOverfitting) {
  EXPECT_THAT(IdsIn("train:loss 2.4 2.2 2.0 1.8 1.6 1.4 1.2 1.1 1.0 0.9\nvalidation:loss 2.4 2.2 "
                    "2.1 2.0 2.0 2.1 2.2 2.3 2.4 2.5"),
              Not(Contains("undertrained")));
}

}  // namespace undertrained
}  // namespace telltale::diagnosis
