#include <cmath>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/diagnosis/curve_case.h"

namespace telltale::diagnosis {
namespace periodic_loss {

using ::testing::Contains;
using ::testing::Not;

std::string Batches(double swing, int n = 300) {
  return "train:batch_loss" +
         Values(n,
                [=](int i) {
                  return (0.4 + std::exp(-i / 80.0)) *
                         (1 + swing * std::sin(i % 25 / 25.0 * 6.2832) + 0.1 * Noise(i));
                }) +
         "\nvalidation:loss @24:25" +
         Values(n / 25, [](int i) { return 0.45 + std::exp(-i / 3.2); });
}

TEST(PeriodicLoss, RecoversThePeriod) {
  const auto findings = FindingsOf(ParseCurve(Batches(0.3)));
  const Finding* finding = FindById(findings, "periodic-loss");
  ASSERT_NE(finding, nullptr);
  EXPECT_EQ(finding->evidence.front().name, "period");
  EXPECT_DOUBLE_EQ(finding->evidence.front().value, 25);
}

TEST(PeriodicLoss, AcceptsShuffledBatches) {
  EXPECT_THAT(IdsIn(Batches(0)), Not(Contains("periodic-loss")));
}

TEST(PeriodicLoss, AcceptsAWeakSwingBeneathTheNoise) {
  EXPECT_THAT(IdsIn(Batches(0.02)), Not(Contains("periodic-loss")));
}

TEST(PeriodicLoss, LeavesEpochAveragesAlone) {
  EXPECT_THAT(IdsIn("train:loss" + Values(60, [](int i) { return 1 + 0.3 * std::sin(i * 0.8); }) +
                    "\nvalidation:loss" + Values(60, [](int) { return 1.0; })),
              Not(Contains("periodic-loss")));
}

}  // namespace periodic_loss
}  // namespace telltale::diagnosis
