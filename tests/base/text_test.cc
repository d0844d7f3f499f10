#include "lib/base/text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

namespace telltale {
namespace {

using ::testing::ElementsAre;

TEST(Printable, LeavesVisibleTextAlone) {
  EXPECT_EQ(Printable("train/损失 é ü 🚀"), "train/损失 é ü 🚀");
}

TEST(Printable, EscapesWhatATerminalObeys) {
  EXPECT_EQ(Printable("a\x1b[31mred\x07\r\n\t\x7f"), "a\\x1b[31mred\\x07\\r\\n\\t\\x7f");
  // U+009B is the one-character form of ESC [ and reaches terminals as valid UTF-8.
  EXPECT_EQ(Printable("\xc2\x9b"
                      "31m"),
            "\\u009b31m");
}

TEST(Printable, EscapesWhatReordersOrHides) {
  EXPECT_EQ(Printable("loss\u202exe.txt"), "loss\\u202exe.txt");
  EXPECT_EQ(Printable("a\u200bb\u2066c\u2028d\U000e0041"), "a\\u200bb\\u2066c\\u2028d\\U000e0041");
}

TEST(Printable, ShowsBytesThatAreNoText) {
  EXPECT_EQ(Printable("a\xff\xc3z"), "a\\xff\\xc3z");
  EXPECT_EQ(Printable("\xed\xa0\x80"), "\\xed\\xa0\\x80");  // a surrogate is not UTF-8
  EXPECT_EQ(Printable(std::string_view("\0", 1)), "\\x00");
}

TEST(Printable, IsIdempotentOnEveryByte) {
  for (int b = 0; b < 256; ++b) {
    const std::string once = Printable(std::string(1, static_cast<char>(b)));
    EXPECT_EQ(Printable(once), once) << b;
    for (const char c : once) EXPECT_TRUE(c >= 0x20 && c < 0x7f) << b;
  }
}

TEST(ValidUtf8, ReplacesWhatIsNone) {
  EXPECT_EQ(ValidUtf8("a\xff"
                      "b"),
            "a\uFFFD"
            "b");
  EXPECT_EQ(ValidUtf8("é"), "é");
  EXPECT_EQ(ValidUtf8("\xc3"), "\uFFFD");
}

TEST(PrintableJson, SpellsTheSameDocument) {
  const nlohmann::json document = {{"name", "x\u202ey\U000e0041\x7f\u009b 损失"}};
  const std::string safe = PrintableJson(document.dump());
  EXPECT_EQ(safe, R"({"name":"x\u202ey\udb40\udc41\u007f\u009b 损失"})");
  EXPECT_EQ(nlohmann::json::parse(safe), document);
}

TEST(DisplayWidth, CountsColumnsNotBytes) {
  EXPECT_EQ(DisplayWidth("loss"), 4u);
  EXPECT_EQ(DisplayWidth("é"), 1u);
  EXPECT_EQ(DisplayWidth("e\u0301"), 1u);  // a combining accent
  EXPECT_EQ(DisplayWidth("损失"), 4u);
  EXPECT_EQ(DisplayWidth("▁▇×σ"), 4u);
}

TEST(Fit, CutsAtColumnsAndMarksTheCut) {
  EXPECT_EQ(FitEnd("validation", 10), "validation");
  EXPECT_EQ(FitEnd("validation", 6), "valid…");
  EXPECT_EQ(FitEnd("损失损失", 4), "损…");  // half of a wide character does not fit
  EXPECT_EQ(FitEnd("x", 0), "");
  EXPECT_EQ(FitMiddle("experiments/run-17", 9), "expe…n-17");
  EXPECT_EQ(FitMiddle("损失损失损失", 7), "损…失");
}

TEST(Wrap, BreaksAtSpacesAndInsideLongWords) {
  EXPECT_THAT(Wrap("Stop at step 18", 8), ElementsAre("Stop at", "step 18"));
  EXPECT_THAT(Wrap("a abcdefgh", 4), ElementsAre("a", "abcd", "efgh"));
  EXPECT_THAT(Wrap("", 4), ElementsAre(""));
  EXPECT_THAT(Wrap("损失", 1), ElementsAre("损", "失"));
}

TEST(EscapeMarkdown, LeavesNothingForMarkdownToDo) {
  EXPECT_EQ(EscapeMarkdown("*a* _b_ [x](http://e.org) `c`"),
            R"(\*a\* \_b\_ \[x\](http:/&#47;e.org) \`c\`)");
  EXPECT_EQ(EscapeMarkdown("<img src=x> a|b & @you ~~s~~ www.e.org"),
            "&lt;img src=x&gt; a&#124;b &amp; &#64;you &#126;&#126;s&#126;&#126; www&#46;e.org");
  EXPECT_EQ(EscapeMarkdown("# title\nmore"), R"(\# title\\nmore)");
}

TEST(MarkdownCode, FencesLongerThanTheName) {
  EXPECT_EQ(MarkdownCode("epoch_loss"), "`epoch_loss`");
  EXPECT_EQ(MarkdownCode("a`b``c"), "``` a`b``c ```");
  EXPECT_EQ(MarkdownCode("a|b"), R"(`a\|b`)");
  EXPECT_EQ(MarkdownCode("<b>\n"), R"(`<b>\n`)");
  EXPECT_EQ(MarkdownCode(""), "(empty)");
}

TEST(CutUtf8, CutsBetweenCharacters) {
  EXPECT_EQ(CutUtf8("abc", 3), "abc");
  EXPECT_EQ(CutUtf8("abc", 2), "ab");
  EXPECT_EQ(CutUtf8("a\u00e9", 2), "a");
  EXPECT_EQ(CutUtf8("\U0001F680", 3), "");
}

}  // namespace
}  // namespace telltale
