#include <cmath>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/diagnosis/curve_case.h"

namespace telltale::diagnosis {
namespace loss_spikes {

using ::testing::Contains;
using ::testing::Not;

std::string Falling(double at_20, double at_40) {
  return "train:loss" + Values(60, [=](int i) {
           const double calm = (0.3 + 2 * std::exp(-i / 8.0)) * (1 + 0.02 * Noise(i));
           return i == 20 ? calm * at_20 : i == 40 ? calm * at_40 : calm;
         });
}

TEST(LossSpikes, CountsThem) {
  const auto findings = FindingsOf(ParseCurve(Falling(6, 9)));
  const Finding* finding = FindById(findings, "loss-spikes");
  ASSERT_NE(finding, nullptr);
  EXPECT_EQ(finding->first_step, 20);
  EXPECT_EQ(finding->last_step, 40);
  EXPECT_THAT(finding->summary, ::testing::HasSubstr("2 such spikes"));
}

TEST(LossSpikes, AcceptsASteepStart) {
  EXPECT_THAT(IdsIn(Falling(1, 1)), Not(Contains("loss-spikes")));
}

TEST(LossSpikes, AcceptsNoiseOfTheUsualSize) {
  EXPECT_THAT(IdsIn("train:loss" + Values(100,
                                          [](int i) {
                                            return (0.3 + 2 * std::exp(-i / 8.0)) *
                                                   std::exp(0.4 * Noise(i));
                                          })),
              Not(Contains("loss-spikes")));
}

TEST(LossSpikes, LeavesAJumpThatStaysToDivergence) {
  EXPECT_THAT(IdsIn("train:loss 2 1.5 1.2 1 0.9 0.8 0.7 0.65 0.6 0.55 5 5 5 5 5 5 5 5 5 5 5 5"),
              Not(Contains("loss-spikes")));
}

}  // namespace loss_spikes
}  // namespace telltale::diagnosis
