#include "lib/annotate/axis.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "lib/report/report.h"

namespace telltale::annotate {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();

// A training run of one run "r" with the series "loss", and what is needed to hold it.
struct OneRun {
  model::Experiment experiment = {};
  model::TrainingRun training_run = {.name = "r", .runs = {0}, .series = {{.run = 0, .series = 0}}};
  diagnosis::Diagnosis diagnosis = {.train_loss = "r:loss"};

  OneRun(std::vector<int64_t> steps, std::vector<double> wall_times, double first = 100,
         double last = 200) {
    model::Run& run = experiment.runs.emplace_back();
    run.name = "r";
    run.first_wall_time = first;
    run.last_wall_time = last;
    model::Series& series = run.series.emplace_back();
    series.tag = "loss";
    series.steps.Append(steps);
    series.wall_times.Append(wall_times);
    for (size_t i = 0; i < steps.size(); ++i) series.values.push_back(0);
  }

  Axis axis() const { return Axis({experiment, training_run, diagnosis}); }
};

// `n` steps 0, 1, ..., all at wall time 100.
OneRun WithSteps(size_t n) {
  std::vector<int64_t> steps;
  for (size_t i = 0; i < n; ++i) steps.push_back(static_cast<int64_t>(i));
  return {steps, std::vector<double>(n, 100.0)};
}

std::vector<double> Values(const std::vector<CurvePoint>& curve) {
  std::vector<double> values;
  for (const CurvePoint& point : curve) values.push_back(point.value);
  return values;
}

TEST(Axis, SortsStepsAndKeepsEachOnce) {
  const OneRun run({5, 1, 3, 1, 5}, {150, 110, 130, 112, 155});
  const Axis axis = run.axis();
  EXPECT_THAT(axis.steps(), ElementsAre(1, 3, 5));
  EXPECT_EQ(axis.WallTime(0), 100);
  EXPECT_EQ(axis.WallTime(1), 112);
  EXPECT_EQ(axis.WallTime(4), 130);
  EXPECT_EQ(axis.WallTime(99), 155);
}

TEST(Axis, WallTimesAreFiniteAndNeverGoBack) {
  const OneRun run({0, 1, 2, 3, 4, 5, 6}, {kNan, 120, 110, kInfinity, -kInfinity, 1e300, -5});
  const Axis axis = run.axis();
  double before = axis.start();
  EXPECT_EQ(before, 100);
  for (int64_t step = -1; step < 9; ++step) {
    const double now = axis.WallTime(step);
    EXPECT_TRUE(now >= before && now <= axis.end()) << step << " at " << now;
    before = now;
  }
  EXPECT_EQ(axis.WallTime(2), 120);
}

TEST(Axis, StartsWhenAllRunsHaveBegun) {
  OneRun run({0}, {150});
  model::Run& later = run.experiment.runs.emplace_back();
  later.first_wall_time = 130;
  later.last_wall_time = 260;
  run.training_run.runs.push_back(1);
  EXPECT_EQ(run.axis().start(), 130);
  EXPECT_EQ(run.axis().end(), 260);
}

TEST(Axis, OfARunWithoutAnything) {
  OneRun run({}, {}, 0, 0);
  EXPECT_THAT(run.axis().steps(), IsEmpty());
  EXPECT_EQ(run.axis().WallTime(7), 0);
  run.training_run.series.clear();
  run.diagnosis.train_loss.clear();
  EXPECT_THAT(run.axis().steps(), IsEmpty());
}

TEST(Sampled, IsInOrderOfStepAndTheLastOfAStepWins) {
  const diagnosis::DerivedCurve curve{.steps = {2, 0, 1, 0}, .values = {2, 9, 1, kNan}};
  const auto sampled = Sampled(curve);
  ASSERT_THAT(sampled, SizeIs(3));
  EXPECT_EQ(sampled[0].step, 0);
  EXPECT_TRUE(std::isnan(sampled[0].value));
  EXPECT_EQ(sampled[1], (CurvePoint{1, 1}));
  EXPECT_EQ(sampled[2], (CurvePoint{2, 2}));
}

TEST(Sampled, ThinsWhatTensorBoardWouldThinAtRandom) {
  diagnosis::DerivedCurve curve;
  for (int64_t i = 0; i < 12'345; ++i) {
    curve.steps.push_back(i);
    curve.values.push_back(static_cast<double>(i));
  }
  const auto sampled = Sampled(curve);
  ASSERT_THAT(sampled, SizeIs(kMostCurvePoints));
  EXPECT_EQ(sampled.front().step, 0);
  EXPECT_EQ(sampled.back().step, 12'344);
}

TEST(Sampled, TakesColumnsOfDifferentLength) {
  EXPECT_THAT(Sampled({.steps = {0, 1}, .values = {7}}), ElementsAre(CurvePoint{0, 7}));
  EXPECT_THAT(Sampled({}), IsEmpty());
}

TEST(ActiveCurve, IsOneInTheRange) {
  const OneRun run = WithSteps(6);
  const StepRange closed[] = {{.first = 2, .last = 4}};
  EXPECT_THAT(Values(ActiveCurve(run.axis(), closed)), ElementsAre(0, 0, 1, 1, 1, 0));
  const StepRange from[] = {{.first = 4}};
  EXPECT_THAT(Values(ActiveCurve(run.axis(), from)), ElementsAre(0, 0, 0, 0, 1, 1));
  const StepRange until[] = {{.last = 1}};
  EXPECT_THAT(Values(ActiveCurve(run.axis(), until)), ElementsAre(1, 1, 0, 0, 0, 0));
  const StepRange two[] = {{.first = 1, .last = 1}, {.first = 4, .last = 5}};
  EXPECT_THAT(Values(ActiveCurve(run.axis(), two)), ElementsAre(0, 1, 0, 0, 1, 1));
  EXPECT_THAT(ActiveCurve(run.axis(), {}), IsEmpty());
}

TEST(ActiveCurve, ShowsARangeBetweenTheStepsOfTheAxis) {
  const OneRun run({0, 100}, {100, 200});
  const StepRange between[] = {{.first = 40, .last = 60}};
  EXPECT_THAT(ActiveCurve(run.axis(), between), ElementsAre(CurvePoint{0, 0}, CurvePoint{40, 1},
                                                            CurvePoint{60, 1}, CurvePoint{100, 0}));
}

TEST(ActiveCurve, OfALongRunKeepsItsEdgesExactly) {
  const OneRun run = WithSteps(100'000);
  const StepRange one_step[] = {{.first = 70'001, .last = 70'001}, {.first = 3}};
  const auto curve = ActiveCurve(run.axis(), std::span(one_step).first(1));
  EXPECT_LE(curve.size(), kMostFindingPoints);
  EXPECT_GT(curve.size(), kMostFindingPoints - 10);
  EXPECT_EQ(curve.front().step, 0);
  EXPECT_EQ(curve.back().step, 99'999);
  std::vector<int64_t> active;
  for (size_t i = 0; i < curve.size(); ++i) {
    if (i > 0) {
      EXPECT_LT(curve[i - 1].step, curve[i].step);
    }
    if (curve[i].value == 1) {
      active.push_back(curve[i].step);
      EXPECT_EQ(curve[i - 1].step, 70'000);
    }
  }
  EXPECT_THAT(active, ElementsAre(70'001));
}

TEST(ActiveCurve, StaysShortWithMoreRangesThanPoints) {
  const OneRun run = WithSteps(10'000);
  std::vector<StepRange> ranges;
  for (int64_t i = 0; i < 5'000; ++i) ranges.push_back({.first = 2 * i, .last = 2 * i});
  EXPECT_LE(ActiveCurve(run.axis(), ranges).size(), kMostFindingPoints);
}

}  // namespace
}  // namespace telltale::annotate
