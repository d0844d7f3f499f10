#include <cmath>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/diagnosis/curve_case.h"

namespace telltale::diagnosis {
namespace class_imbalance {

using ::testing::Contains;
using ::testing::Not;

std::string Curves(double train_accuracy, double accuracy, double loss_end) {
  return "train:loss" + Values(30, [=](int i) { return loss_end + 0.35 * std::exp(-i / 6.0); }) +
         "\ntrain:accuracy 0.7" + Values(29, [=](int) { return train_accuracy; }) +
         "\nvalidation:accuracy 0.8" + Values(29, [=](int) { return accuracy; });
}

TEST(ClassImbalance, MarksAConstantMajorityAnswer) {
  EXPECT_THAT(IdsIn(Curves(0.9, 0.905, 0.27)), Contains("class-imbalance"));
}

TEST(ClassImbalance, AcceptsAConfidentModel) {
  EXPECT_THAT(IdsIn(Curves(0.98, 0.96, 0.02)), Not(Contains("class-imbalance")));
}

TEST(ClassImbalance, AcceptsPerfectAccuracy) {
  EXPECT_THAT(IdsIn(Curves(1, 1, 0.05)), Not(Contains("class-imbalance")));
}

TEST(ClassImbalance, AcceptsAnAccuracyThatMoves) {
  EXPECT_THAT(
      IdsIn("train:loss" + Values(30, [](int i) { return 0.27 + 0.35 * std::exp(-i / 6.0); }) +
            "\nvalidation:accuracy" + Values(30, [](int i) { return 0.9 + 0.03 * Noise(i); })),
      Not(Contains("class-imbalance")));
}

}  // namespace class_imbalance
}  // namespace telltale::diagnosis
