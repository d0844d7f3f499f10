#include <cmath>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/diagnosis/curve_case.h"

namespace telltale::diagnosis {
namespace oscillation {

using ::testing::Contains;
using ::testing::Not;

TEST(Oscillation, MarksASwingWithoutProgress) {
  EXPECT_THAT(IdsIn("train:loss" + Values(40, [](int i) { return 1 + 0.5 * Noise(i); })),
              Contains("oscillation"));
}

TEST(Oscillation, AcceptsNoisyBatchesThatFall) {
  EXPECT_THAT(
      IdsIn("train:loss" +
            Values(200, [](int i) { return (0.2 + std::exp(-i / 50.0)) * (1 + 0.4 * Noise(i)); }) +
            "\nvalidation:loss @19:20" +
            Values(10, [](int i) { return 0.25 + std::exp(-i / 2.5); })),
      Not(Contains("oscillation")));
}

TEST(Oscillation, AcceptsSmallNoise) {
  EXPECT_THAT(IdsIn("train:loss" + Values(40, [](int i) { return 1 + 0.02 * Noise(i); })),
              Not(Contains("oscillation")));
}

TEST(Oscillation, LeavesAClimbToDivergence) {
  EXPECT_THAT(IdsIn("train:loss 2 1 0.5 0.9 2 4 3 6 5 9 7 12 10 15 13 18"),
              Not(Contains("oscillation")));
}

}  // namespace oscillation
}  // namespace telltale::diagnosis
