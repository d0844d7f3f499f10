#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/diagnosis/curve_case.h"

namespace telltale::diagnosis {
namespace overfitting {

using ::testing::Contains;
using ::testing::Not;

TEST(Overfitting, NamesTheBestStepAndGrades) {
  const auto findings =
      FindingsOf(ParseCurve("train:loss 1 0.8 0.6 0.5 0.4 0.3 0.25 0.2 0.15 0.1\nvalidation:loss "
                            "1.1 0.9 0.75 0.7 0.72 0.78 0.85 0.92 1.0 1.1"));
  const Finding* finding = FindById(findings, "overfitting");
  ASSERT_NE(finding, nullptr);
  EXPECT_EQ(finding->severity, Severity::kError);
  EXPECT_EQ(finding->first_step, 3);
  EXPECT_THAT(finding->remedies.front(), ::testing::HasSubstr("step 3"));
}

TEST(Overfitting, IsAWarningWhenMild) {
  const auto findings = FindingsOf(ParseCurve(
      "train:loss 1 0.8 0.6 0.5 0.4 0.3 0.25 0.2 0.15 0.1 0.09 0.08\n"
      "validation:loss 1.1 0.9 0.75 0.700 0.702 0.706 0.712 0.72 0.728 0.736 0.745 0.75"));
  ASSERT_NE(FindById(findings, "overfitting"), nullptr);
  EXPECT_EQ(FindById(findings, "overfitting")->severity, Severity::kWarning);
}

TEST(Overfitting, AcceptsAValidationLossThatLevelsOff) {
  EXPECT_THAT(IdsIn("train:loss 1 0.8 0.6 0.5 0.4 0.3 0.25 0.2 0.15 0.1\nvalidation:loss 1.1 0.9 "
                    "0.75 0.7 0.69 0.68 0.69 0.68 0.69 0.69"),
              Not(Contains("overfitting")));
}

TEST(Overfitting, LeavesARisingTrainLossToDivergence) {
  EXPECT_THAT(IdsIn("train:loss 1 0.8 0.6 0.5 0.4 0.8 1.2 1.5 1.7 1.8\nvalidation:loss 1.1 0.9 "
                    "0.75 0.7 0.6 1 1.4 1.7 1.9 2"),
              Not(Contains("overfitting")));
}

TEST(Overfitting, AcceptsALossNearZeroThatDoubles) {
  EXPECT_THAT(IdsIn("train:loss 1 0.1 1e-2 1e-3 1e-4 1e-5 9e-6 8e-6 7e-6 6e-6\nvalidation:loss 1 "
                    "0.1 1e-2 1e-3 2e-4 2e-4 3e-4 3.5e-4 4e-4 5e-4"),
              Not(Contains("overfitting")));
}

TEST(Overfitting, SaysWhatItNeeds) {
  const Diagnosis diagnosis = DiagnoseFirst(ParseCurve("train:loss 1 0.8 0.6 0.5 0.4"));
  EXPECT_THAT(diagnosis.not_assessable,
              Contains(::testing::Field(&NotAssessable::id, "overfitting")));
}

}  // namespace overfitting
}  // namespace telltale::diagnosis
