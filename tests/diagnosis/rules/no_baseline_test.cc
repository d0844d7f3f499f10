#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "lib/base/str.h"
#include "tests/diagnosis/logs.h"

namespace telltale::testing {
namespace no_baseline {

using diagnosis::Severity;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kRule[] = "no-baseline";

// Runs seed1, seed2, ... whose validation loss ends at these values.
Logs Seeds(const Values& ends) {
  Logs logs;
  for (size_t i = 0; i < ends.size(); ++i) {
    const std::string run = StrCat("seed", i + 1);
    const double noise = 0.002 + 1e-5 * static_cast<double>(i);
    logs.Add(StrCat(run, ":train/loss"), Decay(30, 2.3, 0.95 * ends[i], noise));
    logs.Add(StrCat(run, ":val/loss"), Decay(30, 2.3, ends[i], noise));
  }
  return logs;
}

TEST(NoBaseline, MarksAGroupThatNowhereFits) {
  EXPECT_THAT(FindingsOf(kRule, Seeds({1.4, 1.5, 1.45})), SizeIs(1));
  EXPECT_THAT(FindingsOf(kRule, Seeds({1.4, 1.5, 0.2})), IsEmpty()) << "one run fits";
}

}  // namespace no_baseline
}  // namespace telltale::testing
