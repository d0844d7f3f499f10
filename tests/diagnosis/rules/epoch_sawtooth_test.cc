#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>

#include "tests/diagnosis/logs.h"

namespace telltale::testing {
namespace epoch_sawtooth {

using diagnosis::Severity;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kRule[] = "epoch-sawtooth";

// `epochs` epochs of 100 batches, the loss falling by `drop` where one begins.
Logs With(size_t epochs, double drop) {
  Values loss;
  for (size_t e = 0; e < epochs; ++e) {
    loss =
        loss + Line(100, 2 - drop * static_cast<double>(e), 2 - drop * static_cast<double>(e), 0);
  }
  const Values noise = Noise(loss.size());
  for (size_t i = 0; i < loss.size(); ++i) loss[i] += 0.1 * noise[i];
  return Logs()
      .Add(".:train/loss", loss)
      .Add(".:val/loss", Values(epochs, 2.0), {.first = 100, .every = 100});
}

TEST(EpochSawtooth, MarksDropsAtTheBoundaries) {
  const auto found = FindingsOf(kRule, With(4, 0.3));
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].first_step, 101);
  EXPECT_DOUBLE_EQ(found[0].evidence[0].value, 3);
}

TEST(EpochSawtooth, AcceptsASteadyFall) {
  EXPECT_THAT(FindingsOf(kRule, With(4, 0)), IsEmpty());
  Logs steady;
  steady.Add(".:train/loss", Line(400, 2, 0.8, 0.1))
      .Add(".:val/loss", Values(4, 2.0), {.first = 100, .every = 100});
  EXPECT_THAT(FindingsOf(kRule, steady), IsEmpty()) << "as much in all, but nothing at once";
}

TEST(EpochSawtooth, NeedsBatchesAndEpochs) {
  EXPECT_THAT(FindingsOf(kRule, With(2, 0.3)), IsEmpty()) << "one boundary is no pattern";
  EXPECT_THAT(NotAssessableBy(kRule, Logs().Add("train:loss", Decay(30, 2, 1))), SizeIs(1));
}

}  // namespace epoch_sawtooth
}  // namespace telltale::testing
