#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <string>

#include "tests/diagnosis/logs.h"

namespace telltale::testing {
namespace subsampled_or_smoothed {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kRule[] = "subsampled-or-smoothed";

Values Smoothed(Values values, double weight) {
  for (size_t i = 1; i < values.size(); ++i) {
    values[i] = weight * values[i - 1] + (1 - weight) * values[i];
  }
  return values;
}

TEST(SubsampledOrSmoothed, MarksARunningAverage) {
  const Values raw = Decay(600, 2.3, 0.5, 0.1);
  EXPECT_THAT(FindingsOf(kRule, Logs().Add(".:loss", Smoothed(raw, 0.95))), SizeIs(1));
  EXPECT_THAT(FindingsOf(kRule, Logs().Add(".:loss", raw)), IsEmpty());
  EXPECT_THAT(FindingsOf(kRule, Logs().Add(".:loss", Smoothed(raw, 0.3))), IsEmpty());
}

TEST(SubsampledOrSmoothed, AcceptsFullBatchCurves) {
  EXPECT_THAT(FindingsOf(kRule, Logs().Add(".:loss", Decay(600, 2.3, 0.5))), IsEmpty());
}

// A thousand of 3000 steps, as an export keeps them.
TEST(SubsampledOrSmoothed, MarksAReservoir) {
  std::vector<int64_t> steps, regular;
  for (int64_t i = 0; i < 1000; ++i) {
    steps.push_back(3 * i + (i * i) % 3);
    regular.push_back(3 * i);
  }
  const Values values = Decay(1000, 2.3, 0.5, 0.1);
  const auto found = FindingsOf(kRule, Logs().Add(".:loss", steps, Values(1000, 0.0), values));
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_THAT(found[0].summary, HasSubstr("1000 points"));
  EXPECT_THAT(FindingsOf(kRule, Logs().Add(".:loss", regular, Values(1000, 0.0), values)),
              IsEmpty())
      << "every third step is a habit, not a sample";
}

}  // namespace subsampled_or_smoothed
}  // namespace telltale::testing
