#include "lib/records/csv_reader.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/records/json_words.h"

namespace telltale::records {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

// Rows as "line: a|b", or the error.
std::vector<std::string> Rows(std::string_view text, const CsvOptions& options = {}) {
  std::vector<std::string> rows;
  const auto source = io::FromMemory(text, "t.csv");
  const absl::Status ended = ReadCsv(*source, options, [&](const CsvRow& row) {
    const std::vector<std::string> cells(row.cells.begin(), row.cells.end());
    rows.push_back(absl::StrCat(row.line, ": ", absl::StrJoin(cells, "|")));
    return absl::OkStatus();
  });
  if (!ended.ok()) rows.emplace_back(ended.message());
  return rows;
}

TEST(CsvReader, SplitsRowsAndCells) {
  EXPECT_THAT(Rows("a,b\n1,\n,2\n"), ElementsAre("1: a|b", "2: 1|", "3: |2"));
  EXPECT_THAT(Rows("a,b\r\n1,2"), ElementsAre("1: a|b", "2: 1|2"));
  EXPECT_THAT(Rows(""), ElementsAre());
}

TEST(CsvReader, TakesQuotesAsAllProgramsWriteThem) {
  EXPECT_THAT(Rows("\"a,\"\"b\"\"\",\" c \"\n"), ElementsAre("1: a,\"b\"| c "));
  EXPECT_THAT(Rows("\"two\nlines\",x\n1,2\n"), ElementsAre("1: two\nlines|x", "3: 1|2"));
}

TEST(CsvReader, CutsSpacesAroundBareCells) {
  EXPECT_THAT(Rows("  epoch ,   loss\n"), ElementsAre("1: epoch|loss"));
}

TEST(CsvReader, SkipsEmptyLinesAndTheByteOrderMark) {
  EXPECT_THAT(Rows("\xef\xbb\xbf"
                   "a,b\n\n\n1,2\n"),
              ElementsAre("1: a|b", "4: 1|2"));
}

TEST(CsvReader, KeepsEmptyCellsBetweenTabs) {
  EXPECT_THAT(Rows("a\t\tb\n", {.delimiter = '\t'}), ElementsAre("1: a||b"));
}

TEST(CsvReader, RefusesUtf16) {
  EXPECT_THAT(Rows(std::string_view("\xff\xfe"
                                    "a\0",
                                    4)),
              ElementsAre(HasSubstr("UTF-16")));
}

TEST(CsvReader, RefusesRowsOfTooManyCells) {
  EXPECT_THAT(Rows("a,b\n" + std::string(1000, ','), {.max_cells = 10}),
              ElementsAre("1: a|b", "t.csv: line 2 has more than 10 cells"));
}

TEST(CsvReader, EndsWithTheErrorOfWhoTakesTheRows) {
  const auto source = io::FromMemory("a\nb\nc\n");
  int rows = 0;
  const absl::Status ended = ReadCsv(*source, {}, [&](const CsvRow&) {
    return ++rows < 2 ? absl::OkStatus() : absl::CancelledError("enough");
  });
  EXPECT_TRUE(absl::IsCancelled(ended));
  EXPECT_EQ(rows, 2);
}

TEST(GuessDelimiter, CountsOutsideOfQuotes) {
  EXPECT_EQ(GuessDelimiter("a,b,c\n"), ',');
  EXPECT_EQ(GuessDelimiter("a;b,c;d\n1,2,3,4,5"), ';');
  EXPECT_EQ(GuessDelimiter("a\tb\n"), '\t');
  EXPECT_EQ(GuessDelimiter("\"a;b;c\",d\n"), ',');
  EXPECT_EQ(GuessDelimiter(""), ',');
}

TEST(QuoteJsonWords, QuotesThemOutsideOfStrings) {
  EXPECT_EQ(QuoteJsonWords(R"({"a": NaN, "NaN": -Infinity, "b": "x NaN \" Infinity"})"),
            R"({"a": "NaN", "NaN": "-Infinity", "b": "x NaN \" Infinity"})");
}

TEST(QuoteJsonWords, RefusesMoreLevelsThanAllowed) {
  EXPECT_EQ(QuoteJsonWords("[[NaN], [1]]", 2), "[[\"NaN\"], [1]]");
  EXPECT_EQ(QuoteJsonWords("[[NaN]]", 1), std::nullopt);
  EXPECT_EQ(QuoteJsonWords("[\"[[[\"]", 1), "[\"[[[\"]");
}

}  // namespace
}  // namespace telltale::records
