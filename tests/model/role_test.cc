#include "lib/model/role.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace telltale::model {
namespace {

using ::testing::HasSubstr;

TEST(ParseRole, ReadsTheWordsOfTheJsonContract) {
  for (const Split split : {Split::kUnknown, Split::kTrain, Split::kValidation, Split::kTest}) {
    for (int q = 0; q <= static_cast<int>(Quantity::kOther); ++q) {
      const auto quantity = static_cast<Quantity>(q);
      const std::string text =
          std::string(SplitName(split)) + ":" + std::string(QuantityName(quantity));
      const auto role = ParseRole(text);
      ASSERT_TRUE(role.ok()) << text;
      EXPECT_EQ(role->split, split) << text;
      EXPECT_EQ(role->quantity, quantity) << text;
    }
  }
}

TEST(ParseRole, GivesTheDirectionThatAQuantityImplies) {
  EXPECT_EQ(ParseRole("validation:loss")->direction, Direction::kLowerIsBetter);
  EXPECT_EQ(ParseRole("validation:accuracy")->direction, Direction::kHigherIsBetter);
  EXPECT_EQ(ParseRole("train:metric-higher")->direction, Direction::kHigherIsBetter);
  EXPECT_EQ(ParseRole("train:metric-lower")->direction, Direction::kLowerIsBetter);
  EXPECT_EQ(ParseRole("train:metric")->direction, Direction::kUnknown);
  EXPECT_EQ(ParseRole("train:metric-lower")->quantity, Quantity::kMetric);
}

TEST(ParseRole, TakesTheSplitsByTheirOtherNames) {
  EXPECT_EQ(ParseRole("val:loss")->split, Split::kValidation);
  EXPECT_EQ(ParseRole("eval:loss")->split, Split::kValidation);
  EXPECT_EQ(ParseRole(" Training : Loss ")->split, Split::kTrain);
}

TEST(ParseRole, RefusesWhatItDoesNotKnowAndSaysWhatItKnows) {
  for (const char* text : {"", ":", "loss", "train", "train:", ":loss", "train:losss", "trane:loss",
                           "train:loss:x", "train,loss", "\xff:loss"}) {
    const auto role = ParseRole(text);
    ASSERT_FALSE(role.ok()) << text;
    EXPECT_EQ(role.status().code(), absl::StatusCode::kInvalidArgument) << text;
    const std::string message(role.status().message());
    EXPECT_THAT(message, HasSubstr("validation")) << text;
    EXPECT_THAT(message, HasSubstr("metric-higher")) << text;
    EXPECT_THAT(message, ::testing::Not(HasSubstr("\xff"))) << text;
  }
}

}  // namespace
}  // namespace telltale::model
