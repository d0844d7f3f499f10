#include "lib/edit/event_repair.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

namespace telltale::edit {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::StartsWith;

proto::Event Scalar(const char* tag, double time, int64_t step) {
  proto::Event event;
  event.set_wall_time(time);
  event.set_step(step);
  auto* value = event.mutable_summary()->add_value();
  value->set_tag(tag);
  value->set_simple_value(1.5F);
  return event;
}

TEST(EventRepair, LeavesWhatAllReadersTake) {
  EventRepair repair;
  proto::Event event = Scalar("loss", 10, 1);
  EXPECT_FALSE(repair.Apply(event));
  EXPECT_THAT(repair.changes(), IsEmpty());
}

TEST(EventRepair, GivesTheTimeOfTheEventBefore) {
  EventRepair repair;
  proto::Event first = Scalar("loss", 10, 1);
  proto::Event second = Scalar("loss", std::numeric_limits<double>::quiet_NaN(), 2);
  proto::Event third = Scalar("loss", -std::numeric_limits<double>::infinity(), 3);
  EXPECT_FALSE(repair.Apply(first));
  EXPECT_TRUE(repair.Apply(second));
  EXPECT_TRUE(repair.Apply(third));
  EXPECT_EQ(second.wall_time(), 10);
  EXPECT_EQ(third.wall_time(), 10);
  EXPECT_EQ(third.step(), 3);
  EXPECT_THAT(repair.changes(), ElementsAre(Pair(StartsWith("wall times"), 2)));
}

TEST(EventRepair, RoundsScalarsThatTheDefaultLoaderHides) {
  EventRepair repair;
  proto::Event event;
  event.set_wall_time(1);
  auto* value = event.mutable_summary()->add_value();
  value->set_tag("loss");
  value->mutable_metadata()->mutable_plugin_data()->set_plugin_name("scalars");
  value->mutable_tensor()->set_dtype(2);
  value->mutable_tensor()->add_double_val(0.1);
  EXPECT_TRUE(repair.Apply(event));
  EXPECT_EQ(event.summary().value(0).simple_value(), 0.1F);
  EXPECT_EQ(event.summary().value(0).metadata().plugin_data().plugin_name(), "scalars");
}

// A single number may be a histogram's, or a plugin's that we do not know.
TEST(EventRepair, LeavesTensorsOfOtherPlugins) {
  EventRepair repair;
  proto::Event event;
  event.set_wall_time(1);
  auto* value = event.mutable_summary()->add_value();
  value->set_tag("x");
  value->mutable_metadata()->mutable_plugin_data()->set_plugin_name("mine");
  value->mutable_tensor()->set_dtype(2);
  value->mutable_tensor()->add_double_val(0.1);
  EXPECT_FALSE(repair.Apply(event));
}

TEST(EventRepair, MakesTextsValid) {
  EventRepair repair;
  proto::Event event;
  event.set_wall_time(1);
  auto* value = event.mutable_summary()->add_value();
  value->set_tag("note");
  value->mutable_metadata()->mutable_plugin_data()->set_plugin_name("text");
  value->mutable_tensor()->set_dtype(7);
  value->mutable_tensor()->add_string_val("a\xff");
  EXPECT_TRUE(repair.Apply(event));
  EXPECT_EQ(event.summary().value(0).tensor().string_val(0), "a\xef\xbf\xbd");
}

}  // namespace
}  // namespace telltale::edit
