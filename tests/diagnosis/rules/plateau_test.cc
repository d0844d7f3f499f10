#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/diagnosis/curve_case.h"

namespace telltale::diagnosis {
namespace plateau {

using ::testing::Contains;
using ::testing::Not;

TEST(Plateau, SaysSinceWhen) {
  const auto findings =
      FindingsOf(ParseCurve("train:loss 1.4 1.3 1.2 1.15 1.12" +
                            Values(25, [](int i) { return 1.11 + 0.002 * Noise(i); })));
  const Finding* finding = FindById(findings, "plateau");
  ASSERT_NE(finding, nullptr);
  EXPECT_LE(*finding->first_step, 6);
  EXPECT_GE(*finding->first_step, 3);
}

TEST(Plateau, AcceptsAConvergedLoss) {
  EXPECT_THAT(IdsIn("train:loss 2.3 1 0.4 0.15 0.12" +
                    Values(25, [](int i) { return 0.11 + 0.002 * Noise(i); })),
              Not(Contains("plateau")));
}

TEST(Plateau, LeavesADecayedRateToItsOwnRule) {
  EXPECT_THAT(
      IdsIn("train:loss 2.3 1.8 1.4 1.1 0.9" +
            Values(25, [](int i) { return 0.88 + 0.0005 * Noise(i); }) +
            "\ntrain:learning_rate 0.1 0.1 0.1 0.1 0.1" + Values(25, [](int) { return 1e-4; })),
      ::testing::AllOf(Not(Contains("plateau")), Contains("early-lr-decay")));
}

TEST(Plateau, IsSilentOnShortCurves) {
  EXPECT_THAT(IdsIn("train:loss 2 1.5 1.5 1.5 1.5 1.5"), Not(Contains("plateau")));
}

}  // namespace plateau
}  // namespace telltale::diagnosis
