#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <string>

#include "tests/diagnosis/logs.h"

namespace telltale::testing {
namespace sparse_logging {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kRule[] = "sparse-logging";

TEST(SparseLogging, MarksAPointEvery500Steps) {
  const auto found = FindingsOf(kRule, Logs().Add(".:loss", Decay(30, 2, 1), {.every = 500}));
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_DOUBLE_EQ(found[0].evidence[0].value, 500);
}

TEST(SparseLogging, AcceptsDenseAndLongLogsAndEpochs) {
  EXPECT_THAT(FindingsOf(kRule, Logs().Add(".:loss", Decay(30, 2, 1), {.every = 100})), IsEmpty());
  EXPECT_THAT(FindingsOf(kRule, Logs().Add(".:loss", Decay(60, 2, 1), {.every = 500})), IsEmpty());
  EXPECT_THAT(FindingsOf(kRule, Logs().Add("train:epoch_loss", Decay(30, 2, 1), {.every = 500})),
              IsEmpty());
  EXPECT_THAT(FindingsOf(kRule, Logs().Add(".:loss", {2, 1}, {.every = 500})), IsEmpty());
}

}  // namespace sparse_logging
}  // namespace telltale::testing
