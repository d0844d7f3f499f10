#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>

#include "tests/diagnosis/logs.h"

namespace telltale::testing {
namespace partial_epoch {

using diagnosis::Severity;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kRule[] = "partial-epoch";

Logs With(double steps, double batch, double examples) {
  Logs logs;
  logs.Add("train:loss", Decay(20, 2, 1));
  return logs.Param("steps_per_epoch", steps).Param("batch_size", batch).Param("n_train", examples);
}

TEST(PartialEpoch, MarksATenthOfTheData) {
  const auto found = FindingsOf(kRule, With(31, 128, 40000));
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].severity, Severity::kWarning);
  EXPECT_NEAR(found[0].evidence[0].value, 9.92, 0.01);
  EXPECT_THAT(found[0].remedies[0], HasSubstr("313"));
}

TEST(PartialEpoch, AcceptsAWholeEpochAndADroppedRest) {
  EXPECT_THAT(FindingsOf(kRule, With(313, 128, 40000)), IsEmpty());
  EXPECT_THAT(FindingsOf(kRule, With(2, 32, 90)), IsEmpty()) << "26 of 90 do not fill a batch";
}

TEST(PartialEpoch, LooksAtValidationToo) {
  Logs logs;
  logs.Add("train:loss", Decay(20, 2, 1));
  logs.Param("validation_steps", 9.0).Param("batch_size", 128.0).Param("n_val", 10000.0);
  const auto found = FindingsOf(kRule, logs);
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_THAT(found[0].summary, HasSubstr("1152 of 1e+04 validation examples"));
}

TEST(PartialEpoch, NeedsHyperParameters) {
  EXPECT_THAT(NotAssessableBy(kRule, Logs().Add("train:loss", Decay(20, 2, 1))), SizeIs(1));
  EXPECT_THAT(FindingsOf(kRule, With(0, 128, 40000)), IsEmpty());
}

}  // namespace partial_epoch
}  // namespace telltale::testing
