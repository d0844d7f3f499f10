// Expected values are from SciPy 1.17.1 or worked out by hand.
#include "lib/diagnosis/stats.h"

#include <cmath>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/diagnosis/curve_case.h"

namespace telltale::diagnosis {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const std::vector<double> kFalling = {3.1, 2.9, 2.7, 2.8, 2.2, 2.4, 1.9, 1.7, 1.8, 1.2};
const std::vector<double> kTied = {1, 2, 2, 3, 1, 4, 4, 4, 6, 5};

std::vector<double> White(int n, double scale = 1) {
  std::vector<double> out;
  for (int i = 0; i < n; ++i) out.push_back(scale * Noise(i));
  return out;
}

TEST(Stats, MedianAndQuantile) {
  EXPECT_TRUE(std::isnan(Median({})));
  EXPECT_DOUBLE_EQ(Median(std::vector<double>{5}), 5);
  EXPECT_DOUBLE_EQ(Median(std::vector<double>{4, 1, 3, 2}), 2.5);
  EXPECT_DOUBLE_EQ(Quantile(kFalling, 0.3), 1.87);
  EXPECT_DOUBLE_EQ(Quantile(kFalling, 1), 3.1);
}

TEST(Stats, MedianDeviationIgnoresAnOutlier) {
  EXPECT_DOUBLE_EQ(MedianDeviation(std::vector<double>{1, 2, 3, 4, 5, 6, 1e9}), 1.4826 * 2);
}

TEST(Stats, NoiseIsThatOfWhiteNoiseAndNotOfATrendOrABend) {
  std::vector<double> values = White(2000);
  const double flat = DifferenceNoise(values);
  EXPECT_NEAR(flat, 1 / std::sqrt(3.0), 0.08);  // of a uniform on [-1, 1)
  for (size_t i = 0; i < values.size(); ++i) {
    values[i] += 0.05 * static_cast<double>(i) + 50 * std::exp(-static_cast<double>(i) / 400);
  }
  EXPECT_NEAR(DifferenceNoise(values), flat, 0.1 * flat);
  EXPECT_EQ(DifferenceNoise(std::vector<double>{1, 5}), 0);
  EXPECT_EQ(DifferenceNoise(std::vector<double>{2, 2, 2, 2}), 0);
}

TEST(Stats, RollingMedianShrinksAtTheEnds) {
  EXPECT_THAT(RollingMedian(std::vector<double>{9, 1, 8, 2, 7}, 3), ElementsAre(9, 8, 2, 7, 7));
  EXPECT_THAT(RollingMedian(std::vector<double>{9, 1, 8, 2, 7}, 5), ElementsAre(9, 8, 7, 7, 7));
  EXPECT_THAT(RollingMedian({}, 3), IsEmpty());
}

TEST(Stats, WindowIsOddAndBounded) {
  EXPECT_EQ(LevelWindow(5), 3U);
  EXPECT_EQ(LevelWindow(100), 5U);
  EXPECT_EQ(LevelWindow(120), 7U);
  EXPECT_EQ(LevelWindow(10'000'000), kLongestWindow);
}

TEST(Stats, BlockMeans) {
  EXPECT_THAT(BlockMeans(std::vector<double>{1, 3, 5, 7}, 2), ElementsAre(2, 6));
  EXPECT_THAT(BlockMeans(std::vector<double>{1, 3}, 5), ElementsAre(1, 3));
}

TEST(Stats, AutocorrelationByHand) {
  EXPECT_NEAR(Autocorrelation(std::vector<double>{1, 3, 2, 5, 4, 6, 8, 7}, 1), 0.49404761904761907,
              1e-12);
  EXPECT_EQ(Autocorrelation(std::vector<double>{1, 1, 1}, 1), 0);
  EXPECT_EQ(Autocorrelation(std::vector<double>{1, 2}, 5), 0);
}

TEST(Stats, TheilSenAsScipy) {
  const Slope slope = TheilSen(kFalling);
  EXPECT_NEAR(slope.value, -0.2, 1e-12);
  EXPECT_LT(slope.low, slope.value);
  EXPECT_GT(slope.high, slope.value);
  EXPECT_LT(slope.high, 0);
}

TEST(Stats, TheilSenOfMillionsIsThatOfTheirBlocks) {
  std::vector<double> values(1'000'000);
  for (size_t i = 0; i < values.size(); ++i) values[i] = -1e-6 * static_cast<double>(i);
  EXPECT_NEAR(TheilSen(values).value, -1e-6, 1e-12);
}

TEST(Stats, MannKendallAsScipysTau) {
  EXPECT_NEAR(MannKendall(kFalling).tau, -0.8666666666666666, 1e-12);
  EXPECT_NEAR(MannKendall(kTied).tau, 32.0 / 45, 1e-12);
  EXPECT_EQ(MannKendall(std::vector<double>{2, 2, 2, 2, 2}).z, 0);
  EXPECT_LT(MannKendall(kFalling).p, 0.01);
  EXPECT_GT(MannKendall(White(200)).p, 0.01);
}

TEST(Stats, AutocorrelatedNoiseIsNoTrend) {
  // A random walk of 400 steps: taken as independent points, its Kendall z is far beyond 5.
  std::vector<double> walk(400, 0.0);
  for (size_t i = 1; i < walk.size(); ++i) walk[i] = walk[i - 1] + Noise(static_cast<int>(i) + 3);
  EXPECT_LT(EffectiveSampleSize(walk), 60);
  EXPECT_GT(EffectiveSampleSize(White(400)), 250);
}

TEST(Stats, SpearmanAsScipy) {
  EXPECT_NEAR(Spearman(kFalling, kTied), -0.75321558301958, 1e-12);
  EXPECT_EQ(Spearman(kFalling, std::vector<double>(10, 1.0)), 0);
}

TEST(Stats, FlatIsShownAndNotAssumed) {
  std::vector<double> values = White(200, 0.01);
  EXPECT_TRUE(TestFlat(values, 0.02).flat);
  EXPECT_FALSE(TestFlat(values, 0.0001).flat);
  for (size_t i = 0; i < values.size(); ++i) values[i] -= 0.0005 * static_cast<double>(i);
  EXPECT_FALSE(TestFlat(values, 0.02).flat);
  EXPECT_FALSE(TestFlat(std::vector<double>{1, 1, 1}, 1).flat);
}

TEST(Stats, ChangePointsFindAStep) {
  std::vector<double> values = White(60, 0.1);
  for (size_t i = 30; i < values.size(); ++i) values[i] += 1;
  EXPECT_THAT(ChangePoints(values, 0.06), ElementsAre(30));
  EXPECT_THAT(ChangePoints(White(60, 0.1), 0.06), IsEmpty());
  EXPECT_THAT(ChangePoints(values, 0), IsEmpty());
}

TEST(Stats, RecoversTheSizeOfTheEvaluationSet) {
  std::vector<double> shares;
  for (const int hits : {3, 11, 17, 19, 23, 25, 26})
    shares.push_back(static_cast<float>(hits) / 30.0F);
  ASSERT_TRUE(RecoverEvaluationSize(shares).has_value());
  EXPECT_EQ(RecoverEvaluationSize(shares)->n, 30U);
  shares.clear();
  for (const int hits : {101, 233, 357, 371, 389})
    shares.push_back(std::round(1e4 * hits / 417.0) / 1e4);
  ASSERT_TRUE(RecoverEvaluationSize(shares).has_value());
  EXPECT_EQ(RecoverEvaluationSize(shares)->n, 417U);
}

TEST(Stats, SizeOfTheEvaluationSetNeedsFourValues) {
  EXPECT_FALSE(RecoverEvaluationSize(std::vector<double>{0, 0.5, 0.25, 1, 0.5}).has_value());
}

TEST(Stats, StandardErrorIsBinomial) {
  const auto size = RecoverEvaluationSize(std::vector<double>{0.4, 0.45, 0.5, 0.55, 0.6});
  ASSERT_TRUE(size.has_value());
  EXPECT_EQ(size->n, 20U);
  EXPECT_NEAR(size->standard_error, std::sqrt(0.25 / 20), 1e-12);
}

TEST(Stats, FindsAPeriod) {
  std::vector<double> values = White(300, 0.3);
  for (size_t i = 0; i < values.size(); ++i) values[i] += i % 17 < 8 ? 1 : -1;
  const Period period = FindPeriod(values, 4);
  EXPECT_EQ(period.lag, 17U);
  EXPECT_GT(period.correlation, 0.7);
  EXPECT_LT(FindPeriod(White(300), 4).correlation, 0.3);
  EXPECT_EQ(FindPeriod(White(8), 4).lag, 0U);
  // A slow wave with a little noise has local peaks everywhere, and no period.
  std::vector<double> wave = White(600, 0.01);
  for (size_t i = 0; i < wave.size(); ++i) wave[i] += std::cos(static_cast<double>(i) / 300);
  EXPECT_LT(FindPeriod(wave, 4).correlation, 0.3);
}

}  // namespace
}  // namespace telltale::diagnosis
