#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/diagnosis/curve_case.h"

namespace telltale::diagnosis {
namespace loss_increasing {

using ::testing::Contains;
using ::testing::Not;

TEST(LossIncreasing, MarksASteadyRise) {
  EXPECT_THAT(IdsIn("train:loss 0.7 0.75 0.82 0.9 1.0 1.2 1.5 1.9"), Contains("loss-increasing"));
}

TEST(LossIncreasing, LeavesARiseAfterAFallToDivergence) {
  const auto ids = IdsIn("train:loss 2 1.2 0.8 0.6 0.9 1.5 2.2 2.4 2.6 2.8");
  EXPECT_THAT(ids, Not(Contains("loss-increasing")));
  EXPECT_THAT(ids, Contains("divergence"));
}

TEST(LossIncreasing, AcceptsARiseWithinTheNoise) {
  EXPECT_THAT(IdsIn("train:loss 1 0.9 1.1 0.95 1.08 0.97 1.1 1.02"),
              Not(Contains("loss-increasing")));
}

TEST(LossIncreasing, WorksBelowZero) {
  EXPECT_THAT(IdsIn("train:loss -2 -1.8 -1.5 -1.2 -0.9 -0.5 0.1"), Contains("loss-increasing"));
}

TEST(LossIncreasing, LeavesAdversarialLossesAlone) {
  EXPECT_THAT(IdsIn("train:g_loss 0.7 0.8 0.9 1.0 1.2 1.5\ntrain:d_loss 0.7 0.6 0.5 0.4 0.3 0.2"),
              ::testing::IsEmpty());
}

}  // namespace loss_increasing
}  // namespace telltale::diagnosis
