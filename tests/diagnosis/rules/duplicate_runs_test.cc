#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "lib/base/str.h"
#include "tests/diagnosis/logs.h"

namespace telltale::testing {
namespace duplicate_runs {

using diagnosis::Severity;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kRule[] = "duplicate-runs";

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

TEST(DuplicateRuns, NamesTheCopies) {
  Logs logs = Seeds({0.4, 0.41, 0.42});
  Logs copies;
  for (const char* run : {"seed1", "seed2", "seed3"}) {
    copies.Add(StrCat(run, ":train/loss"), Decay(30, 2, run[4] == '3' ? 0.5 : 0.4));
  }
  const auto found = FindingsOf(kRule, copies);
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].severity, Severity::kWarning);
  EXPECT_THAT(found[0].summary, HasSubstr("seed1, seed2"));
  EXPECT_THAT(FindingsOf(kRule, logs), IsEmpty());
}

TEST(DuplicateRuns, DoesNotTakeConstantsForCopies) {
  Logs logs;
  for (const char* run : {"seed1", "seed2", "seed3"}) {
    logs.Add(StrCat(run, ":train/loss"), Values(30, 0.5));
  }
  EXPECT_THAT(FindingsOf(kRule, logs), IsEmpty());
}

}  // namespace duplicate_runs
}  // namespace telltale::testing
