#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "lib/base/str.h"
#include "tests/diagnosis/logs.h"

namespace telltale::testing {
namespace seed_variance_high {

using diagnosis::Severity;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kRule[] = "seed-variance-high";

// Runs seed1, seed2, ... whose validation loss ends at these values.
Logs Seeds(const Values& ends) {
  Logs logs;
  for (size_t i = 0; i < ends.size(); ++i) {
    const std::string run = StrCat("seed", i + 1);
    const double noise = 0.002 + 1e-5 * static_cast<double>(i);
    logs.Add(StrCat(run, ":train/loss"), Decay(30, 2.3, 0.8 * ends[i], noise));
    logs.Add(StrCat(run, ":val/loss"), Decay(30, 2.3, ends[i], noise));
  }
  return logs;
}

TEST(SeedVarianceHigh, SaysWhatASmallGainIsWorth) {
  const auto found = FindingsOf(kRule, Seeds({0.40, 0.44, 0.50}));
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_NEAR(found[0].evidence[0].value, 0.47, 0.02);
  ASSERT_TRUE(found[0].evidence[0].low.has_value());
  EXPECT_LT(*found[0].evidence[0].low, found[0].evidence[0].value);
}

TEST(SeedVarianceHigh, AcceptsSeedsThatAgree) {
  EXPECT_THAT(FindingsOf(kRule, Seeds({0.40, 0.41, 0.40})), IsEmpty());
  EXPECT_THAT(FindingsOf(kRule, Seeds({0.40, 0.60})), IsEmpty()) << "two are no group";
}

}  // namespace seed_variance_high
}  // namespace telltale::testing
