#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>

#include "tests/diagnosis/logs.h"

namespace telltale::testing {
namespace train_flat_val_improving {

using diagnosis::Severity;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kRule[] = "train-flat-val-improving";

Logs Both(const Values& train, const Values& validation) {
  return Logs().Add("train:loss", train).Add("validation:loss", validation);
}

TEST(TrainFlatValImproving, GradesTheFallOfValidation) {
  const auto clear = FindingsOf(kRule, Both(Line(30, 2, 2, 0.01), Line(30, 2, 1.2, 0.01)));
  ASSERT_THAT(clear, SizeIs(1));
  EXPECT_EQ(clear[0].severity, Severity::kWarning);
  const auto mild = FindingsOf(kRule, Both(Line(30, 2, 2, 0.01), Line(30, 2, 1.6, 0.01)));
  ASSERT_THAT(mild, SizeIs(1));
  EXPECT_EQ(mild[0].severity, Severity::kInfo);
}

TEST(TrainFlatValImproving, AcceptsTrainingThatFallsToo) {
  EXPECT_THAT(FindingsOf(kRule, Both(Line(30, 2, 1.8, 0.01), Line(30, 2, 1.2, 0.01))), IsEmpty());
  EXPECT_THAT(FindingsOf(kRule, Both(Line(30, 2, 2, 0.5), Line(30, 2, 1.2, 0.01))), IsEmpty())
      << "what scatters is not shown to be flat";
}

TEST(TrainFlatValImproving, AcceptsTwoFlatCurves) {
  EXPECT_THAT(FindingsOf(kRule, Both(Values(30, 2.0), Values(30, 2.0))), IsEmpty());
  EXPECT_THAT(FindingsOf(kRule, Both({2, 2, 2}, {2, 1.5, 1})), IsEmpty());
}

}  // namespace train_flat_val_improving
}  // namespace telltale::testing
