#include "lib/convert/fit_points.h"

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/not_finite.h"

namespace telltale::convert {
namespace {

using telltale::testing::kInfinity;
using telltale::testing::kNaN;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

struct Point {
  int64_t step;
  double wall_time;
  double value;
};

model::Run RunOfPoints(const std::vector<Point>& points) {
  model::Run run;
  model::Series& series = run.series.emplace_back();
  series.tag = "x";
  for (const Point& point : points) {
    series.steps.push_back(point.step);
    series.wall_times.push_back(point.wall_time);
    series.values.push_back(point.value);
  }
  return run;
}

std::vector<std::string> KindsOf(const Changes& changes) {
  std::vector<std::string> kinds;
  for (const Change& change : changes) kinds.emplace_back(ChangeKindName(change.kind));
  return kinds;
}

TEST(FitPoints, ChangesNothingWhereAllFits) {
  model::Run run = RunOfPoints({{0, 1.00001, -0.0}, {0, 1.00001, -0.0}, {-5, kNaN, kInfinity}});
  Changes changes;
  FitPoints({.custom_axes = true}, run, changes);
  EXPECT_THAT(changes, IsEmpty());
  EXPECT_EQ(run.series[0].size(), 3u);
}

TEST(FitPoints, RoundsValuesAndSaysByHowMuch) {
  model::Run run = RunOfPoints({{0, 1, 0.1}, {1, 2, 0.5}, {2, 3, kNaN}, {3, 4, 1e300}});
  Changes changes;
  FitPoints({.float64 = false}, run, changes);
  EXPECT_THAT(KindsOf(changes), ElementsAre("rounded-values"));
  EXPECT_EQ(changes[0].count, 2u);
  EXPECT_TRUE(changes[0].lost);
  EXPECT_EQ(run.series[0].values[0], static_cast<double>(0.1f));
  EXPECT_EQ(run.series[0].values[3], kInfinity);
  EXPECT_THAT(changes[0].detail, HasSubstr("beyond"));
}

TEST(FitPoints, SaysNothingOfValuesThatAre32BitsAlready) {
  model::Run run = RunOfPoints({{0, 1, static_cast<double>(0.1f)}});
  Changes changes;
  FitPoints({.float64 = false}, run, changes);
  EXPECT_THAT(changes, IsEmpty());
}

TEST(FitPoints, TellsWhatADatabaseTakesForSomethingElse) {
  model::Run run = RunOfPoints({{0, 1, -0.0}, {1, 1, std::numeric_limits<double>::max()}});
  Changes changes;
  FitPoints({.negative_zero = false, .greatest_double = false}, run, changes);
  EXPECT_THAT(KindsOf(changes), ElementsAre("negative-zero", "greatest-double"));
}

TEST(FitPoints, RoundsTimesToTheUnitsThatAReaderDividesBy) {
  model::Run run = RunOfPoints({{0, 1700000000.1234, 1}, {1, 1700000001.5, 2}});
  Changes changes;
  FitPoints({.time_unit = 1e-3}, run, changes);
  EXPECT_EQ(run.series[0].wall_times[0], 1700000000123 / 1000.0);
  EXPECT_THAT(KindsOf(changes), ElementsAre("rounded-times"));
  EXPECT_EQ(changes[0].count, 1u);
}

TEST(FitPoints, DropsWhatIsTheSameTwiceAndOnlyThat) {
  model::Run run =
      RunOfPoints({{0, 1, 5}, {0, 1, 5}, {0, 1, 6}, {0, 2, 5}, {0, 1, kNaN}, {0, 1, kNaN}});
  Changes changes;
  FitPoints({.repeated_points = false}, run, changes);
  EXPECT_THAT(KindsOf(changes), ElementsAre("repeated-points"));
  EXPECT_EQ(changes[0].count, 2u);
  EXPECT_THAT(run.series[0].wall_times.span(), ElementsAre(1, 1, 2, 1));
}

// Two points a tenth of a millisecond apart are not one point.
TEST(FitPoints, KeepsApartWhatRoundingMakesTheSame) {
  model::Run run = RunOfPoints({{0, 1.0001, 5}, {0, 1.0002, 5}, {0, 1.0003, 5}, {0, 1.002, 5}});
  Changes changes;
  FitPoints({.time_unit = 1e-3, .repeated_points = false}, run, changes);
  EXPECT_THAT(KindsOf(changes), ElementsAre("rounded-times"));
  EXPECT_EQ(run.series[0].size(), 4u);
  const auto& times = run.series[0].wall_times;
  EXPECT_EQ(times[0], 1.000);
  EXPECT_EQ(times[1], 1.001);
  EXPECT_EQ(times[2], 1.002);
  EXPECT_EQ(times[3], 1.003);
}

TEST(FitPoints, IsQuickWhenAllPointsAreTheSameButForTheirTimes) {
  std::vector<Point> points;
  for (int i = 0; i < 200000; ++i) points.push_back({0, 1 + i * 1e-9, 0});
  model::Run run = RunOfPoints(points);
  Changes changes;
  FitPoints({.time_unit = 1e-3, .repeated_points = false}, run, changes);
  EXPECT_EQ(run.series[0].size(), 200000u);
  EXPECT_NEAR(run.series[0].wall_times.back(), 201, 1);
}

TEST(FitPoints, ReplacesTimesThatAreNone) {
  model::Run run = RunOfPoints({{0, kNaN, 1}, {1, 5, 1}, {2, kInfinity, 1}, {3, -1, 1}, {4, 7, 1}});
  Changes changes;
  FitPoints({.odd_wall_times = false}, run, changes);
  EXPECT_THAT(run.series[0].wall_times.span(), ElementsAre(5, 5, 5, 5, 7));
  EXPECT_THAT(KindsOf(changes), ElementsAre("odd-times"));
  EXPECT_EQ(changes[0].count, 3u);

  model::Run none = RunOfPoints({{0, kNaN, 1}});
  none.info.start_time = 99;
  FitPoints({.odd_wall_times = false}, none, changes);
  EXPECT_THAT(none.series[0].wall_times.span(), ElementsAre(99));
}

TEST(FitPoints, MakesAnAxisOfItsOwnTheSteps) {
  model::Run run = RunOfPoints({{7, 1, 0.5}, {9, 2, 0.4}});
  run.series[0].axis = "epoch";
  run.series[0].axis_values = {1, 2};
  Changes changes;
  FitPoints({}, run, changes);
  EXPECT_THAT(run.series[0].steps.span(), ElementsAre(1, 2));
  EXPECT_TRUE(run.series[0].axis.empty());
  EXPECT_THAT(KindsOf(changes), ElementsAre("axis"));

  model::Run halves = RunOfPoints({{7, 1, 0.5}, {9, 2, 0.4}});
  halves.series[0].axis = "epoch";
  halves.series[0].axis_values = {0.5, 1};
  FitPoints({}, halves, changes);
  EXPECT_THAT(halves.series[0].steps.span(), ElementsAre(7, 9));
}

TEST(FitPoints, MeasuresTheTimesThatAStepWillShare) {
  model::Run run = RunOfPoints({{0, 1, 0.5}, {1, 2, 0.4}});
  run.series.push_back(RunOfPoints({{0, 1.25, 1}, {1, 2.125, 1}}).series[0]);
  run.series[1].tag = "y";
  Changes changes;
  FitPoints({.time_a_point = false}, run, changes);
  EXPECT_THAT(KindsOf(changes), ElementsAre("shared-times"));
  EXPECT_THAT(changes[0].detail, HasSubstr("0.25 s"));
}

}  // namespace
}  // namespace telltale::convert
