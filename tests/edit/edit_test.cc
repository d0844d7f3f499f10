#include "lib/edit/edit.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <limits>
#include <sstream>
#include <string>
#include <tuple>
#include <vector>

#include "lib/io/byte_source.h"
#include "lib/records/tfrecord_reader.h"
#include "tests/support/event_bytes.h"
#include "tests/support/gzip_bytes.h"
#include "tests/support/temp_dir.h"
#include "tests/support/tfrecord_bytes.h"

namespace telltale::edit {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

using Values = std::vector<std::tuple<std::string, int64_t, float>>;  // tag, step, simple value

std::string Bytes(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

std::vector<proto::Event> EventsIn(const std::string& path) {
  std::vector<proto::Event> events;
  const auto source = io::OpenFile(path);
  EXPECT_TRUE(source.ok()) << source.status();
  if (!source.ok()) return events;
  records::TfRecordReader reader(**source);
  while (true) {
    const auto record = reader.Next();
    EXPECT_TRUE(record.ok());
    if (!record.ok() || !record->has_value()) break;
    EXPECT_TRUE(events.emplace_back().ParseFromArray((*record)->data.data(),
                                                     static_cast<int>((*record)->data.size())));
  }
  EXPECT_EQ(reader.pending_bytes(), 0u);
  return events;
}

Values ValuesIn(const std::string& path) {
  Values values;
  for (const proto::Event& event : EventsIn(path)) {
    for (const auto& value : event.summary().value()) {
      values.emplace_back(value.tag(), event.step(), value.simple_value());
    }
  }
  return values;
}

Pattern P(std::string_view text) {
  auto pattern = Pattern::Parse(text);
  EXPECT_TRUE(pattern.ok()) << pattern.status();
  return *pattern;
}

convert::RenameRule R(std::string_view text) { return *convert::ParseRename(text); }

proto::Summary::Value& AddTensor(proto::Event& event, const std::string& tag,
                                 const std::string& plugin, const std::string& text) {
  auto& value = *event.mutable_summary()->add_value();
  value.set_tag(tag);
  value.mutable_tensor()->set_dtype(7);
  value.mutable_tensor()->add_string_val(text);
  if (!plugin.empty()) value.mutable_metadata()->mutable_plugin_data()->set_plugin_name(plugin);
  return value;
}

proto::Event At(int64_t step, double wall_time = 1000) {
  proto::Event event;
  event.set_step(step);
  event.set_wall_time(wall_time);
  return event;
}

proto::Event Start(int64_t step) {
  proto::Event event = At(step);
  event.mutable_session_log()->set_status(proto::SessionLog::START);
  return event;
}

class EditTest : public ::testing::Test {
 protected:
  void Write(const std::string& relative, const std::vector<proto::Event>& events) {
    std::string bytes = testing::VersionRecord();
    for (const proto::Event& event : events) bytes += testing::EventRecord(event);
    dir_.Write("logs/" + relative, bytes);
  }
  EditReport Run(const EditOptions& options) {
    auto report = Edit(dir_.path() + "/logs", out(), options);
    EXPECT_TRUE(report.ok()) << report.status();
    return report.ok() ? *std::move(report) : EditReport{};
  }
  absl::Status Error(const EditOptions& options) {
    return Edit(dir_.path() + "/logs", out(), options).status();
  }
  std::string out() const { return dir_.path() + "/out"; }
  Values Read(const std::string& relative) const { return ValuesIn(out() + "/" + relative); }

  testing::TempDir dir_;
};

const std::string kName = "events.out.tfevents.1";

TEST_F(EditTest, CopiesByteForByteWhatNoEditIsAbout) {
  proto::Event odd = At(1);
  AddTensor(odd, "what", "a plugin of the future", "x");
  proto::Event graph = At(0);
  graph.set_graph_def("any bytes");
  Write("run/" + kName, {graph, odd, testing::ScalarEvent(1, "loss", 1)});
  Run({});
  EXPECT_EQ(Bytes(out() + "/run/" + kName), Bytes(dir_.path() + "/logs/run/" + kName));
}

TEST_F(EditTest, KeepsAndDropsTagsRunsAndPlugins) {
  proto::Event mixed = testing::ScalarEvent(1, "loss", 1);
  AddTensor(mixed, "note", "text", "hello");
  AddTensor(mixed, "debug/x", "text", "gone");
  Write("a/" + kName, {mixed});
  Write("b/" + kName, {testing::ScalarEvent(1, "loss", 2)});
  const EditReport report = Run({.keep = {P("run:a")}, .drop = {P("debug/*")}});
  EXPECT_THAT(Read("a/" + kName), ElementsAre(std::tuple("loss", 1, 1), std::tuple("note", 1, 0)));
  EXPECT_FALSE(fs::exists(out() + "/b"));
  ASSERT_THAT(report.runs, SizeIs(2));
  EXPECT_THAT(report.runs[0].changes, ElementsAre(Pair("values left out with their tags", 1u)));
  EXPECT_THAT(report.runs[1].written, IsEmpty());
  Run({.keep = {P("plugin:text")}});
  EXPECT_THAT(Read("a/" + kName),
              ElementsAre(std::tuple("note", 1, 0), std::tuple("debug/x", 1, 0)));
  Run({.drop = {P("/^(lo|de)/")}});
  EXPECT_THAT(Read("a/" + kName), ElementsAre(std::tuple("note", 1, 0)));
  EXPECT_FALSE(fs::exists(out() + "/b")) << "nothing of it stays";
}

TEST_F(EditTest, SlimKeepsScalarsAndTexts) {
  proto::Event event = testing::ScalarEvent(1, "loss", 1);
  AddTensor(event, "note", "text", "hello");
  auto& image = *event.mutable_summary()->add_value();
  image.set_tag("picture");
  image.set_image("png");
  proto::Event graph = At(0);
  graph.set_graph_def("large");
  Write(kName, {graph, event});
  Run({.slim = true});
  EXPECT_THAT(Read(kName), ElementsAre(std::tuple("loss", 1, 1), std::tuple("note", 1, 0)));
  EXPECT_THAT(EventsIn(out() + "/" + kName), SizeIs(2));
}

TEST_F(EditTest, RenamesTagsAndRuns) {
  Write("sweep/val/" + kName, {testing::ScalarEvent(1, "val_loss", 1)});
  Run({.rename_runs = {R("^sweep/=")}, .rename_tags = {R("^val_(.*)=validation/\\1")}});
  EXPECT_THAT(Read("val/" + kName), ElementsAre(std::tuple("validation/loss", 1, 1)));
}

TEST_F(EditTest, RefusesTwoTagsOfOneName) {
  Write(kName, {testing::ScalarEvent(1, "a", 1), testing::ScalarEvent(1, "b", 1)});
  const absl::Status status = Error({.rename_tags = {R("a|b=c")}});
  EXPECT_TRUE(absl::IsInvalidArgument(status)) << status;
  EXPECT_THAT(std::string(status.message()), AllOf(HasSubstr("'a'"), HasSubstr("'b'")));
  EXPECT_FALSE(fs::exists(out()));
}

TEST_F(EditTest, RefusesRunsThatWouldOverwriteEachOther) {
  Write("a/" + kName, {testing::ScalarEvent(1, "x", 1)});
  Write("b/" + kName, {testing::ScalarEvent(2, "x", 1)});
  EXPECT_TRUE(absl::IsInvalidArgument(Error({.rename_runs = {R("^.*$=c")}})));
}

TEST_F(EditTest, NoNameOfARunLeadsOutOfTheDestination) {
  Write("a/" + kName, {testing::ScalarEvent(1, "x", 1)});
  for (const char* rule : {"a=../b", "a=/etc", "a=x/../../b"}) {
    EXPECT_TRUE(absl::IsInvalidArgument(Error({.rename_runs = {R(rule)}}))) << rule;
  }
  EXPECT_FALSE(fs::exists(dir_.path() + "/b"));
}

TEST_F(EditTest, MovesStepsOfSomeTagsOnly) {
  proto::Event both = testing::ScalarEvent(3, "epoch_loss", 1);
  auto& other = *both.mutable_summary()->add_value();
  other.set_tag("batch_loss");
  other.set_simple_value(2);
  Write(kName, {both, testing::ScalarEvent(4, "epoch_loss", 3)});
  Run({.only = {P("epoch_*")}, .scale_steps = 10, .shift_steps = 5});
  EXPECT_THAT(Read(kName),
              UnorderedElementsAre(std::tuple("batch_loss", 3, 2), std::tuple("epoch_loss", 35, 1),
                                   std::tuple("epoch_loss", 45, 3)));
}

TEST_F(EditTest, FactorsAndShiftsAreFinite) {
  Write(kName, {testing::ScalarEvent(1, "x", 1)});
  constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  for (const EditOptions& options :
       {EditOptions{.scale_steps = kNan}, EditOptions{.scale_time = kNan},
        EditOptions{.shift_time = -kInfinity}}) {
    EXPECT_TRUE(absl::IsInvalidArgument(Error(options)));
  }
}

TEST_F(EditTest, StepsThatDoNotFitStayWithinTheirType) {
  constexpr int64_t kMost = std::numeric_limits<int64_t>::max();
  Write(kName, {testing::ScalarEvent(kMost - 1, "x", 1), testing::ScalarEvent(1, "x", 2)});
  Run({.shift_steps = 10});
  EXPECT_THAT(Read(kName), ElementsAre(std::tuple("x", kMost, 1), std::tuple("x", 11, 2)));
}

TEST_F(EditTest, MovesAndMendsWallTimes) {
  const auto at = [](int64_t step, double time) {
    return testing::ScalarEvent(step, "x", 1, time);
  };
  Write(kName, {at(1, 1010), at(2, std::nan("")), at(3, 1005), at(4, 1020)});
  const auto times = [&] {
    std::vector<double> all;
    for (const auto& event : EventsIn(out() + "/" + kName)) all.push_back(event.wall_time());
    return all;
  };
  Run({.fix_clocks = true});
  EXPECT_THAT(times(), ElementsAre(1000, 1010, 1010, 1010, 1020));
  Run({.scale_time = 2, .shift_time = 100, .fix_clocks = true});
  EXPECT_THAT(times(), ElementsAre(1100, 1120, 1120, 1120, 1140));
}

TEST_F(EditTest, WhatATagIsMovesToTheFirstValueThatStays) {
  proto::Event first = At(1);
  AddTensor(first, "note", "text", "one");
  proto::Event second = At(2);
  AddTensor(second, "note", "", "two");
  Write(kName, {first, second});
  Run({.first_step = 2});
  const auto events = EventsIn(out() + "/" + kName);
  ASSERT_THAT(events, SizeIs(2));
  EXPECT_EQ(events[1].summary().value(0).metadata().plugin_data().plugin_name(), "text");
}

TEST_F(EditTest, MergesRestartsSoThatTheLastOneWins) {
  std::vector<proto::Event> before, after;
  for (int64_t step = 0; step <= 150; step += 10) {
    before.push_back(testing::ScalarEvent(step, "loss", 1));
  }
  before.push_back(testing::ScalarEvent(150, "other", 1));
  for (int64_t step = 105; step <= 300; step += 15) {
    after.push_back(testing::ScalarEvent(step, "loss", 2));
  }
  Write("run/events.out.tfevents.1", before);
  Write("run/events.out.tfevents.2", after);
  const EditReport report = Run({.restarts = Restarts::kMerge});
  ASSERT_THAT(report.runs, SizeIs(1));
  EXPECT_THAT(report.runs[0].written, ElementsAre("run/events.out.tfevents.1"));
  EXPECT_THAT(report.runs[0].overlaps,
              ElementsAre(AllOf(Field(&Overlap::tag, "loss"), Field(&Overlap::first_step, 110),
                                Field(&Overlap::last_step, 150), Field(&Overlap::values, 5u))));
  int64_t last = -1;
  for (const auto& [tag, step, value] : Read("run/events.out.tfevents.1")) {
    if (tag != "loss") continue;
    EXPECT_GT(step, last);
    EXPECT_EQ(value, step >= 105 ? 2 : 1);
    last = step;
  }
  EXPECT_EQ(last, 300);
}

TEST_F(EditTest, AStartVoidsAllTagsFromItsStepOn) {
  Write(kName, {Start(0), testing::ScalarEvent(1, "loss", 1), testing::ScalarEvent(2, "loss", 1),
                testing::ScalarEvent(2, "rare", 1), Start(2), testing::ScalarEvent(3, "loss", 2)});
  Run({.restarts = Restarts::kMerge});
  EXPECT_THAT(Read(kName), ElementsAre(std::tuple("loss", 1, 1), std::tuple("loss", 3, 2)));
}

TEST_F(EditTest, OfAStepThatWasLoggedTwiceTheLastValueStays) {
  Write(kName, {testing::ScalarEvent(1, "x", 1), testing::ScalarEvent(3, "x", 2),
                testing::ScalarEvent(3, "x", 3), testing::ScalarEvent(2, "x", 4)});
  Run({.restarts = Restarts::kMerge});
  EXPECT_THAT(Read(kName),
              ElementsAre(std::tuple("x", 1, 1), std::tuple("x", 3, 3), std::tuple("x", 2, 4)));
}

TEST_F(EditTest, SplitsRestartsIntoRuns) {
  proto::Event note = At(1);
  AddTensor(note, "note", "text", "one");
  proto::Event again = At(1);
  AddTensor(again, "note", "", "two");
  Write("run/" + kName, {note, Start(0), again});
  const EditReport report = Run({.restarts = Restarts::kSplit});
  EXPECT_THAT(report.runs.at(0).written, ElementsAre("run/1/" + kName, "run/2/" + kName));
  const auto second = EventsIn(out() + "/run/2/" + kName);
  ASSERT_THAT(second, SizeIs(3));
  EXPECT_EQ(second[0].file_version(), "brain.Event:2");
  EXPECT_EQ(second[2].summary().value(0).metadata().plugin_data().plugin_name(), "text");
}

TEST_F(EditTest, MergesTheFilesOfSeveralWritersByTime) {
  Write("run/a.tfevents",
        {testing::ScalarEvent(1, "a", 1, 1001), Start(0), testing::ScalarEvent(2, "a", 2, 1003)});
  Write("run/b.tfevents",
        {testing::ScalarEvent(1, "b", 3, 1002), Start(0), testing::ScalarEvent(2, "b", 4, 1004)});
  const EditReport report = Run({.merge_files = true});
  EXPECT_THAT(report.runs.at(0).written, ElementsAre("run/a.tfevents"));
  EXPECT_THAT(Read("run/a.tfevents"), ElementsAre(std::tuple("a", 1, 1), std::tuple("b", 1, 3),
                                                  std::tuple("a", 2, 2), std::tuple("b", 2, 4)));
}

TEST_F(EditTest, ThinsCurvesWithoutLosingSpikes) {
  std::vector<proto::Event> events;
  for (int64_t step = 0; step < 5000; ++step) {
    const float value = step == 1234   ? 99.0F
                        : step == 4321 ? NAN
                                       : 1.0F / (1.0F + static_cast<float>(step));
    events.push_back(testing::ScalarEvent(step, "x", value));
  }
  events.push_back(testing::ScalarEvent(7, "short", 1));
  Write(kName, events);
  Run({.points = 50});
  std::vector<int64_t> steps;
  bool spike = false;
  bool nan = false;
  for (const auto& [tag, step, value] : Read(kName)) {
    if (tag != "x") continue;
    steps.push_back(step);
    spike = spike || value == 99.0F;
    nan = nan || std::isnan(value);
  }
  EXPECT_LE(steps.size(), 50u);
  EXPECT_GE(steps.size(), 25u);
  EXPECT_TRUE(std::is_sorted(steps.begin(), steps.end()));
  EXPECT_EQ(steps.front(), 0);
  EXPECT_EQ(steps.back(), 4999);
  EXPECT_TRUE(spike);
  EXPECT_TRUE(nan);
}

TEST_F(EditTest, SaysWhatCouldNotBeReadAndEditsTheRest) {
  std::string bytes = testing::VersionRecord();
  std::string flipped = testing::EventRecord(testing::ScalarEvent(1, "x", 1));
  flipped[flipped.size() - 6] ^= 1;
  bytes += flipped + testing::EventRecord(testing::ScalarEvent(2, "x", 2)) +
           testing::Frame("no event at all") + "torn";
  dir_.Write("logs/" + kName, bytes);
  const EditReport report = Run({});
  EXPECT_THAT(Read(kName), ElementsAre(std::tuple("x", 2, 2)));
  ASSERT_THAT(report.runs.at(0).problems, SizeIs(1));
  EXPECT_THAT(report.runs[0].problems[0].path, HasSubstr(kName));
  EXPECT_THAT(report.runs[0].changes,
              ElementsAre(Pair("bytes left out of last records without an end", 4u),
                          Pair("records left out that are no events", 1u)));
}

TEST_F(EditTest, TakesOfABrokenCompressedFileWhatStandsBefore) {
  const std::string sound =
      testing::VersionRecord() + testing::EventRecord(testing::ScalarEvent(1, "x", 1));
  std::string compressed = testing::Gzip(sound);
  compressed[compressed.size() - 6] ^= 1;  // of the checksum of all
  dir_.Write("logs/" + kName + ".gz", compressed);
  const EditReport report = Run({});
  EXPECT_THAT(Read(kName), ElementsAre(std::tuple("x", 1, 1)));
  ASSERT_THAT(report.runs.at(0).problems, SizeIs(1));
  EXPECT_THAT(report.runs[0].problems[0].message, HasSubstr("broken gzip stream"));
}

TEST_F(EditTest, WritesOnlyWhereItMay) {
  Write(kName, {testing::ScalarEvent(1, "x", 1)});
  dir_.Write("mine/notes", "");
  const std::string logs = dir_.path() + "/logs";
  EXPECT_TRUE(absl::IsAlreadyExists(Edit(logs, dir_.path() + "/mine", {}).status()));
  EXPECT_TRUE(absl::IsInvalidArgument(Edit(logs, logs + "/out", {}).status()));
  Run({.dry_run = true});
  EXPECT_FALSE(fs::exists(out()));
  Run({});
  Run({.rename_tags = {R("x=y")}});
  EXPECT_THAT(Read(kName), ElementsAre(std::tuple("y", 1, 1)));
}

TEST(PatternTest, SaysWhatItIsOf) {
  EXPECT_EQ(P("loss").of(), PatternOf::kTag);
  EXPECT_EQ(P("run:a").of(), PatternOf::kRun);
  EXPECT_TRUE(P("tag:run:*").Matches("run:x"));
  EXPECT_TRUE(P("plugin:/^im/").Matches("images"));
  EXPECT_FALSE(P("los").Matches("loss"));
  EXPECT_FALSE(Pattern::Parse("").ok());
  EXPECT_FALSE(Pattern::Parse("/(/").ok());
}

}  // namespace
}  // namespace telltale::edit
