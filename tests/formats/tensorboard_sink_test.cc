// Runs written as event files and read back.
#include <cmath>
#include <filesystem>
#include <limits>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/formats/format.h"
#include "tests/support/event_bytes.h"
#include "tests/support/not_finite.h"
#include "tests/support/temp_dir.h"

namespace telltale::formats {
namespace {

using ::testing::ElementsAre;
using testing::EventRecord;
using ::testing::HasSubstr;
using testing::ScalarFile;
using testing::TempDir;
using testing::VersionRecord;

const Format& TensorBoard() { return *FindFormat("tensorboard"); }

model::Series SeriesOf(const std::string& tag, const std::vector<int64_t>& steps,
                       const std::vector<double>& times, const std::vector<double>& values) {
  model::Series series;
  series.tag = tag;
  series.steps = Column<int64_t>(std::span(steps));
  series.wall_times = Column<double>(std::span(times));
  series.values = Column<double>(std::span(values));
  return series;
}

model::Experiment OneRun(const std::string& name, std::vector<model::Series> series) {
  model::Experiment experiment;
  experiment.runs.push_back({.name = name, .series = std::move(series), .first_wall_time = 100});
  return experiment;
}

model::Experiment WriteAndRead(const model::Experiment& experiment, const TempDir& dir) {
  const auto written = TensorBoard().sink->write(experiment, dir.path(), {});
  EXPECT_TRUE(written.ok()) << written.status();
  auto read = TensorBoard().read(dir.path(), {.keep_opaque = true});
  EXPECT_TRUE(read.ok()) << read.status();
  return *std::move(read);
}

TEST(TensorBoardSink, GivesBackEveryPoint) {
  const TempDir dir;
  const std::vector<double> values = {0.5,  testing::kNaN, testing::kInfinity, -testing::kInfinity,
                                      -0.0, 0x1p-149};
  const std::vector<int64_t> steps = {0, 5, -3, 5, INT64_MAX, (int64_t{1} << 53) + 1};
  const std::vector<double> times = {100, 99, testing::kNaN, 100, testing::kInfinity, 1.7e9};
  const model::Experiment read = WriteAndRead(
      OneRun("a/b", {SeriesOf("x", steps, times, values), SeriesOf("y", {1}, {99.5}, {2})}), dir);
  ASSERT_EQ(read.runs.size(), 1u);
  EXPECT_EQ(read.runs[0].name, "a/b");
  EXPECT_FALSE(read.runs[0].written_by_telltale);
  ASSERT_EQ(read.runs[0].series.size(), 2u);
  const model::Series& x = read.runs[0].series[read.runs[0].series[0].tag == "x" ? 0 : 1];
  ASSERT_EQ(x.size(), values.size());
  for (size_t i = 0; i < values.size(); ++i) {
    EXPECT_EQ(x.steps[i], steps[i]);
    EXPECT_TRUE(x.values[i] == values[i] || (std::isnan(values[i]) && std::isnan(x.values[i])));
    EXPECT_EQ(std::signbit(x.values[4]), true);
    EXPECT_TRUE(x.wall_times[i] == times[i] ||
                (std::isnan(times[i]) && std::isnan(x.wall_times[i])));
  }
}

TEST(TensorBoardSink, WritesParametersAndTexts) {
  const TempDir dir;
  model::Experiment experiment = OneRun("r", {SeriesOf("x", {1}, {100}, {2})});
  experiment.runs[0].params = {{"lr", 0.1}, {"amp", true}, {"opt", std::string("sgd")}};
  experiment.runs[0].texts = {
      {.tag = "t", .points = {{.step = 2, .wall_time = 101, .strings = {"a", "b"}, .shape = {2}}}}};
  const model::Experiment read = WriteAndRead(experiment, dir);
  const model::Run& run = read.runs[0];
  ASSERT_EQ(run.params.size(), 3u);
  ASSERT_EQ(run.texts.size(), 1u);
  EXPECT_THAT(run.texts[0].points[0].strings, ElementsAre("a", "b"));
  EXPECT_EQ(run.texts[0].points[0].step, 2);
}

TEST(TensorBoardSink, PassesOpaqueValuesThroughUnchanged) {
  const TempDir source;
  proto::Event image;
  image.set_step(7);
  image.set_wall_time(1001);
  auto* value = image.mutable_summary()->add_value();
  value->set_tag("img");
  value->set_image("bytes of an image");
  value->mutable_metadata()->mutable_plugin_data()->set_plugin_name("mine");
  value->mutable_metadata()->mutable_plugin_data()->set_content("\x01\x02");
  proto::Event graph;
  graph.set_graph_def("graph");
  source.Write("r/tfevents", VersionRecord() + EventRecord(graph) + EventRecord(image));
  auto experiment = TensorBoard().read(source.path(), {.keep_opaque = true});
  ASSERT_TRUE(experiment.ok());
  const TempDir target;
  const model::Experiment read = WriteAndRead(*experiment, target);
  ASSERT_EQ(read.runs[0].opaque.size(), experiment->runs[0].opaque.size());
  for (size_t i = 0; i < read.runs[0].opaque.size(); ++i) {
    EXPECT_EQ(read.runs[0].opaque[i].kind, experiment->runs[0].opaque[i].kind);
    EXPECT_EQ(read.runs[0].opaque[i].points[0].bytes,
              experiment->runs[0].opaque[i].points[0].bytes);
    EXPECT_EQ(read.runs[0].opaque[i].points[0].step, experiment->runs[0].opaque[i].points[0].step);
  }
}

TEST(TensorBoardSink, ReplacesItsOwnRunsAndNoOthers) {
  const TempDir dir;
  WriteAndRead(OneRun("r", {SeriesOf("x", {1}, {100}, {2})}), dir);
  model::Experiment later = OneRun("r", {SeriesOf("x", {1, 2}, {100, 101}, {2, 3})});
  later.runs[0].first_wall_time = 200;  // another file name
  const auto written = TensorBoard().sink->write(later, dir.path(), {});
  ASSERT_TRUE(written.ok()) << written.status();
  EXPECT_EQ(written->replaced_runs, 1u);
  EXPECT_EQ(TensorBoard().read(dir.path(), {})->runs[0].series[0].size(), 2u);
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(dir.path() + "/r"), {}), 1);

