#include "lib/report/markdown.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/report/sample.h"
#include "tests/support/golden.h"

namespace telltale::report {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(DiagnosisMarkdown, IsTheGoldenDocument) {
  telltale::testing::ExpectGolden(DiagnosisMarkdown(MakeSample().paths()),
                                  "tests/report/golden/diagnosis.md");
}

TEST(InspectMarkdown, IsTheGoldenDocument) {
  telltale::testing::ExpectGolden(InspectMarkdown(MakeSample().paths()),
                                  "tests/report/golden/inspect.md");
}

// The name holds a code span that would close ours early, a table cell's end and an image.
TEST(Markdown, OfHostileNamesIsInert) {
  const std::string text = DiagnosisMarkdown(MakeHostileSample().paths());
  telltale::testing::ExpectGolden(text, "tests/report/golden/hostile.md");
  EXPECT_THAT(text, Not(HasSubstr("**bold**")));
  EXPECT_THAT(text, Not(HasSubstr("[link](")));
  EXPECT_THAT(text, Not(HasSubstr("\n# heading")));
  EXPECT_THAT(text, Not(HasSubstr("\x1b")));
  EXPECT_THAT(text, Not(HasSubstr("\u202e")));
}

TEST(MarkdownOf, KeepsHeadingsWithinSixLevels) {
  const Sample sample = MakeSample();
  EXPECT_THAT(MarkdownOf(sample.run(0), 6), Not(HasSubstr("#######")));
}

}  // namespace
}  // namespace telltale::report
