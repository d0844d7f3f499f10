#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>

#include "tests/diagnosis/logs.h"

namespace telltale::testing {
namespace suspicious_validation {

using diagnosis::Severity;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kRule[] = "suspicious-validation";

Logs Both(const Values& train, const Values& validation) {
  return Logs().Add("train:loss", train).Add("validation:loss", validation);
}

TEST(SuspiciousValidation, WarnsOfIdenticalSeries) {
  const Values loss = Decay(30, 2, 1, 0.01);
  const auto found = FindingsOf(kRule, Both(loss, loss));
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].severity, Severity::kWarning);
}

TEST(SuspiciousValidation, RemarksOnOneThatFollowsTooClosely) {
  const Values loss = Decay(30, 2, 0.8, 0.02);
  Values near = loss;
  for (double& v : near) v *= 1.004;
  const auto found = FindingsOf(kRule, Both(loss, near));
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].severity, Severity::kInfo);
}

TEST(SuspiciousValidation, KnowsATestSetUnderAnotherName) {
  const Values held_out = Decay(30, 2, 1.1, 0.02);
  Logs logs = Both(Decay(30, 2, 0.8), held_out);
  logs.Add("test:loss", held_out);
  const auto found = FindingsOf(kRule, logs);
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_THAT(found[0].summary, HasSubstr("test set"));
}

TEST(SuspiciousValidation, RemarksOnPerfectionFromTheStart) {
  Logs logs;
  logs.Add("validation:accuracy", Line(30, 0.995, 0.999));
  EXPECT_THAT(FindingsOf(kRule, logs), SizeIs(1));
}

TEST(SuspiciousValidation, AcceptsUsualValidation) {
  EXPECT_THAT(FindingsOf(kRule, Both(Decay(30, 2, 0.8, 0.02), Line(30, 2, 0.9, 0.02))), IsEmpty());
  EXPECT_THAT(FindingsOf(kRule, Both(Line(30, 2, 1.99), Line(30, 2.001, 1.991))), IsEmpty())
      << "neither moves";
  EXPECT_THAT(FindingsOf(kRule, Both(Values(30, 1.0), Values(30, 1.0))), IsEmpty());
}

}  // namespace suspicious_validation
}  // namespace telltale::testing
