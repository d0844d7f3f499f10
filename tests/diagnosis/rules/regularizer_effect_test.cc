#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "lib/base/str.h"
#include "tests/diagnosis/logs.h"

namespace telltale::testing {
namespace regularizer_effect {

using diagnosis::Severity;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kRule[] = "regularizer-effect";

// Two rates of dropout at each of three learning rates.
Logs Grid(double effect) {
  Logs logs;
  int n = 0;
  for (const double rate : {0.1, 0.01, 0.001}) {
    for (const double dropout : {0.0, 0.3}) {
      const double end = 0.5 + rate + (dropout > 0 ? effect : 0) + 0.001 * n;
      const std::string run = StrCat("run", ++n);
      logs.Add(StrCat(run, ":train/loss"), Decay(30, 2.3, 0.5));
      logs.Add(StrCat(run, ":val/loss"), Decay(30, 2.3, end));
      logs.Param("lr", rate).Param("dropout", dropout);
    }
  }
  return logs;
}

TEST(RegularizerEffect, ComparesPairs) {
  const auto helps = FindingsOf(kRule, Grid(-0.1));
  ASSERT_THAT(helps, SizeIs(1));
  EXPECT_NEAR(helps[0].evidence[0].value, -0.1, 0.01);
  EXPECT_THAT(helps[0].summary, HasSubstr("it helps"));
  const auto hurts = FindingsOf(kRule, Grid(0.1));
  ASSERT_THAT(hurts, SizeIs(1));
  EXPECT_THAT(hurts[0].summary, HasSubstr("it hurts"));
}

TEST(RegularizerEffect, IsSilentWithoutPairs) {
  Logs logs;
  int n = 0;
  for (const double dropout : {0.0, 0.1, 0.2}) {
    const std::string run = StrCat("run", ++n);
    logs.Add(StrCat(run, ":loss"), Decay(30, 2.3, 0.5));
    logs.Param("lr", 0.01 * n).Param("dropout", dropout);
  }
  EXPECT_THAT(FindingsOf(kRule, logs), IsEmpty());
}

}  // namespace regularizer_effect
}  // namespace telltale::testing
