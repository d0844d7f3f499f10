#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <string>

#include "tests/diagnosis/logs.h"

namespace telltale::testing {
namespace insufficient_points {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kRule[] = "insufficient-points";

TEST(InsufficientPoints, MarksFourEvaluations) {
  const auto found = FindingsOf(kRule, Logs().Add("train:loss", {4, 3, 2, 1}));
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_THAT(found[0].summary, HasSubstr("4 points"));
  EXPECT_THAT(FindingsOf(kRule, Logs().Add("train:loss", {5, 4, 3, 2, 1})), IsEmpty());
}

TEST(InsufficientPoints, MarksARareValidationBesideALongTraining) {
  Logs logs;
  logs.Add("train:loss", Decay(300, 2, 1)).Add("validation:loss", {2, 1}, {.every = 299});
  const auto found = FindingsOf(kRule, logs);
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_THAT(found[0].summary, HasSubstr("Validation has 2 points"));
}

TEST(InsufficientPoints, AcceptsATrainingWithoutValidation) {
  EXPECT_THAT(FindingsOf(kRule, Logs().Add("train:loss", Decay(30, 2, 1))), IsEmpty());
}

TEST(InsufficientPoints, SaysThatNothingIsRecognised) {
  const auto found = FindingsOf(kRule, Logs().Add("train:zorp", Decay(30, 2, 1)));
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_THAT(found[0].summary, HasSubstr("No series"));
}

}  // namespace insufficient_points
}  // namespace telltale::testing
