#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/diagnosis/curve_case.h"

namespace telltale::diagnosis {
namespace divergence {

using ::testing::Contains;
using ::testing::Not;

TEST(Divergence, MarksAClimbThatStays) {
  const auto findings =
      FindingsOf(ParseCurve("train:loss 2 1.2 0.8 0.5 0.4 0.9 1.5 2.2 2.4 2.5 2.6"));
  const Finding* finding = FindById(findings, "divergence");
  ASSERT_NE(finding, nullptr);
  EXPECT_EQ(finding->first_step, 4);
}

TEST(Divergence, MarksAJumpAtOnce) {
  EXPECT_THAT(IdsIn("train:loss 2.31 2.6 2.6 2.61 2.6 2.6 2.6 2.61"), Contains("divergence"));
}

TEST(Divergence, AcceptsASpikeThatReturns) {
  EXPECT_THAT(IdsIn("train:loss 2 1.2 0.8 0.5 0.4 2.5 0.5 0.38 0.36 0.35 0.34 0.33 0.32"),
              Not(Contains("divergence")));
}

TEST(Divergence, AcceptsATinyLossThatDoubles) {
  EXPECT_THAT(IdsIn("train:loss 1 0.1 0.01 0.002 0.001 0.001 0.001 0.0015 0.002 0.0022 0.0023"),
              Not(Contains("divergence")));
}

TEST(Divergence, WorksBelowZero) {
  EXPECT_THAT(IdsIn("train:loss 1 0 -1 -2 -2.5 -1 0.5 1 1.2 1.3 1.4"), Contains("divergence"));
}

}  // namespace divergence
}  // namespace telltale::diagnosis
