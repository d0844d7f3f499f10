#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "lib/base/str.h"
#include "tests/diagnosis/logs.h"

namespace telltale::testing {
namespace sweep_edge {

using diagnosis::Severity;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kRule[] = "sweep-edge";

// Runs run1, run2, ... with a hyper-parameter each, whose validation loss ends at these values.
Logs Sweep(const std::string& name, const Values& values, const Values& ends) {
  Logs logs;
  for (size_t i = 0; i < ends.size(); ++i) {
    const std::string run = StrCat("run", i + 1);
    logs.Add(StrCat(run, ":train/loss"), Decay(30, 2.3, 0.8 * ends[i]));
    logs.Add(StrCat(run, ":val/loss"), Decay(30, 2.3, ends[i]));
    logs.Param(name, values[i]);
  }
  return logs;
}

TEST(SweepEdge, SuggestsAValueBeyondTheEdge) {
  const auto found = FindingsOf(kRule, Sweep("lr", {0.001, 0.01, 0.1}, {0.9, 0.6, 0.4}));
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_THAT(found[0].summary, HasSubstr("highest of the 3"));
  EXPECT_THAT(found[0].remedies[0], HasSubstr("Try 1 next"));
}

TEST(SweepEdge, AcceptsAnOptimumInside) {
  EXPECT_THAT(FindingsOf(kRule, Sweep("lr", {0.001, 0.01, 0.1}, {0.9, 0.4, 0.6})), IsEmpty());
  EXPECT_THAT(FindingsOf(kRule, Sweep("lr", {0.001, 0.01, 0.1}, {0.4, 0.4, 0.6})), IsEmpty());
}

TEST(SweepEdge, NeedsThreeValues) {
  EXPECT_THAT(FindingsOf(kRule, Sweep("lr", {0.01, 0.01, 0.1}, {0.9, 0.8, 0.4})), IsEmpty());
}

}  // namespace sweep_edge
}  // namespace telltale::testing
