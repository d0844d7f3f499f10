#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/diagnosis/curve_case.h"

namespace telltale::diagnosis {
namespace non_finite {

using ::testing::Contains;
using ::testing::Not;

TEST(NonFinite, NamesTheFirstStepAndTheLastFiniteValue) {
  const auto findings =
      FindingsOf(ParseCurve("train:loss 1 0.8 0.6 nan nan\nvalidation:loss 1 0.9 0.8 0.7 0.6"));
  const Finding* finding = FindById(findings, "non-finite");
  ASSERT_NE(finding, nullptr);
  EXPECT_EQ(finding->severity, Severity::kError);
  EXPECT_EQ(finding->first_step, 3);
  EXPECT_THAT(finding->summary, ::testing::HasSubstr("step 3"));
  EXPECT_DOUBLE_EQ(finding->evidence[1].value, 0.6);
}

TEST(NonFinite, MarksASingleInfinity) {
  EXPECT_THAT(IdsIn("train:loss 1 0.8 inf 0.7 0.6 0.5"), Contains("non-finite"));
}

TEST(NonFinite, LeavesMetricsThatAreNeverComputedAlone) {
  EXPECT_THAT(
      Ids(FindingsOf(ParseCurve("train:loss 1 0.5 0.4 0.35\nvalidation:accuracy nan nan nan nan"))),
      Not(Contains("non-finite")));
}

TEST(NonFinite, IsInfoForAMetricAlone) {
  const auto findings =
      FindingsOf(ParseCurve("train:loss 1 0.5 0.4 0.35\nvalidation:f1 nan 0.2 0.3 0.4"));
  ASSERT_NE(FindById(findings, "non-finite"), nullptr);
  EXPECT_EQ(FindById(findings, "non-finite")->severity, Severity::kInfo);
}

TEST(NonFinite, SeesALossThatVanishesWhileTheRateGoesOn) {
  EXPECT_THAT(IdsIn("train:loss 1 0.8 0.6 0.5 0.45 0.4 0.38 0.36\ntrain:learning_rate" +
                    Values(14, [](int) { return 0.1; })),
              Contains("non-finite"));
}

TEST(NonFinite, AcceptsARateThatIsLoggedAtOtherSteps) {
  EXPECT_THAT(IdsIn("train:loss @10:10 1 0.8 0.6 0.5 0.45 0.4 0.38 0.36\ntrain:learning_rate" +
                    Values(200, [](int) { return 0.1; })),
              Not(Contains("non-finite")));
}

}  // namespace non_finite
}  // namespace telltale::diagnosis
