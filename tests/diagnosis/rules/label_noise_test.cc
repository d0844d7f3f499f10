#include <cmath>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/diagnosis/curve_case.h"

namespace telltale::diagnosis {
namespace label_noise {

using ::testing::Contains;
using ::testing::Not;

TEST(LabelNoise, MarksATrainLossThatStaysHighAboveValidation) {
  EXPECT_THAT(
      IdsIn("train:loss" + Values(30, [](int i) { return 1.25 + 0.4 * std::exp(-i / 3.0); }) +
            "\nvalidation:loss" +
            Values(30, [](int i) { return 0.95 + 0.4 * std::exp(-i / 4.0); })),
      Contains("label-noise"));
}

std::string Memorising(double metric_falls) {
  return "train:loss" + Values(40, [](int i) { return 2.0 - 0.045 * i; }) + "\nvalidation:loss" +
         Values(40, [](int i) { return 0.8 + std::exp(-i / 3.0) + 0.01 * i; }) +
         "\nvalidation:accuracy" +
         Values(40, [=](int i) { return 0.88 - 0.4 * std::exp(-i / 3.0) - metric_falls * i / 40; });
}

TEST(LabelNoise, MarksAMetricThatFallsFromItsPeak) {
  EXPECT_THAT(IdsIn(Memorising(0.25)), Contains("label-noise"));
}

TEST(LabelNoise, LeavesAMetricThatHoldsToOverfitting) {
  const auto ids = IdsIn(Memorising(0));
  EXPECT_THAT(ids, Not(Contains("label-noise")));
  EXPECT_THAT(ids, Contains("overfitting"));
}

TEST(LabelNoise, AcceptsWhatDropoutDoes) {
  EXPECT_THAT(
      IdsIn("train:loss" + Values(30, [](int i) { return 0.2 + 2 * std::exp(-i / 3.0); }) +
            "\nvalidation:loss" + Values(30, [](int i) { return 0.15 + 2 * std::exp(-i / 3.0); })),
      Not(Contains("label-noise")));
}

}  // namespace label_noise
}  // namespace telltale::diagnosis
