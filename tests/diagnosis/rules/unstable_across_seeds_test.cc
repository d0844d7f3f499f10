#include <cmath>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/diagnosis/curve_case.h"

namespace telltale::diagnosis {
namespace unstable_across_seeds {

using ::testing::Contains;
using ::testing::Not;

std::string Seeds(double a, double b, double c) {
  std::string text;
  int seed = 0;
  for (const double end : {a, b, c}) {
    text += "seed" + std::to_string(seed++) + "/train:loss" +
            Values(20, [=](int i) { return end + (2.2 - end) * std::exp(-i / 3.0); }) + "\n";
  }
  return text;
}

TEST(UnstableAcrossSeeds, MarksEndsThatLieFarApart) {
  EXPECT_THAT(IdsIn(Seeds(0.2, 1.5, 0.3)), Contains("unstable-across-seeds"));
}

TEST(UnstableAcrossSeeds, AcceptsEndsThatAgree) {
  EXPECT_THAT(IdsIn(Seeds(0.2, 0.21, 0.22)), Not(Contains("unstable-across-seeds")));
}

TEST(UnstableAcrossSeeds, AcceptsASpreadNearZero) {
  EXPECT_THAT(IdsIn(Seeds(0.001, 0.002, 0.003)), Not(Contains("unstable-across-seeds")));
}

TEST(UnstableAcrossSeeds, LeavesSweepsAlone) {
  EXPECT_THAT(
      IdsIn("param seed0/train lr 0.1\nparam seed1/train lr 0.2\nparam seed2/train lr 0.3\n" +
            Seeds(0.2, 1.5, 0.3)),
      Not(Contains("unstable-across-seeds")));
}

}  // namespace unstable_across_seeds
}  // namespace telltale::diagnosis
