#include "lib/formats/tensorboard/event_writer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "lib/base/version.h"
#include "lib/formats/format.h"
#include "lib/formats/tensorboard/own_writer.h"
#include "proto/event.pb.h"
#include "proto/plugins.pb.h"
#include "re2/re2.h"
#include "tests/support/event_bytes.h"
#include "tests/support/read_events.h"
#include "tests/support/temp_dir.h"

namespace telltale::formats::tensorboard {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;

// Events written through `fill`, parsed back, after the first one.
template <typename Fill>
std::vector<proto::Event> Written(Fill fill) {
  std::string bytes;
  EventWriter writer(io::AppendTo(bytes), 1000);
  EXPECT_TRUE(writer.Begin(OwnWriter()).ok());
  EXPECT_TRUE(fill(writer).ok());
  std::vector<proto::Event> events = testing::ReadEvents(bytes);
  EXPECT_GE(events.size(), 1u);
  events.erase(events.begin());
  return events;
}

TEST(EventWriter, BeginsWithTheVersionAndItsOwnName) {
  std::string bytes;
  EventWriter writer(io::AppendTo(bytes), 1234.5);
  ASSERT_TRUE(writer.Begin(OwnWriter()).ok());
  const std::vector<proto::Event> events = testing::ReadEvents(bytes);
  ASSERT_THAT(events, SizeIs(1));
  EXPECT_EQ(events[0].file_version(), "brain.Event:2");
  EXPECT_EQ(events[0].wall_time(), 1234.5);
  EXPECT_EQ(events[0].source_metadata().writer(), "telltale " + std::string(Version()));
}

TEST(EventWriter, WritesScalarsWithMetadataOnceATag) {
  const auto events = Written([](EventWriter& writer) {
    const ScalarValue first[] = {{.tag = "a", .value = 0.5, .display_name = "A"},
                                 {.tag = "b", .value = -1}};
    const ScalarValue second[] = {
        {.tag = "a", .value = std::numeric_limits<double>::quiet_NaN(), .display_name = "A"}};
    const absl::Status status = writer.AddScalars(-7, 1001, first);
    return status.ok() ? writer.AddScalars(8, 1002, second) : status;
  });
  ASSERT_THAT(events, SizeIs(2));
  EXPECT_EQ(events[0].step(), -7);
  EXPECT_EQ(events[0].wall_time(), 1001);
  ASSERT_EQ(events[0].summary().value_size(), 2);
  const auto& a = events[0].summary().value(0);
  EXPECT_EQ(a.tag(), "a");
  EXPECT_EQ(a.simple_value(), 0.5f);
  EXPECT_EQ(a.metadata().plugin_data().plugin_name(), "scalars");
  EXPECT_EQ(a.metadata().data_class(), 1);
  EXPECT_EQ(a.metadata().display_name(), "A");
  EXPECT_TRUE(events[0].summary().value(1).has_metadata());
  EXPECT_FALSE(events[1].summary().value(0).has_metadata());
  EXPECT_TRUE(std::isnan(events[1].summary().value(0).simple_value()));
}

TEST(EventWriter, WritesTextAsARankZeroStringTensor) {
  const auto events = Written([](EventWriter& writer) {
    return writer.AddText("t", {.step = 5, .wall_time = 1005, .strings = {"*hi* \xff"}});
  });
  ASSERT_THAT(events, SizeIs(1));
  EXPECT_EQ(events[0].step(), 5);
  const auto& value = events[0].summary().value(0);
  EXPECT_EQ(value.metadata().plugin_data().plugin_name(), "text");
  EXPECT_EQ(value.metadata().data_class(), 2);
  EXPECT_EQ(value.tensor().dtype(), 7);
  EXPECT_TRUE(value.tensor().has_tensor_shape());
  EXPECT_EQ(value.tensor().tensor_shape().dim_size(), 0);
  EXPECT_THAT(value.tensor().string_val(), ElementsAre("*hi* \xEF\xBF\xBD"));
}

TEST(EventWriter, WritesTextTablesAndMendsShapesThatDoNotFit) {
  const auto events = Written([](EventWriter& writer) {
    const absl::Status status =
        writer.AddText("table", {.strings = {"a", "b", "c", "d", "e", "f"}, .shape = {3, 2}});
    if (!status.ok()) return status;
    return writer.AddText("wrong", {.strings = {"a", "b"}, .shape = {-1, 1 << 30}});
  });
  ASSERT_THAT(events, SizeIs(2));
  const auto& shape = events[0].summary().value(0).tensor().tensor_shape();
  ASSERT_EQ(shape.dim_size(), 2);
  EXPECT_EQ(shape.dim(0).size(), 3);
  EXPECT_EQ(shape.dim(1).size(), 2);
  const auto& mended = events[1].summary().value(0).tensor().tensor_shape();
  ASSERT_EQ(mended.dim_size(), 1);
  EXPECT_EQ(mended.dim(0).size(), 2);
}

TEST(EventWriter, ReplacesBytesInTagsThatAreNotUtf8) {
  const auto events = Written([](EventWriter& writer) {
    const ScalarValue values[] = {{.tag = "loss\xff", .value = 1}};
    return writer.AddScalars(0, 0, values);
  });
  EXPECT_EQ(events[0].summary().value(0).tag(), "loss\xEF\xBF\xBD");
}

TEST(EventWriter, LayoutMatchesTheTagsGivenAndNoOthers) {
  const std::string tag = "metrics/mAP50(B)[0] a|b $^.*+?{}\\ \n日本";
  const auto events = Written([&](EventWriter& writer) {
    const ChartCategory categories[] = {
        {.title = "Telltale", .charts = {{.title = "both", .tags = {tag, "epoch_loss"}}}}};
    return writer.AddLayout(categories);
  });
  const auto& value = events[0].summary().value(0);
  EXPECT_EQ(value.tag(), "custom_scalars__config__");
  EXPECT_EQ(value.metadata().plugin_data().plugin_name(), "custom_scalars");
  proto::Layout layout;
  ASSERT_TRUE(layout.ParseFromString(value.tensor().string_val(0)));
  ASSERT_EQ(layout.category_size(), 1);
  EXPECT_EQ(layout.category(0).title(), "Telltale");
  ASSERT_EQ(layout.category(0).chart_size(), 1);
  const auto& patterns = layout.category(0).chart(0).multiline().tag();
  ASSERT_EQ(patterns.size(), 2);
  EXPECT_EQ(patterns.Get(1), "^epoch_loss$");
  EXPECT_TRUE(RE2::PartialMatch(tag, RE2(patterns.Get(0)))) << patterns.Get(0);
  EXPECT_FALSE(RE2::PartialMatch("val_" + tag, RE2(patterns.Get(0))));
  EXPECT_FALSE(RE2::PartialMatch("epoch_loss_2", RE2(patterns.Get(1))));
}

TEST(EventWriter, HparamsAreReadBack) {
  std::string bytes;
  EventWriter writer(io::AppendTo(bytes), 1000);
  const std::vector<model::Param> params = {
      {"lr", 0.001}, {"optimizer", std::string("adam")}, {"nesterov", true}};
  ASSERT_TRUE(writer.Begin(OwnWriter()).ok());
  ASSERT_TRUE(writer.AddHparams(params).ok());
  const std::vector<proto::Event> events = testing::ReadEvents(bytes);
  ASSERT_THAT(events, SizeIs(3));
  EXPECT_EQ(events[1].summary().value(0).tag(), "_hparams_/session_start_info");
  EXPECT_EQ(events[2].summary().value(0).tag(), "_hparams_/session_end_info");
  for (const size_t i : {1u, 2u}) {
    EXPECT_EQ(events[i].summary().value(0).metadata().data_class(), 0)
        << "TensorBoard's Python loader then gives the value no tensor and answers HTTP 500";
  }
  const testing::TempDir dir;
  const auto experiment =
      FindFormat("tensorboard")->read(dir.Write("events.out.tfevents.1.x", bytes), {});
  ASSERT_TRUE(experiment.ok()) << experiment.status();
  ASSERT_THAT(experiment->runs, SizeIs(1));
  const auto& read = experiment->runs[0].params;
  ASSERT_THAT(read, SizeIs(3));
  for (size_t i = 0; i < params.size(); ++i) {
    EXPECT_EQ(read[i].name, params[i].name);
    EXPECT_EQ(read[i].value, params[i].value);
  }
  EXPECT_TRUE(experiment->runs[0].written_by_telltale);
}

TEST(EventWriter, PassesOnThatTheSinkFailed) {
  EventWriter writer([](std::string_view) { return absl::ResourceExhaustedError("full"); }, 0);
  EXPECT_EQ(writer.Begin(OwnWriter()).message(), "full");
  EXPECT_EQ(writer.AddLayout({}).message(), "full");
}

TEST(OwnWriter, IsRecognisedByItsWholeName) {
  EXPECT_TRUE(IsOwnWriter(OwnWriter()));
  EXPECT_TRUE(IsOwnWriter("telltale"));
  EXPECT_TRUE(IsOwnWriter("telltale 99.0"));
  EXPECT_FALSE(IsOwnWriter("telltales"));
  EXPECT_FALSE(IsOwnWriter("tensorflow.core.util.events_writer"));
  EXPECT_FALSE(IsOwnWriter(""));
}

TEST(OwnWriter, OwnFilesAreRecognisedByTheirFirstRecordOnly) {
  const testing::TempDir dir;
  std::string own;
  EventWriter writer(io::AppendTo(own), 0);
  ASSERT_TRUE(writer.Begin(OwnWriter()).ok());
  std::string damaged = own;
  damaged.back() ^= 1;
  const std::vector<std::pair<std::string, bool>> cases = {
      {own, true},
      {own + "torn", true},
      {"", false},
      {damaged, false},
      {"junk" + own, false},
      {damaged + own, false},
      {testing::VersionRecord() + own, false},
      {testing::Frame("\xff\xff"), false},
      {testing::ScalarFile("telltale", {{0, 1.0f}}), false},
  };
  for (size_t i = 0; i < cases.size(); ++i) {
    const auto is_own = IsOwnEventFile(dir.Write("tfevents", cases[i].first));
    ASSERT_TRUE(is_own.ok()) << is_own.status();
    EXPECT_EQ(*is_own, cases[i].second) << "case " << i;
  }
  EXPECT_FALSE(IsOwnEventFile(dir.Join("absent")).ok());
}

}  // namespace
}  // namespace telltale::formats::tensorboard
