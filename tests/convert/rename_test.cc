#include "lib/convert/rename.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace telltale::convert {
namespace {

using ::testing::HasSubstr;

model::Run RunWith(const std::vector<std::string>& tags) {
  model::Run run;
  for (const std::string& tag : tags) run.series.emplace_back().tag = tag;
  return run;
}

TEST(RenameTags, AppliesRulesInTurn) {
  model::Run run = RunWith({"val_loss", "val_acc", "loss"});
  ASSERT_TRUE(
      RenameTags({*ParseRename("^val_(.*)=validation/\\1"), *ParseRename("acc=accuracy")}, run)
          .ok());
  EXPECT_EQ(run.series[0].tag, "validation/loss");
  EXPECT_EQ(run.series[1].tag, "validation/accuracy");
  EXPECT_EQ(run.series[2].tag, "loss");
}

TEST(RenameTags, RefusesToMakeTwoSeriesOne) {
  model::Run run = RunWith({"a1", "a2"});
  const absl::Status status = RenameTags({*ParseRename("[0-9]=")}, run);
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(status.message()), HasSubstr("'a1' and 'a2'"));
}

TEST(ParseRename, SaysWhatIsWrong) {
  EXPECT_THAT(std::string(ParseRename("nothing").status().message()),
              HasSubstr("PATTERN=REPLACEMENT"));
  EXPECT_THAT(std::string(ParseRename("(=x").status().message()), HasSubstr("missing"));
  EXPECT_THAT(std::string(ParseRename("a=\\3").status().message()), HasSubstr("3 matches"));
  EXPECT_EQ(ParseRename("a=b=c")->replacement, "c");
}

}  // namespace
}  // namespace telltale::convert
