#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>

#include "tests/diagnosis/logs.h"

namespace telltale::testing {
namespace tiny_validation {

using diagnosis::Severity;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kRule[] = "tiny-validation";

Values Accuracies(double n) { return Rounded(Decay(40, 0.3, 0.8, 0.03), 1 / n); }

TEST(TinyValidation, RecoversThirtyImages) {
  const auto found = FindingsOf(kRule, Logs().Add("validation:accuracy", Accuracies(30)));
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].severity, Severity::kWarning);
  EXPECT_DOUBLE_EQ(found[0].evidence[0].value, 30);
  EXPECT_NEAR(found[0].evidence[1].value, 3.33, 0.01);
}

TEST(TinyValidation, GradesBySize) {
  const auto found = FindingsOf(kRule, Logs().Add("validation:accuracy", Accuracies(150)));
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].severity, Severity::kInfo);
  EXPECT_THAT(FindingsOf(kRule, Logs().Add("validation:accuracy", Accuracies(997))), IsEmpty());
}

TEST(TinyValidation, BelievesTheHyperParameters) {
  Logs logs = Logs().Add("validation:accuracy", Decay(40, 0.3, 0.9)).Param("n_val", 30.0);
  EXPECT_THAT(FindingsOf(kRule, logs), SizeIs(1));
  Logs share = Logs().Add("validation:loss", Decay(40, 2, 1)).Param("n_val", 500.0);
  EXPECT_THAT(FindingsOf(kRule, share), IsEmpty());
  share.Param("n_train", 50000.0);
  EXPECT_THAT(FindingsOf(kRule, share), SizeIs(1)) << "one per cent of the data";
}

TEST(TinyValidation, SaysWhatItNeeds) {
  EXPECT_THAT(NotAssessableBy(kRule, Logs().Add("validation:accuracy", Values(30, 0.5))),
              SizeIs(1));
}

}  // namespace tiny_validation
}  // namespace telltale::testing
