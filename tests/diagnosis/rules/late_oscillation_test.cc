#include <cmath>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/diagnosis/curve_case.h"

namespace telltale::diagnosis {
namespace late_oscillation {

using ::testing::Contains;
using ::testing::Not;

std::string Curves(double early, double late) {
  return "train:loss" + Values(60, [=](int i) {
           return 0.4 + std::exp(-i / 5.0) + (i < 38 ? early : late) * Noise(i);
         });
}

TEST(LateOscillation, MarksACalmCurveThatBeginsToSwing) {
  EXPECT_THAT(IdsIn(Curves(0.005, 0.12)), Contains("late-oscillation"));
}

TEST(LateOscillation, AcceptsNoiseFromTheStart) {
  EXPECT_THAT(IdsIn(Curves(0.05, 0.05)), Not(Contains("late-oscillation")));
}

TEST(LateOscillation, AcceptsAScatterThatIsSmallBesideTheLoss) {
  EXPECT_THAT(IdsIn(Curves(0.0005, 0.008)), Not(Contains("late-oscillation")));
}

}  // namespace late_oscillation
}  // namespace telltale::diagnosis
