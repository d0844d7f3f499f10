#include <cmath>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/diagnosis/curve_case.h"

namespace telltale::diagnosis {
namespace noisy_validation {

using ::testing::Contains;
using ::testing::Not;

std::string Curves(double scatter, int set_size) {
  return "train:loss" + Values(30, [](int i) { return 0.3 + std::exp(-i / 4.0); }) +
         "\nvalidation:loss" +
         Values(30, [=](int i) { return (0.5 + std::exp(-i / 4.0)) * (1 + scatter * Noise(i)); }) +
         "\nvalidation:accuracy" + Values(30, [=](int i) {
           return std::round(set_size * (0.8 + 0.1 * Noise(i + 99))) / set_size;
         });
}

TEST(NoisyValidation, MarksScatterThatTrainingHasNot) {
  EXPECT_THAT(IdsIn(Curves(0.25, 1000)), Contains("noisy-validation"));
}

TEST(NoisyValidation, RecoversTheSizeOfASmallSet) {
  const auto findings = FindingsOf(ParseCurve(Curves(0, 29)));
  const Finding* finding = FindById(findings, "noisy-validation");
  ASSERT_NE(finding, nullptr);
  EXPECT_THAT(finding->summary, ::testing::HasSubstr("1/29"));
}

TEST(NoisyValidation, AcceptsASmoothCurveOnALargeSet) {
  EXPECT_THAT(IdsIn(Curves(0.01, 1000)), Not(Contains("noisy-validation")));
}

TEST(NoisyValidation, AcceptsScatterThatTrainingHasToo) {
  EXPECT_THAT(
      IdsIn(
          "train:loss" +
          Values(30, [](int i) { return (0.3 + std::exp(-i / 4.0)) * (1 + 0.2 * Noise(i)); }) +
          "\nvalidation:loss" +
          Values(30, [](int i) { return (0.3 + std::exp(-i / 4.0)) * (1 + 0.2 * Noise(i + 50)); })),
      Not(Contains("noisy-validation")));
}

}  // namespace noisy_validation
}  // namespace telltale::diagnosis
