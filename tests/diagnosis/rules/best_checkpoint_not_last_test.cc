#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>

#include "tests/diagnosis/logs.h"

namespace telltale::testing {
namespace best_checkpoint_not_last {

using diagnosis::Severity;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kRule[] = "best-checkpoint-not-last";

Logs With(const Values& loss) { return Logs().Add("validation:loss", loss); }

TEST(BestCheckpointNotLast, NamesTheBestStepAndWhenToStop) {
  const auto found = FindingsOf(kRule, With(Decay(40, 2, 1) + Line(60, 0.99, 2)));
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].first_step, 41);
  EXPECT_THAT(found[0].remedies[0], HasSubstr("step 41"));
  EXPECT_THAT(found[0].remedies[1], HasSubstr("in a row"));
}

TEST(BestCheckpointNotLast, SuggestsAPatienceThatWouldHaveKeptTheBest) {
  // Thirty evaluations of waiting before the last new best.
  const Values losses = Decay(20, 2, 1) + Values(30, 1.05) + Line(20, 0.99, 0.9) + Line(20, 1, 1.5);
  const auto found = FindingsOf(kRule, With(losses));
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_THAT(found[0].remedies.back(), HasSubstr("patience 32"));
}

TEST(BestCheckpointNotLast, AcceptsNoiseAndALastBest) {
  EXPECT_THAT(FindingsOf(kRule, With(Decay(60, 2, 1, 0.03))), IsEmpty());
  EXPECT_THAT(FindingsOf(kRule, With(Decay(60, 2, 1))), IsEmpty());
  EXPECT_THAT(FindingsOf(kRule, With({3, 2, 1, 2, 3})), IsEmpty());
}

TEST(BestCheckpointNotLast, JudgesAMetricWhereThereIsNoLoss) {
  const Logs logs = Logs().Add("validation:accuracy", Decay(40, 0.1, 0.8) + Line(40, 0.8, 0.5));
  const auto found = FindingsOf(kRule, logs);
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_NEAR(found[0].evidence[1].value, 0.79, 0.02);
}

}  // namespace best_checkpoint_not_last
}  // namespace telltale::testing
