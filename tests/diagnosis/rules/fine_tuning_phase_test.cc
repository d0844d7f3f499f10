#include <cmath>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/diagnosis/curve_case.h"

namespace telltale::diagnosis {
namespace fine_tuning_phase {

using ::testing::Contains;
using ::testing::Not;

std::string Curves(double slope, double accuracy) {
  return "train:loss" + Values(40, [=](int i) { return 0.2 - slope * i + 0.05 * Noise(i); }) +
         "\nvalidation:loss" +
         Values(40, [=](int i) { return 0.22 - slope * i + 0.003 * Noise(i + 70); }) +
         "\nvalidation:accuracy" +
         Values(40, [=](int i) { return accuracy + 0.005 * Noise(i + 30); });
}

TEST(FineTuningPhase, IsInfo) {
  const auto findings = FindingsOf(ParseCurve(Curves(0.001, 0.95)));
  ASSERT_NE(FindById(findings, "fine-tuning-phase"), nullptr);
  EXPECT_EQ(FindById(findings, "fine-tuning-phase")->severity, Severity::kInfo);
}

TEST(FineTuningPhase, IsSilentWithoutProgress) {
  EXPECT_THAT(Ids(FindingsOf(ParseCurve(Curves(0, 0.95)))), Not(Contains("fine-tuning-phase")));
}

TEST(FineTuningPhase, IsSilentForAPoorModel) {
  EXPECT_THAT(Ids(FindingsOf(ParseCurve(Curves(0.001, 0.4)))), Not(Contains("fine-tuning-phase")));
}

}  // namespace fine_tuning_phase
}  // namespace telltale::diagnosis
