#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>

#include "tests/diagnosis/logs.h"

namespace telltale::testing {
namespace lr_schedule_event {

using diagnosis::Severity;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kRule[] = "lr-schedule-event";

Logs With(const Values& rate) {
  return Logs().Add("train:loss", Decay(rate.size(), 2, 1)).Add("train:lr", rate);
}

TEST(LrScheduleEvent, ListsDrops) {
  const auto found =
      FindingsOf(kRule, With(Values(10, 0.1) + Values(10, 0.01) + Values(10, 0.001)));
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].first_step, 11);
  EXPECT_EQ(found[0].last_step, 21);
  EXPECT_DOUBLE_EQ(found[0].evidence[0].value, 2);
  EXPECT_THAT(found[0].summary, HasSubstr("0.1 to 0.01 at step 11"));
}

TEST(LrScheduleEvent, ListsWarmRestarts) {
  Values rate;
  for (int cycle = 0; cycle < 2; ++cycle) {
    for (int i = 0; i < 20; ++i) rate.push_back(0.05 * (1 + std::cos(0.15 * i)) + 1e-4);
  }
  const auto found = FindingsOf(kRule, With(rate));
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].first_step, 21);
}

TEST(LrScheduleEvent, AcceptsSmoothSchedulesAndWarmUp) {
  EXPECT_THAT(FindingsOf(kRule, With(Values{0.001, 0.003, 0.009, 0.03} + Values(30, 0.1))),
              IsEmpty());
  Values cosine, exponential;
  for (int i = 0; i < 30; ++i) {
    cosine.push_back(0.05 * (1 + std::cos(3.14159 * i / 30)));
    exponential.push_back(std::pow(0.4, i));
  }
  EXPECT_THAT(FindingsOf(kRule, With(cosine)), IsEmpty());
  EXPECT_THAT(FindingsOf(kRule, With(exponential)), IsEmpty());
  EXPECT_THAT(FindingsOf(kRule, With(Values(30, 0.1))), IsEmpty());
}

}  // namespace lr_schedule_event
}  // namespace telltale::testing
