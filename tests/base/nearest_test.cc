#include "lib/base/nearest.h"

#include <gtest/gtest.h>

#include <string>

namespace telltale {
namespace {

constexpr std::string_view kCommands[] = {"diagnose", "annotate", "inspect", "verify", "rules"};

TEST(Nearest, FindsTheSlip) {
  EXPECT_EQ(Nearest("diganose", kCommands), "diagnose");  // swapped neighbours
  EXPECT_EQ(Nearest("inspct", kCommands), "inspect");
  EXPECT_EQ(Nearest("verifyy", kCommands), "verify");
  EXPECT_EQ(Nearest("rule", kCommands), "rules");
}

TEST(Nearest, IsSilentWhenNothingIsNear) {
  EXPECT_EQ(Nearest("convert", kCommands), std::nullopt);
  EXPECT_EQ(Nearest("", kCommands), std::nullopt);
  EXPECT_EQ(Nearest(std::string(100000, 'x'), kCommands), std::nullopt);
}

TEST(DidYouMean, IsASentenceOrNothing) {
  EXPECT_EQ(DidYouMean("rulse", kCommands), "; did you mean 'rules'?");
  EXPECT_EQ(DidYouMean("zzz", kCommands), "");
}

}  // namespace
}  // namespace telltale
