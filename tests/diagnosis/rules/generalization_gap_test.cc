#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>

#include "tests/diagnosis/logs.h"

namespace telltale::testing {
namespace generalization_gap {

using diagnosis::Severity;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kRule[] = "generalization-gap";

Logs Both(const Values& train, const Values& validation) {
  return Logs().Add("train:loss", train).Add("validation:loss", validation);
}

Logs With(double train, double validation, double train_accuracy, double validation_accuracy) {
  Logs logs = Both(Decay(40, 2.3, train, 0.002, 12), Decay(40, 2.3, validation, 0.002, 12));
  return logs.Add("train:accuracy", Decay(40, 0.1, train_accuracy))
      .Add("validation:accuracy", Decay(40, 0.1, validation_accuracy));
}

TEST(GeneralizationGap, GradesTheGap) {
  const auto clear = FindingsOf(kRule, With(0.05, 1.1, 0.99, 0.7));
  ASSERT_THAT(clear, SizeIs(1));
  EXPECT_EQ(clear[0].severity, Severity::kWarning);
  const auto mild = FindingsOf(kRule, With(0.3, 1.0, 0.9, 0.75));
  ASSERT_THAT(mild, SizeIs(1));
  EXPECT_EQ(mild[0].severity, Severity::kInfo);
}

TEST(GeneralizationGap, AcceptsUsualGaps) {
  EXPECT_THAT(FindingsOf(kRule, With(0.3, 0.5, 0.9, 0.85)), IsEmpty());
  EXPECT_THAT(FindingsOf(kRule, With(0.3, 1.0, 0.9, 0.88)), IsEmpty()) << "the accuracies agree";
}

TEST(GeneralizationGap, LeavesRisesToOverfitting) {
  EXPECT_THAT(
      FindingsOf(kRule, Both(Decay(60, 2.3, 0.05), Decay(20, 2.3, 0.9) + Line(40, 0.9, 1.8))),
      IsEmpty());
  EXPECT_THAT(FindingsOf(kRule, Both({2, 1}, {2, 2})), IsEmpty());
}

}  // namespace generalization_gap
}  // namespace telltale::testing
