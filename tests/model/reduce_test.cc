#include "lib/model/reduce.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace telltale::model {
namespace {

using ::testing::DoubleNear;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

Series SeriesOf(std::initializer_list<std::pair<int64_t, double>> points) {
  Series series{.tag = "x"};
  for (const auto& [step, value] : points) {
    series.steps.push_back(step);
    series.wall_times.push_back(100 + static_cast<double>(step));
    series.values.push_back(value);
  }
  return series;
}

ReducedSeries ReducedOf(const std::vector<Series>& series, StepsOf steps) {
  std::vector<const Series*> members;
  for (const Series& each : series) members.push_back(&each);
  return Reduce(members, steps);
}

TEST(Reduce, GivesTheStatisticsOfEqualSteps) {
  const auto reduced = ReducedOf(
      {SeriesOf({{0, 1}, {1, 10}}), SeriesOf({{0, 2}, {1, 20}}), SeriesOf({{0, 6}, {1, 30}})},
      StepsOf::kInterpolated);
  EXPECT_THAT(reduced.steps, ElementsAre(0, 1));
  EXPECT_THAT(reduced.mean, ElementsAre(3, 20));
  EXPECT_THAT(reduced.deviation, ElementsAre(DoubleNear(std::sqrt(7.0), 1e-12), 10));
  EXPECT_THAT(reduced.least, ElementsAre(1, 10));
  EXPECT_THAT(reduced.greatest, ElementsAre(6, 30));
  EXPECT_THAT(reduced.median, ElementsAre(2, 20));
  EXPECT_THAT(reduced.wall_times, ElementsAre(100, 101));
  EXPECT_THAT(reduced.members, ElementsAre(3, 3));
}

TEST(Reduce, StepsNeedNotBeEqual) {
  const std::vector<Series> series = {SeriesOf({{0, 0}, {10, 10}}), SeriesOf({{5, 7}, {15, 27}})};
  const auto between = ReducedOf(series, StepsOf::kInterpolated);
  EXPECT_THAT(between.steps, ElementsAre(0, 5, 10, 15));
  EXPECT_THAT(between.mean, ElementsAre(0, 6, 13.5, 27)) << "never beyond a member's ends";
  EXPECT_THAT(between.members, ElementsAre(1, 2, 2, 1));
  EXPECT_THAT(ReducedOf(series, StepsOf::kAll).steps, IsEmpty());
  EXPECT_THAT(ReducedOf(series, StepsOf::kAny).mean, ElementsAre(0, 7, 10, 27));
}

TEST(Reduce, LeavesOutWhereMostMembersHaveEnded) {
  const auto reduced = ReducedOf(
      {SeriesOf({{0, 1}, {9, 1}}), SeriesOf({{0, 1}, {5, 1}}), SeriesOf({{0, 1}, {5, 1}})},
      StepsOf::kInterpolated);
  EXPECT_THAT(reduced.steps, ElementsAre(0, 5));
}

TEST(Reduce, CountsWhatIsNotFiniteAndTakesTheLastOfAStep) {
  const auto reduced = ReducedOf(
      {SeriesOf({{0, 1}, {1, NAN}, {2, INFINITY}, {0, 3}}), SeriesOf({{0, 5}})}, StepsOf::kAll);
  EXPECT_THAT(reduced.steps, ElementsAre(0));
  EXPECT_THAT(reduced.mean, ElementsAre(4));
  EXPECT_EQ(reduced.left_out, 2u);
}

TEST(Reduce, StepsAtTheEndsOfTheirType) {
  constexpr int64_t kLeast = std::numeric_limits<int64_t>::min();
  constexpr int64_t kMost = std::numeric_limits<int64_t>::max();
  const auto reduced =
      ReducedOf({SeriesOf({{kLeast, 0}, {kMost, 2}}), SeriesOf({{0, 1}})}, StepsOf::kInterpolated);
  ASSERT_THAT(reduced.steps, ElementsAre(kLeast, 0, kMost));
  EXPECT_NEAR(reduced.mean[1], 1, 1e-9);
}

TEST(Reduce, TheOrderOfMembersDoesNotMatter) {
  std::vector<Series> series = {SeriesOf({{0, 0.1}}), SeriesOf({{0, 0.2}}), SeriesOf({{0, 0.3}})};
  const auto one = ReducedOf(series, StepsOf::kAll);
  std::swap(series[0], series[2]);
  EXPECT_EQ(ReducedOf(series, StepsOf::kAll).mean, one.mean);
}

}  // namespace
}  // namespace telltale::model
