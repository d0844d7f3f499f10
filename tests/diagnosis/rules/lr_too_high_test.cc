#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>

#include "tests/diagnosis/logs.h"

namespace telltale::testing {
namespace lr_too_high {

using diagnosis::Severity;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kRule[] = "lr-too-high";

TEST(LrTooHigh, MarksALossThatShootsUp) {
  const Logs logs = Logs().Add(".:loss", Values{2.3, 9, 18, 17, 9, 5} + Decay(94, 4, 2));
  const auto found = FindingsOf(kRule, logs);
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].severity, Severity::kWarning);
  EXPECT_THAT(found[0].summary, HasSubstr("first tenth"));
}

TEST(LrTooHigh, AcceptsOneBadBatchAndALaterOne) {
  EXPECT_THAT(FindingsOf(kRule, Logs().Add(".:loss", Values{2.3, 2, 40, 2} + Decay(96, 2, 1))),
              IsEmpty());
  EXPECT_THAT(FindingsOf(kRule, Logs().Add(".:loss",
                                           Decay(50, 2, 1) + Values{18, 18, 9} + Decay(50, 2, 1))),
              IsEmpty());
}

TEST(LrTooHigh, MarksALossThatRisesToNaN) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_THAT(FindingsOf(kRule, Logs().Add(".:loss", Values{2, 4, 90, 600} + Values(96, nan))),
              SizeIs(1));
  EXPECT_THAT(FindingsOf(kRule, Logs().Add(".:loss", Values{2, 1.9, 1.8, 1.7} + Values(96, nan))),
              IsEmpty());
}

TEST(LrTooHigh, MarksScatterThatGoesWithTheRate) {
  const Values rate = Values(40, 0.1) + Values(40, 0.01);
  const Values loss = Line(40, 1, 1, 0.4) + Line(40, 0.5, 0.45, 0.01);
  const auto found = FindingsOf(kRule, Logs().Add("train:loss", loss).Add("train:lr", rate));
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].first_step, 41);
  EXPECT_THAT(found[0].remedies[0], HasSubstr("from 0.1 to between 0.01 and 0.03333"));
  const Values usual = Line(40, 1, 1, 0.05) + Line(40, 0.5, 0.45, 0.01);
  EXPECT_THAT(FindingsOf(kRule, Logs().Add("train:loss", usual).Add("train:lr", rate)), IsEmpty());
}

TEST(LrTooHigh, OnlyRemarksOnLargeUpdates) {
  Logs logs;
  logs.Add("train:loss", Line(40, 1, 1, 0.3)).Add("train:update_ratio", Values(40, 0.08));
  const auto found = FindingsOf(kRule, logs);
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].severity, Severity::kInfo);
}

}  // namespace lr_too_high
}  // namespace telltale::testing
