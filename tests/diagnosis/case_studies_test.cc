// Trainings that people described in articles and questions, with the figures they gave: what an
// expert answered there is what the diagnosis has to say.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "lib/base/str.h"
#include "lib/diagnosis/engine.h"
#include "lib/model/training_run.h"
#include "tests/diagnosis/curve_case.h"
#include "tests/diagnosis/logs.h"

namespace telltale::testing {
namespace {

using diagnosis::Diagnosis;
using diagnosis::Finding;
using diagnosis::Severity;
using diagnosis::Verdict;
using ::testing::AnyOf;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

std::vector<std::string> IdsFrom(const Diagnosis& d, Severity least = Severity::kWarning) {
  return Ids(d.findings, least);
}

const Finding* Find(const Diagnosis& d, std::string_view id) { return FindById(d.findings, id); }

Logs Both(const Values& train, const Values& validation) {
  return Logs().Add("train:loss", train).Add("validation:loss", validation);
}

// Loss 0.45 to 0.15, validation 0.50 to 0.38 and up again after epoch 15; classes 8:2, no weights.
TEST(MedicalImaging, OverfitsAfterEpoch15) {
  Logs logs = Both(Decay(50, 0.45, 0.15, 0.002, 4),
                   Decay(15, 0.50, 0.38, 0.002, 4) + Line(35, 0.382, 0.47, 0.003));
  const Diagnosis d = Diagnose(logs);
  const Finding* finding = Find(d, "overfitting");
  ASSERT_NE(finding, nullptr);
  EXPECT_NEAR(static_cast<double>(*finding->first_step), 15, 3);
  ASSERT_TRUE(d.best.has_value());
  EXPECT_NEAR(static_cast<double>(d.best->step), 15, 3);
}

// The same with the accuracy that eight of ten in one class give to a model that knows only that.
TEST(MedicalImaging, PointsAtTheClasses) {
  Logs logs = Both(Decay(50, 0.45, 0.15, 0.002, 4),
                   Decay(15, 0.50, 0.38, 0.002, 4) + Line(35, 0.382, 0.47, 0.003));
  logs.Add("train:accuracy", Rounded(Decay(50, 0.80, 0.93, 0.002, 3), 1e-4));
  logs.Add("validation:accuracy", Rounded(Line(50, 0.80, 0.80, 0.0015), 1e-3));
  const Diagnosis d = Diagnose(logs);
  EXPECT_THAT(IdsFrom(d), Contains(AnyOf("overfitting", "class-imbalance")));
  std::string text;
  for (const Finding& f : d.findings) {
    for (const auto* list : {&f.remedies, &f.alternatives}) {
      for (const std::string& line : *list) StrAppend(&text, line, "\n");
    }
  }
  EXPECT_THAT(text, AnyOf(HasSubstr("weight"), HasSubstr("per class")));
}

// Training falls steadily, validation moves in stairs, and more than 0.5 lie between them.
TEST(IndustrialDefects, ValidationIsOfAnotherKind) {
  Values stairs;
  for (const double level : {1.40, 0.95, 1.30, 0.90, 1.25}) {
    stairs = stairs + Line(10, level, level, 0.01);
  }
  const Diagnosis d = Diagnose(Both(Decay(50, 1.2, 0.1, 0.004, 4), stairs));
  ASSERT_NE(Find(d, "validation-mismatch"), nullptr);
  EXPECT_THAT(Find(d, "validation-mismatch")->summary, HasSubstr("stairs"));
}

TEST(TrendTable, BothFallIsLearning) {
  EXPECT_THAT(
      IdsFrom(Diagnose(Both(Decay(40, 2.3, 0.3, 0.006, 9), Decay(40, 2.3, 0.38, 0.006, 9)))),
      IsEmpty());
  // Still falling at the end: train on.
  EXPECT_THAT(IdsFrom(Diagnose(Both(Line(40, 2.3, 0.9, 0.01), Line(40, 2.32, 1.0, 0.01)))),
              Contains(AnyOf("undertrained", "slow-convergence")));
}

TEST(TrendTable, TrainingFallsValidationRisesIsOverfitting) {
  EXPECT_THAT(IdsFrom(Diagnose(Both(Decay(40, 2.3, 0.05, 0.004, 4),
                                    Decay(12, 2.3, 0.8, 0.01, 5) + Line(28, 0.8, 1.5, 0.01)))),
              Contains("overfitting"));
}

TEST(TrendTable, BothFlatIsABottleneck) {
  EXPECT_THAT(
      IdsFrom(Diagnose(Both(Decay(40, 2.3, 1.3, 0.004, 30), Decay(40, 2.3, 1.35, 0.004, 30)))),
      Contains("plateau"));
}

TEST(TrendTable, FlatTrainingWithBetterValidationIsTheDataSet) {
  EXPECT_THAT(IdsFrom(Diagnose(Both(Line(40, 2, 2, 0.004), Decay(40, 2, 1.2, 0.004, 4)))),
              Contains("train-flat-val-improving"));
}

TEST(TrendTable, BothRisingIsStructureOrSettings) {
  const Diagnosis d = Diagnose(Both(Line(40, 1, 1.6, 0.01), Line(40, 1, 1.8, 0.01)));
  EXPECT_EQ(d.verdict, Verdict::kFailing);
  EXPECT_THAT(IdsFrom(d), Contains("loss-increasing"));
}

// AlexNet on some 400 images: 30 for validation, which are the test set too, and a learning rate of
// 0.001 that falls to a tenth after two epochs without progress.
TEST(AlexNet, HasTooFewImagesAndDecaysTooEarly) {
  const Values held_out = Decay(9, 1.6, 1.02, 0.01, 3) + Line(41, 1.01, 0.99, 0.004);
  Logs logs = Both(Line(9, 1.6, 0.95, 0.01) + Line(41, 0.945, 0.94, 0.002), held_out);
  logs.Add("test:loss", held_out);
  logs.Add("train:lr", Values(8, 1e-3) + Values(2, 1e-4) + Values(2, 1e-5) + Values(38, 1e-6));
  logs.Add("validation:accuracy",
           Rounded(Line(9, 0.3, 0.62, 0.05) + Line(41, 0.6, 0.6, 0.02), 1.0 / 30));
  const Diagnosis d = Diagnose(logs);
  EXPECT_THAT(IdsFrom(d), Contains("early-lr-decay"));
  EXPECT_THAT(IdsFrom(d), Contains("tiny-validation"));
  EXPECT_THAT(IdsFrom(d, Severity::kInfo), Contains("suspicious-validation"));
  ASSERT_NE(Find(d, "tiny-validation"), nullptr);
  EXPECT_THAT(Find(d, "tiny-validation")->summary, HasSubstr("3.3 %"));
  ASSERT_NE(Find(d, "early-lr-decay"), nullptr);
  EXPECT_THAT(Find(d, "early-lr-decay")->remedies.front(), HasSubstr("patience 5-10"));
}

// ResNet50, 40000 images in batches of 128, 31 steps an epoch: a tenth of the data. The answer then
// was a model too large; the cause was found later by the asker.
TEST(ResNet50, NeverSeesItsData) {
  Values wild = Decay(20, 1.6, 0.9, 0, 5);
  const Values noise = Noise(20);
  for (size_t i = 0; i < wild.size(); ++i) wild[i] *= std::exp(0.9 * noise[i]);
  Logs logs = Both(Decay(20, 1.5, 0.05, 0.004, 7), wild);
  logs.In("train").Param("steps_per_epoch", 31.0).Param("batch_size", 128.0);
  logs.Param("n_train", 40000.0).Param("validation_steps", 9.0).Param("n_val", 10000.0);
  const Diagnosis d = Diagnose(logs);
  const Finding* finding = Find(d, "partial-epoch");
  ASSERT_NE(finding, nullptr);
  EXPECT_THAT(finding->summary, HasSubstr("3968 of 4e+04"));
  EXPECT_EQ(finding->severity, Severity::kWarning);
  EXPECT_THAT(IdsFrom(d), Contains(AnyOf("noisy-validation", "overfitting", "oscillation")));
}

TEST(OddCurves, LearnsNothing) {
  EXPECT_THAT(IdsFrom(Diagnose(Both(Line(60, 2.303, 2.302, 0.01), Line(60, 2.304, 2.303, 0.01)))),
              Contains("not-learning"));
}

TEST(OddCurves, OverfitsClearlyAndSeverely) {
  const auto turn = [](double end) {
    return Both(Decay(60, 2.3, 0.02, 0.004, 5),
                Decay(15, 2.3, 0.9, 0.01, 5) + Line(45, 0.9, end, 0.01));
  };
  const Diagnosis clear = Diagnose(turn(1.2)), severe = Diagnose(turn(2.4));
  ASSERT_NE(Find(clear, "overfitting"), nullptr);
  EXPECT_THAT(Find(clear, "overfitting")->summary, HasSubstr("clear"));
  ASSERT_NE(Find(severe, "overfitting"), nullptr);
  EXPECT_THAT(Find(severe, "overfitting")->summary, HasSubstr("severe"));
}

TEST(OddCurves, IsNotTrainedToTheEnd) {
  EXPECT_THAT(
      IdsFrom(Diagnose(Both(Decay(60, 2.3, 0.2, 0.01, 1.2), Decay(60, 2.32, 0.25, 0.01, 1.2)))),
      Contains("undertrained"));
}

TEST(OddCurves, StartsSlowlyFromSmallWeights) {
  EXPECT_THAT(IdsFrom(Diagnose(Logs().Add(
                  "train:loss", Line(20, 2.303, 2.300, 0.001) + Decay(40, 2.29, 0.3, 0.004, 8)))),
              Contains("slow-start"));
}

TEST(OddCurves, ClimbsTheGradient) {
  EXPECT_THAT(IdsFrom(Diagnose(Logs().Add("train:loss", Line(60, 2.3, 9, 0.02)))),
              Contains("loss-increasing"));
}

TEST(OddCurves, VanishesIntoNaN) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const Diagnosis d =
      Diagnose(Logs().Add("train:loss", Decay(30, 2.3, 0.6, 0.01) + Values(30, nan)));
  EXPECT_EQ(d.verdict, Verdict::kFailing);
  EXPECT_THAT(IdsFrom(d), Contains("non-finite"));
}

// Without shuffling each pass brings the same hard batches at the same places.
TEST(OddCurves, ReadsTheDataInTheSameOrder) {
  Values loss = Decay(800, 2.3, 0.5, 0.02, 6);
  const Values order = Noise(80, 7);
  for (size_t i = 0; i < loss.size(); ++i) loss[i] *= std::exp(0.25 * order[i % 80]);
  EXPECT_THAT(IdsFrom(Diagnose(Logs().Add(".:loss", loss))), Contains("periodic-loss"));
}

// Five runs, hard to train: a ReLU before the softmax.
TEST(OddCurves, FiveRunsThatEndFarApart) {
  Logs logs;
  const Values ends = {0.4, 1.6, 0.5, 2.0, 1.1};
  for (size_t i = 0; i < ends.size(); ++i) {
    logs.Add(StrCat("seed", i + 1, ":loss"), Decay(40, 2.3, ends[i], 0.01));
  }
  const auto found = FindingsOf("unstable-across-seeds", logs);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_THAT(found[0].remedies.front(), HasSubstr("before the softmax"));
}

// The late, noisy stretch of a good run is no fault.
TEST(OddCurves, FineTuningIsNoFault) {
  const Diagnosis d = Diagnose(Logs().Add(".:loss", Line(600, 0.32, 0.22, 0.05)));
  EXPECT_THAT(IdsFrom(d), Not(Contains(AnyOf("oscillation", "plateau", "not-learning"))));
}

TEST(GoodCurve, IsHealthy) {
  const Diagnosis d =
      Diagnose(Both(Decay(60, 2.3, 0.3, 0.006, 10), Decay(60, 2.3, 0.45, 0.006, 10)));
  EXPECT_EQ(d.verdict, Verdict::kHealthy);
}

}  // namespace
}  // namespace telltale::testing
