#include <cmath>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/diagnosis/curve_case.h"

namespace telltale::diagnosis {
namespace loss_metric_disagreement {

using ::testing::Contains;
using ::testing::Not;

std::string Loss(double rise) {
  return "train:loss" + Values(30, [](int i) { return 0.1 + 1.5 * std::exp(-i / 4.0); }) +
         "\nvalidation:loss" +
         Values(30, [=](int i) { return 0.6 + std::exp(-i / 2.0) + rise * i / 30; }) +
         "\nvalidation:accuracy";
}

TEST(LossMetricDisagreement, MarksAMetricThatImprovesAsTheLossRises) {
  EXPECT_THAT(IdsIn(Loss(0.8) + Values(30, [](int i) { return 0.3 + 0.01 * i; })),
              Contains("loss-metric-disagreement"));
}

TEST(LossMetricDisagreement, MarksAMetricThatWorsensAsTheLossFalls) {
  EXPECT_THAT(IdsIn(Loss(0) + Values(30, [](int i) { return 0.3 - 0.005 * i; })),
              Contains("loss-metric-disagreement"));
}

TEST(LossMetricDisagreement, AcceptsBothGettingBetter) {
  EXPECT_THAT(IdsIn(Loss(0) + Values(30, [](int i) { return 0.9 - 0.5 * std::exp(-i / 4.0); })),
              Not(Contains("loss-metric-disagreement")));
}

TEST(LossMetricDisagreement, AcceptsAMetricThatIsPerfectAlready) {
  EXPECT_THAT(IdsIn(Loss(0) + Values(30, [](int) { return 1.0; })),
              Not(Contains("loss-metric-disagreement")));
}

}  // namespace loss_metric_disagreement
}  // namespace telltale::diagnosis
