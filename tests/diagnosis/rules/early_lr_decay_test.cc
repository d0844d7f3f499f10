#include <cmath>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/diagnosis/curve_case.h"

namespace telltale::diagnosis {
namespace early_lr_decay {

using ::testing::Contains;
using ::testing::Not;

std::string Rate(int decays_at, int n) {
  return "\ntrain:learning_rate" + Values(n, [=](int i) { return i < decays_at ? 0.1 : 0.001; });
}
std::string StopsAt(int step, int n) {
  return "train:loss" +
         Values(n, [=](int i) { return 0.4 + 2 * std::exp(-(i < step ? i : step) / 4.0); });
}

TEST(EarlyLrDecay, MarksALossThatStopsWithTheRate) {
  const auto findings = FindingsOf(ParseCurve(StopsAt(6, 40) + Rate(6, 40)));
  ASSERT_NE(FindById(findings, "early-lr-decay"), nullptr);
  EXPECT_EQ(FindById(findings, "early-lr-decay")->first_step, 6);
}

TEST(EarlyLrDecay, AcceptsADecayLateInTheRun) {
  EXPECT_THAT(IdsIn(StopsAt(30, 40) + Rate(30, 40)), Not(Contains("early-lr-decay")));
}

TEST(EarlyLrDecay, AcceptsALossThatHadLevelledOffBefore) {
  EXPECT_THAT(IdsIn("train:loss" + Values(60, [](int i) { return 0.4 + 2 * std::exp(-i / 2.0); }) +
                    Rate(25, 60)),
              Not(Contains("early-lr-decay")));
}

TEST(EarlyLrDecay, AcceptsAWarmRestart) {
  EXPECT_THAT(IdsIn(StopsAt(6, 40) + "\ntrain:learning_rate" +
                    Values(40, [](int i) { return i % 20 < 10 ? 0.1 : 0.001; })),
              Not(Contains("early-lr-decay")));
}

TEST(EarlyLrDecay, SaysThatItNeedsTheRate) {
  EXPECT_THAT(DiagnoseFirst(ParseCurve(StopsAt(6, 40))).not_assessable,
              Contains(::testing::Field(&NotAssessable::id, "early-lr-decay")));
}

}  // namespace early_lr_decay
}  // namespace telltale::diagnosis
