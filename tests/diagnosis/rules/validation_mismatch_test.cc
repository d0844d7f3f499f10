#include <cmath>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/diagnosis/curve_case.h"

namespace telltale::diagnosis {
namespace validation_mismatch {

using ::testing::Contains;
using ::testing::Not;

std::string Train() {
  return "train:loss" + Values(32, [](int i) { return 0.15 + 2 * std::exp(-i / 5.0); });
}

TEST(ValidationMismatch, MarksALossThatNeverFalls) {
  EXPECT_THAT(
      IdsIn(Train() + "\nvalidation:loss" + Values(32, [](int i) { return 2.3 + 0.1 * i; })),
      Contains("validation-mismatch"));
}

TEST(ValidationMismatch, MarksStairs) {
  EXPECT_THAT(IdsIn(Train() + "\nvalidation:loss" +
                    Values(32, [](int i) { return (i / 8 % 2 ? 1.4 : 2.2) + 0.01 * Noise(i); })),
              Contains("validation-mismatch"));
}

TEST(ValidationMismatch, MarksAStandingGap) {
  EXPECT_THAT(
      IdsIn("train:loss" + Values(32, [](int i) { return 0.4 + 1.4 * std::exp(-i / 4.0); }) +
            "\nvalidation:loss" + Values(32, [](int i) { return 1.3 + 0.6 * std::exp(-i / 2.0); })),
      Contains("validation-mismatch"));
}

TEST(ValidationMismatch, AcceptsAnOrdinaryGap) {
  EXPECT_THAT(IdsIn(Train() + "\nvalidation:loss" +
                    Values(32, [](int i) { return 0.3 + 2 * std::exp(-i / 5.0); })),
              Not(Contains("validation-mismatch")));
}

TEST(ValidationMismatch, LeavesALateRiseToOverfitting) {
  EXPECT_THAT(IdsIn(Train() + "\nvalidation:loss" +
                    Values(32, [](int i) { return 0.5 + 1.6 * std::exp(-i / 4.0) + 0.01 * i; })),
              Not(Contains("validation-mismatch")));
}

}  // namespace validation_mismatch
}  // namespace telltale::diagnosis
