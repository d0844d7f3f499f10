#include "lib/report/catalogue.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "lib/base/text.h"
#include "lib/diagnosis/curve_text.h"
#include "lib/diagnosis/engine.h"

namespace telltale::report {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr diagnosis::ParamSpec kParams[] = {{"share", 0.5, 0.25, 1, "share of the run"}};
constexpr std::string_view kCauses[] = {"divergence", "plateau"};
constexpr diagnosis::Rule kRule{.id = "made-up",
                                .severity = diagnosis::Severity::kInfo,
                                .summary = "something is *made up*",
                                .doc = R"(## What it finds
A line.
## Why it matters
```
# not a heading
```
## What to try
- this
## Known limits
None.
)",
                                .params = kParams,
                                .explained_by = kCauses};

// A fall with a finding about its steps 4 to 6.
diagnosis::Example MadeUp() {
  diagnosis::Example example{.caption = "A fall."};
  example.experiment = diagnosis::ParseCurveText("series train:loss\n9 8 7 6 5 4 3 2 1\n").value();
  example.grouping = model::GroupRuns(example.experiment);
  example.diagnoses.push_back(
      diagnosis::Diagnose(example.experiment, example.grouping.training_runs[0]));
  example.finding = {.id = "made-up",
                     .severity = diagnosis::Severity::kInfo,
                     .summary = "It falls from 9 to 1.",
                     .first_step = 4,
                     .last_step = 6};
  return example;
}

TEST(RuleText, DrawsTheExampleBeforeWhyItMatters) {
  const diagnosis::Example example = MadeUp();
  const std::string text = RuleText({kRule, &example}, {});
  const size_t at = text.find("\nExample\n  A fall.\n");
  ASSERT_NE(at, std::string::npos) << text;
  EXPECT_LT(text.find("What it finds"), at);
  EXPECT_GT(text.find("Why it matters"), at);
  EXPECT_THAT(text, HasSubstr("9 → 1"));
  EXPECT_THAT(text, HasSubstr("╯")) << "an info finding is marked as well, where it is the subject";
  EXPECT_THAT(text, HasSubstr("  It falls from 9 to 1.\n"));
}

TEST(RuleText, DoesWithoutAnExample) {
  EXPECT_THAT(RuleText({kRule}, {}), Not(HasSubstr("Example")));
  EXPECT_THAT(RuleMarkdown({kRule}), Not(HasSubstr("Example")));
  EXPECT_THAT(RuleJson({kRule}), Not(HasSubstr("example")));
}

TEST(RuleText, NamesParametersBoundsAndWhatExplainsIt) {
  const std::string text = RuleText({kRule}, {.width = 100});
  EXPECT_THAT(text, HasSubstr("share of the run (0.5; from 0.25 to 1)"));
  EXPECT_THAT(text, HasSubstr("made-up  info, about a training run"));
  EXPECT_THAT(text, HasSubstr("not said as well: divergence, plateau"));
}

TEST(RuleMarkdown, PutsHeadingsBelowItsOwnAndLeavesCodeAlone) {
  const diagnosis::Example example = MadeUp();
  const std::string page = RuleMarkdown({kRule, &example}, 2);
  EXPECT_THAT(page, HasSubstr("## made-up\n\nsomething is \\*made up\\* *(info"));
  EXPECT_THAT(page,
              HasSubstr("\n### What it finds\n\nA line.\n\n### Example\n\nA fall.\n\n```text\n"));
  EXPECT_THAT(page,
              HasSubstr("\n### Why it matters\n\n```\n# not a heading\n```\n\n### What to try"));
  EXPECT_THAT(page, HasSubstr("\n> It falls from 9 to 1.\n"));
  EXPECT_THAT(page, HasSubstr("| `share` | 0.5 | 0.25 to 1 | share of the run |\n"));
  EXPECT_THAT(page, HasSubstr("`divergence`, `plateau`."));
  EXPECT_TRUE(page.ends_with("|\n"));
}

TEST(RulesMarkdown, LinksEachRule) {
  const RuleReport rules[] = {{kRule}};
  const std::string page = RulesMarkdown(rules);
  EXPECT_THAT(page, HasSubstr("| [`made-up`](#made-up) | info | something is \\*made up\\* |\n"));
  EXPECT_THAT(page, HasSubstr("\n\n## made-up\n\n"));
}

}  // namespace
}  // namespace telltale::report
