#include <cmath>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/diagnosis/curve_case.h"

namespace telltale::diagnosis {
namespace validation_easier {

using ::testing::Contains;
using ::testing::Not;

std::string Curves(double train_end, double validation_end) {
  return "train:loss" + Values(30, [=](int i) { return train_end + 1.2 * std::exp(-i / 4.0); }) +
         "\nvalidation:loss" +
         Values(30, [=](int i) { return validation_end + 0.9 * std::exp(-i / 4.0); });
}

TEST(ValidationEasier, MarksAWideGapBelow) {
  EXPECT_THAT(IdsIn(Curves(0.5, 0.2)), Contains("validation-easier"));
}

TEST(ValidationEasier, AcceptsWhatDropoutDoes) {
  EXPECT_THAT(IdsIn(Curves(0.18, 0.14)), Not(Contains("validation-easier")));
}

TEST(ValidationEasier, AcceptsTheLagOfARunningMean) {
  EXPECT_THAT(IdsIn("train:loss 3 1.5 0.75 0.38 0.19 0.1 0.05 0.025\nvalidation:loss 2 1 0.5 0.25 "
                    "0.13 0.065 0.034 0.017"),
              Not(Contains("validation-easier")));
}

}  // namespace validation_easier
}  // namespace telltale::diagnosis
