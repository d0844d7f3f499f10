#include "lib/report/plot.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>
#include <utility>
#include <vector>

namespace telltale::report {
namespace {

model::Series SeriesOf(const std::vector<std::pair<int64_t, double>>& points) {
  model::Series series;
  for (const auto& [step, value] : points) {
    series.steps.push_back(step);
    series.wall_times.push_back(0);
    series.values.push_back(value);
  }
  return series;
}

std::string Drawn(const std::vector<model::Series>& curves, size_t columns) {
  std::vector<const model::Series*> pointers;
  for (const auto& curve : curves) pointers.push_back(&curve);
  const auto plot = DrawPlot(pointers, columns);
  if (!plot) return "nothing";
  std::string out;
  for (const auto& row : plot->rows) {
    if (!out.empty()) out += "\n";
    for (const Cell& cell : row) out += Glyph(cell);
  }
  return out;
}

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kInf = std::numeric_limits<double>::infinity();

TEST(Plot, MapsValuesToLevels) {
  EXPECT_EQ(Drawn({SeriesOf({{0, 0}, {1, 1}, {2, 2}, {3, 3}, {4, 4}, {5, 5}, {6, 6}, {7, 7}})}, 8),
            "▁▂▃▄▅▆▇█");
}

TEST(Plot, SharesTheAxesBetweenCurves) {
  EXPECT_EQ(Drawn({SeriesOf({{0, 4}, {3, 0}}), SeriesOf({{0, 4}, {3, 2}})}, 4), "█▆▃▁\n█▇▆▅");
}

TEST(Plot, MarksWhatIsNotFinite) {
  EXPECT_EQ(Drawn({SeriesOf({{0, 1}, {1, 2}, {2, kNan}, {3, kInf}, {4, 1}})}, 5), "▁█××▁");
  EXPECT_EQ(Drawn({SeriesOf({{0, kNan}, {1, kNan}})}, 8), "××××××××");
}

TEST(Plot, DrawsALineBetweenSparsePoints) {
  EXPECT_EQ(Drawn({SeriesOf({{0, 0}, {1, 7}})}, 8), "▁▂▃▄▅▆▇█");
}

TEST(Plot, DrawsNoLineAcrossAGapOfNaN) {
  EXPECT_EQ(Drawn({SeriesOf({{0, 1}, {4, kNan}, {8, 1}})}, 9), "▅   ×   ▅");
}

TEST(Plot, KeepsASpikeThatAMedianWouldHide) {
  std::vector<std::pair<int64_t, double>> points;
  for (int i = 0; i < 1000; ++i) points.emplace_back(i, i == 500 ? 20 : 1 + (i % 2) * 0.1);
  const std::string row = Drawn({SeriesOf(points)}, 10);
  EXPECT_NE(row.find("█"), std::string::npos) << row;
}

TEST(Plot, UsesALogScaleWhereALinearOneShowsOnlyTheTop) {
  EXPECT_EQ(Drawn({SeriesOf({{0, 1}, {1, 10}, {2, 100}})}, 3), "▁▅█");
  EXPECT_EQ(Drawn({SeriesOf({{0, -1}, {1, 10}, {2, 100}})}, 3), "▁▁█");
  // One curve falls to almost nothing, the other does not: it is the other's rise that matters.
  EXPECT_EQ(
      Drawn({SeriesOf({{0, 2}, {1, 0.5}, {2, 0.01}}), SeriesOf({{0, 2}, {1, 1}, {2, 1.6}})}, 3),
      "█▂▁\n█▄▇");
}

TEST(Plot, HoldsAtTheEndsOfItsTypes) {
  constexpr auto kMin = std::numeric_limits<int64_t>::min();
  constexpr auto kMax = std::numeric_limits<int64_t>::max();
  constexpr double kHuge = std::numeric_limits<double>::max();
  EXPECT_EQ(Drawn({SeriesOf({{kMin, -kHuge}, {0, 0}, {kMax, kHuge}})}, 3), "▁▅█");
  EXPECT_EQ(Drawn({SeriesOf({{5, 1}})}, 10), "▅");
  EXPECT_EQ(Drawn({SeriesOf({{5, 1}, {5, 3}})}, 10), "▅");
}

TEST(Plot, OfNothingIsNothing) {
  EXPECT_EQ(Drawn({}, 10), "nothing");
  EXPECT_EQ(Drawn({SeriesOf({})}, 10), "nothing");
  EXPECT_EQ(Drawn({SeriesOf({{0, 1}})}, 0), "nothing");
}

TEST(Plot, ColumnOfClampsToThePlot) {
  const model::Series series = SeriesOf({{10, 1}, {20, 2}});
  const model::Series* const curves[] = {&series};
  const auto plot = DrawPlot(curves, 8);
  ASSERT_TRUE(plot.has_value());
  EXPECT_EQ(plot->ColumnOf(-5), 0u);
  EXPECT_EQ(plot->ColumnOf(15), 4u);
  EXPECT_EQ(plot->ColumnOf(99), 7u);
}

}  // namespace
}  // namespace telltale::report
