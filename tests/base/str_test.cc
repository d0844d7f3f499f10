#include "lib/base/str.h"

#include "gtest/gtest.h"

namespace telltale {
namespace {

TEST(Str, CatTakesViewsOfBothKindsAndNumbers) {
  const std::string owned = "b";
  EXPECT_EQ(StrCat(std::string_view("a"), owned, "c", absl::string_view("d"), 5, 0.5), "abcd50.5");
  EXPECT_EQ(StrCat(), "");
}

TEST(Str, AppendKeepsWhatIsThere) {
  std::string out = "run";
  StrAppend(&out, ":", std::string_view("loss"));
  EXPECT_EQ(out, "run:loss");
}

TEST(Str, ViewsGoThereAndBack) {
  const std::string_view text("a\0b", 3);
  EXPECT_EQ(ToStd(ToAbsl(text)), text);
}

}  // namespace
}  // namespace telltale
