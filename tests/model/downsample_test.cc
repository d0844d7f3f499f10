#include "lib/model/downsample.h"

#include <cmath>
#include <limits>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace telltale::model {
namespace {

Series Wave(size_t n) {
  Series series;
  for (size_t i = 0; i < n; ++i) {
    series.steps.push_back(static_cast<int64_t>(i) * 10);
    series.wall_times.push_back(1000.0 + static_cast<double>(i));
    series.values.push_back(std::sin(static_cast<double>(i) / 30));
  }
  return series;
}

TEST(Downsample, KeepsTheEndsAndTheNumberAskedFor) {
  for (const auto method : {DownsampleMethod::kLargestTriangle, DownsampleMethod::kMinMax}) {
    for (const size_t most : {size_t{2}, size_t{3}, size_t{10}, size_t{101}}) {
      Series series = Wave(1000);
      const size_t dropped = Downsample({.method = method, .points = most}, series);
      EXPECT_EQ(series.size() + dropped, 1000u);
      EXPECT_LE(series.size(), most);
      EXPECT_GE(series.size(), most - (method == DownsampleMethod::kMinMax ? most / 2 : 0));
      EXPECT_EQ(series.steps.front(), 0);
      EXPECT_EQ(series.steps.back(), 9990);
      ASSERT_EQ(series.steps.size(), series.wall_times.size());
      for (size_t i = 0; i < series.size(); ++i) {
        // Whole points, not pieces of different ones.
        EXPECT_EQ(series.wall_times[i], 1000.0 + static_cast<double>(series.steps[i] / 10));
      }
    }
  }
}

TEST(Downsample, LeavesShortSeriesAlone) {
  Series series = Wave(10);
  EXPECT_EQ(Downsample({.points = 10}, series), 0u);
  EXPECT_EQ(series.size(), 10u);
  EXPECT_EQ(Downsample({}, series), 0u);
}

TEST(Downsample, LosesNoSpikeWithMinMax) {
  Series series = Wave(10000);
  series.values.Mutable()[4321] = 50;
  series.values.Mutable()[777] = -50;
  Downsample({.method = DownsampleMethod::kMinMax, .points = 20}, series);
  EXPECT_THAT(series.values.span(), ::testing::Contains(50));
  EXPECT_THAT(series.values.span(), ::testing::Contains(-50));
}

TEST(Downsample, ChoosesThePointThatChangesTheCurveMost) {
  Series series = Wave(1000);
  for (double& v : series.values.Mutable()) v = 0;
  series.values.Mutable()[503] = 1;
  Downsample({.points = 5}, series);
  EXPECT_THAT(series.values.span(), ::testing::Contains(1));
}

TEST(Downsample, KeepsEveryValueThatIsNotFinite) {
  Series series = Wave(1000);
  series.values.Mutable()[0] = std::numeric_limits<double>::quiet_NaN();
  series.values.Mutable()[400] = std::numeric_limits<double>::infinity();
  series.values.Mutable()[999] = -std::numeric_limits<double>::infinity();
  for (const auto method : {DownsampleMethod::kLargestTriangle, DownsampleMethod::kMinMax}) {
    Series copy = series;
    Downsample({.method = method, .points = 6}, copy);
    EXPECT_TRUE(std::isnan(copy.values[0]));
    EXPECT_EQ(copy.steps.back(), 9990);
    EXPECT_THAT(copy.steps.span(), ::testing::Contains(4000));
    EXPECT_LE(copy.size(), 9u);
  }
}

TEST(Downsample, AcceptsAllNaNAndStepsThatGoBack) {
  Series series = Wave(100);
  for (double& v : series.values.Mutable()) v = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(Downsample({.points = 5}, series), 0u);
  series = Wave(100);
  series.steps.Mutable()[50] = -7;
  Downsample({.points = 5}, series);
  EXPECT_EQ(series.size(), 5u);
}

TEST(ParseDownsampling, ReadsMethodAndNumber) {
  EXPECT_EQ(ParseDownsampling("500")->points, 500u);
  EXPECT_EQ(ParseDownsampling("lttb:2")->method, DownsampleMethod::kLargestTriangle);
  EXPECT_EQ(ParseDownsampling("minmax:9")->method, DownsampleMethod::kMinMax);
  for (const char* bad : {"", "1", "lttb", "lttb:", "mean:5", "minmax:x", "lttb:-3"}) {
    EXPECT_FALSE(ParseDownsampling(bad).ok()) << bad;
  }
}

}  // namespace
}  // namespace telltale::model
