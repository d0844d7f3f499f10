#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "lib/base/str.h"
#include "tests/diagnosis/logs.h"

namespace telltale::testing {
namespace run_outlier {

using diagnosis::Severity;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kRule[] = "run-outlier";

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

TEST(RunOutlier, NamesTheRunApart) {
  const auto found = FindingsOf(kRule, Seeds({0.40, 0.41, 0.40, 1.5, 0.42}));
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_THAT(found[0].summary, HasSubstr("seed4"));
}

TEST(RunOutlier, AcceptsBetterRunsAndScatter) {
  EXPECT_THAT(FindingsOf(kRule, Seeds({0.40, 0.41, 0.40, 0.1, 0.42})), IsEmpty());
  EXPECT_THAT(FindingsOf(kRule, Seeds({0.40, 0.45, 0.5, 0.55, 0.6})), IsEmpty());
  EXPECT_THAT(FindingsOf(kRule, Seeds({0.4, 0.4, 1.5})), IsEmpty()) << "three are too few";
}

}  // namespace run_outlier
}  // namespace telltale::testing
