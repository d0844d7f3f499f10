#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "lib/base/str.h"
#include "tests/diagnosis/logs.h"

namespace telltale::testing {
namespace confounded_comparison {

using diagnosis::Severity;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kRule[] = "confounded-comparison";

Logs Sweep(const Values& rates, const Values& batches) {
  Logs logs;
  for (size_t i = 0; i < rates.size(); ++i) {
    logs.Add(StrCat("run", i + 1, ":loss"), Decay(30, 2.3, 0.5));
    logs.Param("lr", rates[i]).Param("batch_size", batches[i]);
  }
  return logs;
}

TEST(ConfoundedComparison, MarksRunsThatDifferInEverything) {
  const auto found = FindingsOf(kRule, Sweep({0.1, 0.01, 0.001}, {16, 32, 64}));
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_THAT(found[0].summary, HasSubstr("batch_size, lr"));
}

TEST(ConfoundedComparison, AcceptsOneCleanPair) {
  EXPECT_THAT(FindingsOf(kRule, Sweep({0.1, 0.01, 0.001}, {16, 32, 32})), IsEmpty());
  EXPECT_THAT(FindingsOf(kRule, Sweep({0.1, 0.01, 0.001}, {16, 16, 16})), IsEmpty());
}

}  // namespace confounded_comparison
}  // namespace telltale::testing
