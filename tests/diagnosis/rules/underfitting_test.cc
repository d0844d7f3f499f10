#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/diagnosis/curve_case.h"

namespace telltale::diagnosis {
namespace underfitting {

using ::testing::Contains;
using ::testing::Not;

TEST(Underfitting, MarksALossThatSettlesHigh) {
  EXPECT_THAT(
      IdsIn("train:loss" + Values(40, [](int i) { return 1.0 + 0.9 / (1 + 0.5 * i); }) +
            "\nvalidation:loss" + Values(40, [](int i) { return 1.05 + 0.85 / (1 + 0.5 * i); })),
      Contains("underfitting"));
}

TEST(Underfitting, AcceptsAGoodAccuracy) {
  EXPECT_THAT(IdsIn("train:loss" + Values(40, [](int i) { return 0.2 + 0.2 / (1 + 0.5 * i); }) +
                    "\ntrain:accuracy" + Values(40, [](int) { return 0.93; })),
              Not(Contains("underfitting")));
}

TEST(Underfitting, LeavesALargeGapToOtherRules) {
  EXPECT_THAT(
      IdsIn("train:loss" + Values(40, [](int i) { return 0.8 + 0.9 / (1 + 0.5 * i); }) +
            "\nvalidation:loss" + Values(40, [](int i) { return 1.6 + 0.3 / (1 + 0.5 * i); })),
      Not(Contains("underfitting")));
}

TEST(Underfitting, LeavesAnUnfinishedRunToUndertrained) {
  EXPECT_THAT(IdsIn("train:loss" + Values(20, [](int i) { return 2.3 - 0.06 * i; })),
              Not(Contains("underfitting")));
}

TEST(Underfitting, SaysThatALossBelowZeroHasNoRatio) {
  const Diagnosis diagnosis = DiagnoseFirst(ParseCurve("train:loss 1 0 -1 -1.2 -1.3 -1.3 -1.3"));
  EXPECT_THAT(diagnosis.not_assessable,
              Contains(::testing::Field(&NotAssessable::id, "underfitting")));
}

}  // namespace underfitting
}  // namespace telltale::diagnosis
