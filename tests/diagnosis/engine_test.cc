#include "lib/diagnosis/engine.h"

#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/base/glob.h"
#include "lib/diagnosis/arbitration.h"
#include "tests/diagnosis/curve_case.h"

namespace telltale::diagnosis {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(Engine, GivesTheVerdictOfTheWorstFinding) {
  EXPECT_EQ(VerdictOf({}), Verdict::kHealthy);
  EXPECT_EQ(VerdictOf({{.severity = Severity::kInfo}}), Verdict::kHealthy);
  EXPECT_EQ(VerdictOf({{.severity = Severity::kWarning}}), Verdict::kAttention);
  EXPECT_EQ(VerdictOf({{.severity = Severity::kWarning}, {.severity = Severity::kError}}),
            Verdict::kFailing);
}

TEST(Engine, SaysUndiagnosableWhereThereIsNothingToJudge) {
  EXPECT_EQ(DiagnoseFirst(ParseCurve("train:step_time 1 2 3 4 5")).verdict,
            Verdict::kUndiagnosable);
  EXPECT_EQ(DiagnoseFirst(ParseCurve("train:loss 1 2")).verdict, Verdict::kUndiagnosable);
}

TEST(Engine, NamesTheBestCheckpointByValidation) {
  const Diagnosis d =
      DiagnoseFirst(ParseCurve("train:loss 3 2 1 0.5\nvalidation:loss 3 2.2 2.4 2.5"));
  ASSERT_TRUE(d.best.has_value());
  EXPECT_EQ(d.best->step, 1);
  EXPECT_DOUBLE_EQ(d.best->value, 2.2);
  EXPECT_FALSE(d.best->is_last);
  EXPECT_EQ(d.best->series, "validation:loss");
}

TEST(Engine, NamesTheBestCheckpointByAMetricWithItsDirection) {
  const Diagnosis d =
      DiagnoseFirst(ParseCurve("train:loss 3 2 1 0.5\nvalidation:accuracy 0.3 0.6 0.5 0.4"));
  ASSERT_TRUE(d.best.has_value());
  EXPECT_EQ(d.best->step, 1);
}

TEST(Engine, DerivesCurves) {
  const Diagnosis d = DiagnoseFirst(ParseCurve("train:loss 3 2 1\nvalidation:loss 3.5 2.5 2"));
  ASSERT_EQ(d.curves.size(), 2U);
  EXPECT_EQ(d.curves[0].tag, "telltale/generalization_gap");
  EXPECT_THAT(d.curves[0].values, ElementsAre(0.5, 0.5, 1));
  EXPECT_EQ(d.curves[1].tag, "telltale/val_loss_trend");
}

TEST(Engine, MovesAcceptedFindingsAsideWithTheReason) {
  const Options options{.suppressions = {{.run = "*", .id = "non-*", .reason = "known bad batch"}}};
  const Diagnosis d = DiagnoseFirst(ParseCurve("train:loss 1 0.8 nan 0.6 0.5"), options);
  EXPECT_THAT(Ids(d.findings, Severity::kWarning), IsEmpty());
  ASSERT_EQ(d.suppressed.size(), 1U);
  EXPECT_THAT(d.suppressed[0].summary, HasSubstr("known bad batch"));
}

TEST(Engine, TakesParameters) {
  const std::string text =
      "train:loss 1 0.8 0.6 0.5 0.4 0.3 0.25 0.2\nvalidation:loss 1 0.9 0.8 0.70 0.72 0.74 0.76 "
      "0.78";
  EXPECT_THAT(IdsIn(text), ElementsAre("overfitting"));
  Options strict;
  strict.params["overfitting.rise"] = 0.5;
  EXPECT_THAT(IdsIn(text, strict), IsEmpty());
}

TEST(Engine, IsDeterministic) {
  const CurveCase c = ParseCurve("train:loss 1 0.8 nan 0.6 0.5");
  const Diagnosis a = DiagnoseFirst(c), b = DiagnoseFirst(c);
  EXPECT_EQ(Ids(a.findings), Ids(b.findings));
  EXPECT_EQ(a.findings.front().summary, b.findings.front().summary);
}

TEST(Arbitration, DropsTheConsequenceAndMentionsIt) {
  std::vector<Finding> findings = {{.id = "plateau", .summary = "Flat from step 7."},
                                   {.id = "early-lr-decay", .severity = Severity::kError}};
  Arbitrate(findings);
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].id, "early-lr-decay");
  ASSERT_EQ(findings[0].alternatives.size(), 1U);
  EXPECT_THAT(findings[0].alternatives[0], HasSubstr("Flat from step 7."));
}

TEST(Arbitration, InfoExplainsNothing) {
  std::vector<Finding> findings = {{.id = "plateau"},
                                   {.id = "early-lr-decay", .severity = Severity::kInfo}};
  Arbitrate(findings);
  EXPECT_EQ(findings.size(), 2U);
}

TEST(Arbitration, RanksBySeverityConfidenceAndId) {
  std::vector<Finding> findings = {{.id = "c", .severity = Severity::kInfo, .confidence = 1},
                                   {.id = "b", .severity = Severity::kError, .confidence = 0.5},
                                   {.id = "a", .severity = Severity::kError, .confidence = 0.5},
                                   {.id = "d", .severity = Severity::kError, .confidence = 0.9}};
  Rank(findings);
  EXPECT_THAT(Ids({findings[0]}), ElementsAre("d"));
  EXPECT_EQ(findings[1].id, "a");
  EXPECT_EQ(findings[3].id, "c");
}

}  // namespace
}  // namespace telltale::diagnosis
