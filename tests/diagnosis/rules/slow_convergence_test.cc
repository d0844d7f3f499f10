#include <cmath>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/diagnosis/curve_case.h"

namespace telltale::diagnosis {
namespace slow_convergence {

using ::testing::Contains;
using ::testing::Not;

TEST(SlowConvergence, MarksACrawlAndGivesARate) {
  const auto findings =
      FindingsOf(ParseCurve("train:loss" + Values(40, [](int i) { return 1.45 - 0.007 * i; }) +
                            "\ntrain:learning_rate" + Values(40, [](int) { return 0.0001; })));
  const Finding* finding = FindById(findings, "slow-convergence");
  ASSERT_NE(finding, nullptr);
  EXPECT_THAT(finding->remedies.front(), ::testing::HasSubstr("0.0003 to 0.001"));
}

TEST(SlowConvergence, AcceptsAFastStart) {
  EXPECT_THAT(
      IdsIn("train:loss" + Values(40, [](int i) { return 0.9 + 0.6 * std::exp(-i / 5.0); })),
      Not(Contains("slow-convergence")));
}

TEST(SlowConvergence, AcceptsALossThatIsNearlyDone) {
  EXPECT_THAT(IdsIn("train:loss" + Values(40, [](int i) { return 2.3 - 0.05 * i; })),
              Not(Contains("slow-convergence")));
}

}  // namespace slow_convergence
}  // namespace telltale::diagnosis
