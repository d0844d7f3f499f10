#include <cmath>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/diagnosis/curve_case.h"

namespace telltale::diagnosis {
namespace slow_start {

using ::testing::Contains;
using ::testing::Not;

TEST(SlowStart, SaysHowLongItIsFlat) {
  const auto findings = FindingsOf(ParseCurve("train:loss" + Values(40, [](int i) {
                                                return i < 12
                                                           ? 2.3 + 0.0004 * Noise(i)
                                                           : 0.1 + 2.2 * std::exp(-(i - 12) / 4.0);
                                              })));
  const Finding* finding = FindById(findings, "slow-start");
  ASSERT_NE(finding, nullptr);
  EXPECT_GE(*finding->last_step, 11);
  EXPECT_LE(*finding->last_step, 14);
}

TEST(SlowStart, AcceptsAFallFromTheFirstStep) {
  EXPECT_THAT(
      IdsIn("train:loss" + Values(40, [](int i) { return 0.1 + 2.2 * std::exp(-i / 8.0); })),
      Not(Contains("slow-start")));
}

TEST(SlowStart, AcceptsASteadyLine) {
  EXPECT_THAT(IdsIn("train:loss" + Values(40, [](int i) { return 2.3 - 0.04 * i; })),
              Not(Contains("slow-start")));
}

}  // namespace slow_start
}  // namespace telltale::diagnosis
