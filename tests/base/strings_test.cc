#include "lib/base/strings.h"

#include "gtest/gtest.h"

namespace telltale {
namespace {

TEST(Strings, ConcatTakesViewsOfBothKindsAndNumbers) {
  const std::string owned = "b";
  EXPECT_EQ(Concat(std::string_view("a"), owned, "c", absl::string_view("d"), 5, 0.5), "abcd50.5");
  EXPECT_EQ(Concat(), "");
}

TEST(Strings, AppendToKeepsWhatIsThere) {
  std::string out = "run";
  AppendTo(&out, ":", std::string_view("loss"));
  EXPECT_EQ(out, "run:loss");
}

TEST(Strings, ViewsGoThereAndBack) {
  const std::string_view text("a\0b", 3);
  EXPECT_EQ(FromAbsl(ToAbsl(text)), text);
}

}  // namespace
}  // namespace telltale
