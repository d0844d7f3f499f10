#include "lib/base/glob.h"

#include <gtest/gtest.h>

#include <string>

namespace telltale {
namespace {

TEST(GlobMatches, CoversTheWholeText) {
  EXPECT_TRUE(GlobMatches("", ""));
  EXPECT_TRUE(GlobMatches("*", ""));
  EXPECT_TRUE(GlobMatches("*", "a/b"));
  EXPECT_TRUE(GlobMatches("sweep-*", "sweep-1/s0"));
  EXPECT_TRUE(GlobMatches("*/s?", "a/b/s1"));
  EXPECT_TRUE(GlobMatches("a*b*c", "a--b-bc-c"));
  EXPECT_FALSE(GlobMatches("", "a"));
  EXPECT_FALSE(GlobMatches("sweep", "sweep-1"));
  EXPECT_FALSE(GlobMatches("?", ""));
  EXPECT_FALSE(GlobMatches("a*b", "a-b-c"));
}

TEST(GlobMatches, StaysWithinTheProductOfTheLengths) {
  std::string pattern;
  for (int i = 0; i < 30; ++i) pattern += "*a";
  EXPECT_FALSE(GlobMatches(pattern + "b", std::string(20000, 'a')));
}

}  // namespace
}  // namespace telltale
