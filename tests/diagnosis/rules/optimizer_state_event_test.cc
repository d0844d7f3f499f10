#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>

#include "tests/diagnosis/logs.h"

namespace telltale::testing {
namespace optimizer_state_event {

using diagnosis::Severity;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kRule[] = "optimizer-state-event";

Logs With(const Values& loss, const std::string& optimizer) {
  return Logs().Add("train:loss", loss).Param("optimizer", optimizer);
}

const Values kUnrest = Line(40, 2, 1, 0.02) + Line(40, 1, 1, 0.2);

TEST(OptimizerStateEvent, MarksAdamThatGetsErratic) {
  EXPECT_THAT(FindingsOf(kRule, With(kUnrest, "AdamW")), SizeIs(1));
  EXPECT_THAT(FindingsOf(kRule, With(kUnrest, "sgd")), IsEmpty());
  EXPECT_THAT(FindingsOf(kRule, With(Line(80, 2, 1, 0.05), "adam")), IsEmpty());
}

TEST(OptimizerStateEvent, AcceptsADecayingRate) {
  Logs logs = With(kUnrest, "adam");
  logs.Add("train:lr", Line(80, 1e-3, 1e-5));
  EXPECT_THAT(FindingsOf(kRule, logs), IsEmpty());
}

TEST(OptimizerStateEvent, MarksAdagradThatStalls) {
  const Values stalls = Decay(60, 2.3, 1.5, 0, 20);
  const auto found = FindingsOf(kRule, With(stalls, "Adagrad"));
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_THAT(found[0].summary, HasSubstr("AdaGrad"));
  EXPECT_THAT(FindingsOf(kRule, With(Line(60, 2.3, 1.5), "Adagrad")), IsEmpty());
}

TEST(OptimizerStateEvent, NeedsTheName) {
  EXPECT_THAT(NotAssessableBy(kRule, Logs().Add("train:loss", kUnrest)), SizeIs(1));
}

}  // namespace optimizer_state_event
}  // namespace telltale::testing
