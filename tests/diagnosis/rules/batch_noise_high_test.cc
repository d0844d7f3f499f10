#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>

#include "tests/diagnosis/logs.h"

namespace telltale::testing {
namespace batch_noise_high {

using diagnosis::Severity;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kRule[] = "batch-noise-high";

TEST(BatchNoiseHigh, MarksBatchesThatScatter) {
  const Logs logs = Logs().Add(".:loss", Line(600, 2, 0.4, 0.45)).Param("batch_size", 4.0);
  const auto found = FindingsOf(kRule, logs);
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].severity, Severity::kInfo);
  EXPECT_THAT(found[0].remedies[0], HasSubstr("from 4 to about"));
}

TEST(BatchNoiseHigh, AcceptsBurrs) {
  EXPECT_THAT(FindingsOf(kRule, Logs().Add(".:loss", Line(600, 2, 0.5, 0.15))), IsEmpty());
  EXPECT_THAT(FindingsOf(kRule, Logs().Add(".:loss", Line(100, 2, 0.5, 0.4))), IsEmpty());
}

TEST(BatchNoiseHigh, LeavesALevelThatWandersToOthers) {
  Values loss = Line(600, 1, 1, 0.3);
  for (size_t i = 0; i < loss.size(); ++i) loss[i] += std::sin(0.12 * static_cast<double>(i));
  EXPECT_THAT(FindingsOf(kRule, Logs().Add(".:loss", loss)), IsEmpty());
}

TEST(BatchNoiseHigh, LeavesLossesNearZeroAlone) {
  EXPECT_THAT(FindingsOf(kRule, Logs().Add(".:loss", Values(5, 2.0) + Line(600, 0.02, 0.02, 0.02))),
              IsEmpty());
}

}  // namespace batch_noise_high
}  // namespace telltale::testing
