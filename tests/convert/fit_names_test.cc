#include "lib/convert/fit_names.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace telltale::convert {
namespace {

using ::testing::ElementsAre;

// Letters, digits, '_' and '/'; at most eight bytes; never empty.
std::string Fit(std::string_view name) {
  std::string fitted(name.substr(0, 8));
  for (char& c : fitted) {
    const bool taken = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '/';
    if (!taken) c = '_';
  }
  return fitted.empty() ? "_" : fitted;
}

constexpr NameRules kFlat{.fit = Fit};
constexpr NameRules kPaths{.fit = Fit, .are_paths = true};

TEST(FitNames, LeavesWhatFits) {
  EXPECT_THAT(FitNames({"loss", "val/loss", "loss/x"}, kFlat),
              ElementsAre("loss", "val/loss", "loss/x"));
}

TEST(FitNames, NumbersTheLaterOfTwoThatWouldBeOne) {
  EXPECT_THAT(FitNames({"a:b", "a?b", "a*b"}, kFlat), ElementsAre("a_b", "a_b_2", "a_b_3"));
}

TEST(FitNames, LetsANameThatFitsKeepItAgainstOneThatComesNear) {
  EXPECT_THAT(FitNames({"a:b", "a_b", "a_b_2"}, kFlat), ElementsAre("a_b_3", "a_b", "a_b_2"));
}

TEST(FitNames, MakesRoomForTheNumberInALongName) {
  EXPECT_THAT(FitNames({"abcdefghij", "abcdefghik"}, kFlat), ElementsAre("abcdefgh", "abcdef_2"));
}

TEST(FitNames, GivesTheEmptyNameAName) {
  EXPECT_THAT(FitNames({"", "?"}, kFlat), ElementsAre("_", "__2"));
}

TEST(FitNames, KeepsAFileFromBeingADirectory) {
  EXPECT_THAT(FitNames({"loss", "loss/x"}, kPaths), ElementsAre("loss_2", "loss/x"));
  EXPECT_THAT(FitNames({"a/b/c", "a/b", "a"}, kPaths), ElementsAre("a/b/c", "a/b_2", "a_2"));
  EXPECT_THAT(FitNames({"a", "a:/x"}, kPaths), ElementsAre("a", "a_/x"));
}

TEST(FitNames, IsQuickWhenThousandsBecomeOne) {
  std::vector<std::string> names;
  for (int i = 0; i < 10000; ++i) names.push_back(absl::StrCat("abcdefgh", i));
  const std::vector<std::string> fitted = FitNames(names, kFlat);
  EXPECT_EQ(fitted[0], "abcdefgh");
  EXPECT_EQ(fitted[9999], "ab_10000");
}

}  // namespace
}  // namespace telltale::convert
