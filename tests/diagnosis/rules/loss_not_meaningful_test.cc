#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <string>

#include "tests/diagnosis/logs.h"

namespace telltale::testing {
namespace loss_not_meaningful {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kRule[] = "loss-not-meaningful";

TEST(LossNotMeaningful, KnowsAdversarialLosses) {
  Logs logs;
  logs.Add(".:g_loss", Line(30, 1, 2)).Add(".:d_loss", Line(30, 0.7, 0.6));
  const auto found = FindingsOf(kRule, logs);
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_THAT(found[0].summary, HasSubstr("discriminator"));
}

TEST(LossNotMeaningful, KnowsReinforcementLearning) {
  Logs logs;
  logs.Add(".:policy_loss", Line(30, 1, 2)).Add(".:value_loss", Line(30, 0.7, 0.6));
  EXPECT_THAT(FindingsOf(kRule, logs), SizeIs(1));
}

TEST(LossNotMeaningful, MarksANegativeLoss) {
  EXPECT_THAT(FindingsOf(kRule, Logs().Add("train:loss", Line(30, 3, -4))), SizeIs(1));
  EXPECT_THAT(FindingsOf(kRule, Logs().Add("train:loss", Line(30, 3, 0))), IsEmpty());
  EXPECT_THAT(FindingsOf(kRule, Logs().Add("train:loss", {1, -1})), IsEmpty());
}

}  // namespace loss_not_meaningful
}  // namespace telltale::testing
