#include "lib/formats/fit_name.h"

#include <string>

#include "gtest/gtest.h"

namespace telltale::formats {
namespace {

TEST(FitName, GivesWhatAnyTrackerTakes) {
  EXPECT_EQ(FitName("train/a b", 20), "train/a b");
  EXPECT_EQ(FitName("", 20), "unnamed");
  EXPECT_EQ(FitName(std::string("a\0b", 3), 20), "a_b");
  EXPECT_EQ(FitName("\xff", 20), "\uFFFD");
  EXPECT_EQ(FitName("a\u00e9", 2), "a");
}

}  // namespace
}  // namespace telltale::formats
