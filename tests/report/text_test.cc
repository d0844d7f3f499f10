#include "lib/report/text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "lib/base/text.h"
#include "tests/report/sample.h"
#include "tests/support/golden.h"

namespace telltale::report {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string Whole(const Sample& sample, TextOptions options) {
  options.name_width = NameWidth(sample.paths(), options.width);
  Blocks blocks;
  std::string out;
  for (size_t i = 0; i < sample.diagnoses.size(); ++i) {
    out += blocks.Add(TextOf(sample.run(i), options));
  }
  for (size_t i = 0; i < sample.grouping.groups.size(); ++i) {
    out += blocks.Add(
        TextOf(GroupReport{sample.grouping, sample.grouping.groups[i], sample.group_findings[i]},
               options));
  }
  out += blocks.Add(ProblemsText(sample.paths(), options));
  return out + blocks.AddApart(SummaryText(sample.paths(), options));
}

class TextAtWidth : public ::testing::TestWithParam<size_t> {};

TEST_P(TextAtWidth, IsTheGoldenText) {
  telltale::testing::ExpectGolden(
      Whole(MakeSample(), {.width = GetParam()}),
      absl::StrCat("tests/report/golden/diagnosis_", GetParam(), ".txt"));
}

TEST_P(TextAtWidth, KeepsToTheWidth) {
  for (const Detail detail : {Detail::kBrief, Detail::kNormal, Detail::kVerbose}) {
    const std::string text = Whole(MakeSample(), {.width = GetParam(), .detail = detail});
    for (const std::string& line : std::vector<std::string>(absl::StrSplit(text, '\n'))) {
      EXPECT_LE(DisplayWidth(line), GetParam()) << line;
      EXPECT_FALSE(line.ends_with(' ')) << "'" << line << "'";
    }
  }
}

TEST_P(TextAtWidth, InspectIsTheGoldenText) {
  telltale::testing::ExpectGolden(InspectText(MakeSample().path(), {.width = GetParam()}),
                                  absl::StrCat("tests/report/golden/inspect_", GetParam(), ".txt"));
}

INSTANTIATE_TEST_SUITE_P(Text, TextAtWidth, ::testing::Values(60, 80, 140),
                         ::testing::PrintToStringParamName());

TEST(Text, VerboseIsTheGoldenText) {
  telltale::testing::ExpectGolden(Whole(MakeSample(), {.width = 80, .detail = Detail::kVerbose}),
                                  "tests/report/golden/diagnosis_verbose.txt");
}

TEST(Text, BriefIsOneLineATrainingRun) {
  const Sample sample = MakeSample();
  for (size_t i = 0; i < sample.diagnoses.size(); ++i) {
    const std::string text = TextOf(sample.run(i), {.detail = Detail::kBrief});
    EXPECT_EQ(text.find('\n'), text.size() - 1) << text;
  }
}

TEST(Text, WhatIsKeptInShortIsEnoughForALine) {
  const Sample sample = MakeSample();
  std::vector<diagnosis::Diagnosis> kept;
  for (size_t i = 0; i < sample.grouping.training_runs.size(); ++i) {
    const RunReport whole = sample.run(i);
    kept.push_back(InShort(whole.diagnosis));
    const TextOptions options{.detail = Detail::kBrief, .name_width = 20};
    EXPECT_EQ(TextOf(RunReport{whole.experiment, whole.training_run, kept.back()}, options),
              TextOf(whole, options));
    EXPECT_LE(kept.back().not_assessable.size(), 1u);
  }
  const PathReport in_short{sample.experiment, sample.grouping, kept, sample.group_findings};
  const PathReport whole = sample.path();
  EXPECT_EQ(SummaryText(std::span(&in_short, 1), {}), SummaryText(std::span(&whole, 1), {}));
}

TEST(Text, HasNoEscapeSequencesWithoutColor) {
  EXPECT_THAT(Whole(MakeSample(), {.detail = Detail::kVerbose}), Not(HasSubstr("\x1b")));
}

TEST(Text, InColorIsTheSameText) {
  std::string colored = Whole(MakeSample(), {.color = Color::kAlways});
  EXPECT_THAT(colored, HasSubstr("\x1b[31m"));
  for (const std::string code : {"0", "1", "2", "31", "32", "33", "34"}) {
    const std::string sequence = "\x1b[" + code + "m";
    for (size_t at; (at = colored.find(sequence)) != std::string::npos;) {
      colored.erase(at, sequence.size());
    }
  }
  EXPECT_EQ(colored, Whole(MakeSample(), {}));
}

TEST(Text, ShowsHostileNamesWithoutObeyingThem) {
  const Sample sample = MakeHostileSample();
  for (const Detail detail : {Detail::kBrief, Detail::kNormal, Detail::kVerbose}) {
    const std::string text =
        Whole(sample, {.detail = detail}) + InspectText(sample.path(), {.detail = detail});
    for (const char c : text) EXPECT_TRUE(c == '\n' || static_cast<unsigned char>(c) >= 0x20);
    EXPECT_THAT(text, Not(HasSubstr("\u202e")));
    EXPECT_THAT(text, Not(HasSubstr("\xc2\x9b")));
    EXPECT_THAT(text, Not(HasSubstr("\xff")));
  }
}

TEST(Text, OfManyProblemsStopsAtTwenty) {
  Sample sample = MakeSample();
  sample.experiment.problems.assign(25, {.path = "x", .message = "y"});
  EXPECT_THAT(ProblemsText(sample.paths(), {}), HasSubstr("and 5 more"));
  EXPECT_THAT(ProblemsText(sample.paths(), {.detail = Detail::kVerbose}), Not(HasSubstr("more")));
}

}  // namespace
}  // namespace telltale::report
