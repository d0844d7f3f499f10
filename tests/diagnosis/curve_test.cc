#include "lib/diagnosis/curve.h"

#include <cmath>
#include <limits>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/diagnosis/selection.h"
#include "tests/diagnosis/curve_case.h"

namespace telltale::diagnosis {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

model::Series MakeSeries(std::vector<int64_t> steps, std::vector<double> values) {
  model::Series series;
  series.steps.Append(steps);
  series.values.Append(values);
  series.wall_times.Append(std::vector<double>(steps.size(), 0.0));
  return series;
}

TEST(Curve, LaterStepsWinAfterARestart) {
  const Curve curve = Clean(MakeSeries({0, 1, 2, 3, 2, 3, 4}, {9, 8, 7, 6, 5, 4, 3}), {}, "r:t");
  EXPECT_THAT(curve.steps, ElementsAre(0, 1, 2, 3, 4));
  EXPECT_THAT(curve.values, ElementsAre(9, 8, 5, 4, 3));
  EXPECT_EQ(curve.health.regressions, 1U);
  EXPECT_EQ(curve.health.first_regression, 2);
}

TEST(Curve, NonFiniteValuesAreCountedAndDropped) {
  constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
  const Curve curve = Clean(MakeSeries({0, 1, 2, 3}, {1, kNan, HUGE_VAL, 2}), {}, "r:t");
  EXPECT_THAT(curve.values, ElementsAre(1, 2));
  EXPECT_EQ(curve.health.non_finite, 2U);
  EXPECT_EQ(curve.health.first_non_finite->step, 1);
  EXPECT_EQ(curve.health.last_finite_value, 1);
  EXPECT_EQ(curve.health.finite_after, 1U);
}

TEST(Curve, RepeatedStepsKeepTheLastValue) {
  const Curve curve = Clean(MakeSeries({5, 5, 5}, {1, 2, 3}), {}, "r:t");
  EXPECT_THAT(curve.values, ElementsAre(3));
  EXPECT_EQ(curve.health.repeats, 2U);
}

TEST(Curve, CoarseTakesMediansOfBlocks) {
  const Curve curve = Clean(
      MakeSeries({0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, {1, 1, 99, 1, 1, 2, 2, 2, 2, -50}), {}, "r:t");
  const Curve coarse = Coarse(curve, 2);
  EXPECT_THAT(coarse.values, ElementsAre(1, 2));
  EXPECT_THAT(coarse.steps, ElementsAre(4, 9));
}

TEST(Curve, AverageBetweenUsesTheStepsSinceTheLastOne) {
  const Curve fine = Clean(MakeSeries({1, 2, 3, 4, 5, 6}, {1, 3, 5, 7, 9, 11}), {}, "r:t");
  const std::vector<double> means = AverageBetween(fine, std::vector<int64_t>{2, 5, 5, 6});
  EXPECT_THAT(means, ElementsAre(2, 7, ::testing::IsNan(), 11));
}

TEST(Selection, EpochsAndStepsMeetAtTheEnd) {
  const StepMap map =
      MapSteps(std::vector<int64_t>{0, 1, 2, 3}, std::vector<int64_t>{25, 50, 75, 100});
  EXPECT_EQ(map(0), 25);
  EXPECT_EQ(map(3), 100);
  const StepMap same = MapSteps(std::vector<int64_t>{0, 50, 100}, std::vector<int64_t>{1, 2, 90});
  EXPECT_EQ(same(50), 50);
}

TEST(Selection, PrefersTheWholeLossToItsParts) {
  const CurveCase c =
      ParseCurve("train:kl_loss 1 1 1 1\ntrain:loss 5 4 3 2\nvalidation:loss 6 5 4 3");
  const RunView view = MakeRunView(c.experiment, c.grouping.training_runs[0]);
  EXPECT_EQ(view.train_loss->name, "train:loss");
  EXPECT_EQ(view.validation_loss->name, "validation:loss");
}

TEST(Selection, AveragesStepsBetweenEvaluations) {
  const CurveCase c = ParseCurve("train:loss @1:1 8 6 4 2 2 2\nvalidation:loss @2:2 5 4 3");
  const RunView view = MakeRunView(c.experiment, c.grouping.training_runs[0]);
  EXPECT_THAT(view.loss.steps, ElementsAre(2, 4, 6));
  EXPECT_THAT(view.loss.train, ElementsAre(7, 3, 2));
  EXPECT_THAT(view.loss.validation, ElementsAre(5, 4, 3));
}

TEST(Selection, AFinerSeriesOfTheSameLossIsTheStepLevelOne) {
  const CurveCase c =
      ParseCurve("train:epoch_loss @10:10 3 2 1\ntrain:batch_loss @1:1" +
                 Values(30, [](int i) { return 3 - i / 15.0; }) + "\nvalidation:loss @10:10 3 2 1");
  const RunView view = MakeRunView(c.experiment, c.grouping.training_runs[0]);
  EXPECT_EQ(view.train_loss->name, "train:epoch_loss");
  EXPECT_EQ(view.train_loss_steps->name, "train:batch_loss");
}

TEST(Selection, TestDataStandInForValidationData) {
  const CurveCase c = ParseCurve("train:loss 3 2 1\ntest:loss 3 2 1");
  const RunView view = MakeRunView(c.experiment, c.grouping.training_runs[0]);
  ASSERT_NE(view.validation_loss, nullptr);
  EXPECT_EQ(view.loss.size(), 3U);
}

TEST(Selection, SeesLossesThatWorkAgainstEachOther) {
  const CurveCase c = ParseCurve("train:g_loss 1 2 3 4\ntrain:d_loss 1 2 3 4");
  const RunView view = MakeRunView(c.experiment, c.grouping.training_runs[0]);
  EXPECT_EQ(view.meaning, LossMeaning::kAdversarial);
  EXPECT_EQ(view.train_loss, nullptr);
}

TEST(Selection, ParametersAreFoundUnderTheirManyNames) {
  const CurveCase c = ParseCurve(
      "param train train/Learning-Rate 0.01\nparam train batch_size 32\ntrain:loss 1 2 3");
  const RunView view = MakeRunView(c.experiment, c.grouping.training_runs[0]);
  EXPECT_EQ(NumericParam(view, {"lr", "learning_rate"}), 0.01);
  EXPECT_EQ(NumericParam(view, {"batchsize"}), 32);
  EXPECT_EQ(NumericParam(view, {"dropout"}), std::nullopt);
}

TEST(Clean, StepsAtTheEndsOfTheirTypeCanBeSubtracted) {
  model::Series series{.tag = "loss"};
  for (const int64_t step : {INT64_MIN, int64_t{-5}, int64_t{7}, INT64_MAX - 1, INT64_MAX}) {
    series.steps.push_back(step);
    series.values.push_back(static_cast<double>(series.steps.size()));
  }
  const Curve curve = Clean(series, {}, "loss");
  ASSERT_EQ(curve.size(), 4u) << "two of them are too far away to be told apart";
  EXPECT_GT(curve.steps.back() - curve.steps.front(), 0);
  EXPECT_EQ(curve.steps[1], -5);
  EXPECT_EQ(curve.steps[2], 7);
  EXPECT_EQ(curve.values.back(), 5);
}

}  // namespace
}  // namespace telltale::diagnosis