  const TempDir other;
  other.Write("s/events.out.tfevents.1.host", ScalarFile("x", {{0, 1.f}}));
  model::Experiment both = OneRun("q", {SeriesOf("x", {1}, {100}, {2})});
  both.runs.push_back({.name = "s", .series = {SeriesOf("x", {1}, {100}, {2})}});
  const auto refused = TensorBoard().sink->write(both, other.path(), {});
  EXPECT_THAT(std::string(refused.status().message()), HasSubstr("did not convert"));
  EXPECT_FALSE(std::filesystem::exists(other.path() + "/q"));  // all or nothing
}

TEST(TensorBoardSink, NeverLeavesTheDestination) {
  const TempDir dir;
  const auto fit = TensorBoard().sink->fit_run;
  EXPECT_EQ(fit("."), ".");
  EXPECT_EQ(fit("a/b"), "a/b");
  EXPECT_EQ(fit("../../etc/x"), "_/_/etc/x");
  EXPECT_EQ(fit("/abs"), "_/abs");
  EXPECT_EQ(fit(""), "_");
  EXPECT_EQ(fit(std::string("a\0b", 3)), "a_b");
  EXPECT_EQ(fit(std::string(1000, 'x')).size(), 255u);
  EXPECT_LE(fit(std::string(100000, '/')).size(), 64u);
  EXPECT_EQ(fit(fit(std::string(300, '/') + "\xff")), fit(std::string(300, '/') + "\xff"));
  EXPECT_FALSE(TensorBoard().sink->write(OneRun("../out", {}), dir.path() + "/in", {}).ok());
  std::filesystem::create_directories(dir.path() + "/elsewhere");
  std::filesystem::create_directories(dir.path() + "/in");
  std::filesystem::create_directory_symlink("../elsewhere", dir.path() + "/in/r");
  EXPECT_FALSE(TensorBoard().sink->write(OneRun("r", {}), dir.path() + "/in", {}).ok());
  EXPECT_TRUE(std::filesystem::is_empty(dir.path() + "/elsewhere"));
}

TEST(TensorBoardSink, KeepsTheOrderOfEachSeriesWhateverItsTimes) {
  const TempDir dir;
  const model::Experiment read = WriteAndRead(
      OneRun("r", {SeriesOf("x", {1, 2, 3}, {300, 100, 200}, {1, 2, 3}),
                   SeriesOf("y", {1, 2, 3}, {testing::kNaN, testing::kNaN, 50}, {1, 2, 3})}),
      dir);
  for (const model::Series& series : read.runs[0].series) {
    EXPECT_THAT(series.steps.span(), ElementsAre(1, 2, 3)) << series.tag;
  }
}

}  // namespace
}  // namespace telltale::formats
