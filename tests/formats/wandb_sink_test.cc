// W&B's runs, written: what is in a directory, what replaces what, and notes beside runs.

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <limits>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/formats/format.h"
#include "tests/support/temp_dir.h"
#include "tests/support/wandb_bytes.h"

namespace telltale::formats::wandb {
namespace {

namespace fs = std::filesystem;
using telltale::testing::TempDir;
using telltale::testing::WandbFile;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsNan;
using ::testing::SizeIs;

model::Series WandbSeries(std::string tag, const std::vector<int64_t>& steps) {
  model::Series series;
  series.tag = std::move(tag);
  for (const int64_t step : steps) {
    series.steps.push_back(step);
    series.wall_times.push_back(1700000000.5 + static_cast<double>(series.size()));
    series.values.push_back(static_cast<double>(step) * 0.5);
  }
  return series;
}

model::Experiment ExperimentOf(std::vector<model::Series> series) {
  model::Experiment experiment{.format = "wandb", .path = "/logs"};
  model::Run& run = experiment.runs.emplace_back();
  run.name = "run";
  run.series = std::move(series);
  run.first_wall_time = 1700000000.5;
  run.last_wall_time = 1700000010.5;
  run.info = {.id = "abc123",
              .project = "p",
              .status = model::RunStatus::kFinished,
              .start_time = 1700000000,
              .end_time = 1700000010};
  return experiment;
}

class WandbSink : public ::testing::Test {
 protected:
  std::string destination() const { return dir_.path() + "/wandb"; }
  std::string RunDirectory() const { return destination() + "/offline-run-20231114_221320-abc123"; }
  absl::StatusOr<Written> Write(const model::Experiment& experiment) const {
    return FindFormat("wandb")->sink->write(experiment, destination(), {});
  }
  model::Experiment Read() const {
    auto read = FindFormat("wandb")->read(destination(), {});
    EXPECT_TRUE(read.ok()) << read.status();
    return read.ok() ? *std::move(read) : model::Experiment();
  }
  model::Run WriteAndRead(const model::Experiment& experiment) const {
    const auto written = Write(experiment);
    EXPECT_TRUE(written.ok()) << written.status();
    model::Experiment read = Read();
    EXPECT_THAT(read.problems, SizeIs(0));
    EXPECT_THAT(read.runs, SizeIs(1));
    return read.runs.empty() ? model::Run() : std::move(read.runs[0]);
  }
  std::vector<std::string> Directories() const {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(destination())) {
      names.push_back(entry.path().filename());
    }
    std::sort(names.begin(), names.end());
    return names;
  }
  static std::string Bytes(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  }

 private:
  TempDir dir_;
};

const model::Series& Find(const model::Run& run, const std::string& tag) {
  for (const auto& series : run.series) {
    if (series.tag == tag) return series;
  }
  static const model::Series none;
  ADD_FAILURE() << "no series " << tag;
  return none;
}

TEST_F(WandbSink, WritesARunWhereItsTimeAndIdSay) {
  const model::Run run =
      WriteAndRead(ExperimentOf({WandbSeries("a", {0, 2}), WandbSeries("b", {2})}));
  EXPECT_TRUE(fs::exists(RunDirectory() + "/run-abc123.wandb"));
  EXPECT_EQ(run.name, "p/run");
  EXPECT_EQ(run.info.status, model::RunStatus::kFinished);
  EXPECT_EQ(run.info.start_time, 1700000000);
  EXPECT_THAT(Find(run, "a").steps, ElementsAre(0, 2));
  EXPECT_THAT(Find(run, "b").steps, ElementsAre(2));
  // A row has one time, the latest.
  EXPECT_THAT(Find(run, "b").wall_times, ElementsAre(1700000002.5));
}

TEST_F(WandbSink, KeepsStepsThatRowsCannotHave) {
  const model::Run run =
      WriteAndRead(ExperimentOf({WandbSeries("back", {5, 3, 3, -1, INT64_MAX - 1, INT64_MIN + 1}),
                                 WandbSeries("plain", {0, 1})}));
  EXPECT_THAT(run.series, SizeIs(2));
  EXPECT_THAT(Find(run, "back").steps, ElementsAre(5, 3, 3, -1, INT64_MAX - 1, INT64_MIN + 1));
  EXPECT_THAT(Find(run, "plain").steps, ElementsAre(0, 1));
  EXPECT_EQ(Find(run, "plain").axis, "");
}

TEST_F(WandbSink, KeepsAxesInAllForms) {
  model::Series epoch = WandbSeries("epoch", {1, 5});
  epoch.values = {10, 20};
  model::Series over_metric = WandbSeries("a", {0, 1, 2, 5});
  over_metric.axis = "epoch";
  over_metric.axis_values = {NAN, 10, 10, 20};
  model::Series over_nothing_else = WandbSeries("b.c", {1, 2});
  over_nothing_else.axis = "samples";
  over_nothing_else.axis_values = {0.25, 0.5};
  model::Experiment experiment = ExperimentOf({epoch, over_metric, over_nothing_else});
  model::Run run = WriteAndRead(experiment);
  EXPECT_THAT(Find(run, "epoch").values, ElementsAre(10, 20));
  EXPECT_THAT(Find(run, "a").axis_values, ElementsAre(IsNan(), 10, 10, 20));
  EXPECT_EQ(Find(run, "b.c").axis, "samples");
  EXPECT_THAT(Find(run, "b.c").axis_values, ElementsAre(0.25, 0.5));

  // Not what the metric's own points say: rows of their own.
  experiment.runs[0].series[1].axis_values = {1, 2, 3, 4};
  run = WriteAndRead(experiment);
  EXPECT_THAT(run.series, SizeIs(3));
  EXPECT_THAT(Find(run, "epoch").values, ElementsAre(10, 20));
  EXPECT_EQ(Find(run, "a").axis, "epoch");
  EXPECT_THAT(Find(run, "a").axis_values, ElementsAre(1, 2, 3, 4));
  EXPECT_THAT(Find(run, "a").steps, ElementsAre(0, 1, 2, 5));
}

TEST_F(WandbSink, KeepsParametersTagsSummaryAndSystemMetrics) {
  model::Series system = WandbSeries("system/gpu.0.temp", {0, 1});
  system.plugin = "system";
  model::Experiment experiment = ExperimentOf({WandbSeries("a", {0, 1}), system});
  model::Run& source = experiment.runs[0];
  source.params = {{"lr", 0.1}, {"amp", true}, {"name", std::string("1e3")}, {"_wandb", 2.0}};
  source.tags = {{"label", true}, {"team", std::string("x")}, {"summary/best", 0.5}};
  source.info.note = "by hand";
  const model::Run run = WriteAndRead(experiment);
  ASSERT_THAT(run.params, SizeIs(4));
  EXPECT_EQ(std::get<double>(run.params[0].value), 0.1);
  EXPECT_EQ(std::get<bool>(run.params[1].value), true);
  EXPECT_EQ(std::get<std::string>(run.params[2].value), "1e3");
  EXPECT_EQ(run.params[3].name, "_wandb");
  ASSERT_THAT(run.tags, SizeIs(3));
  EXPECT_EQ(run.tags[0].name, "label");
  EXPECT_EQ(std::get<std::string>(run.tags[1].value), "x");
  EXPECT_EQ(std::get<double>(run.tags[2].value), 0.5);
  EXPECT_EQ(run.info.note, "by hand");
  EXPECT_EQ(Find(run, "system/gpu.0.temp").plugin, "system");
  EXPECT_THAT(Find(run, "system/gpu.0.temp").values, ElementsAre(0, 0.5));
}

// JSON as Python writes it says NaN without quotes, and it is no text then.
TEST_F(WandbSink, KeepsParametersThatAreNoFiniteNumbers) {
  model::Experiment experiment = ExperimentOf({WandbSeries("a", {0})});
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  experiment.runs[0].params = {{"a", std::nan("")}, {"b", -kInfinity}, {"c", std::string("NaN")}};
  const model::Run run = WriteAndRead(experiment);
  ASSERT_THAT(run.params, SizeIs(3));
  EXPECT_TRUE(std::isnan(std::get<double>(run.params[0].value)));
  EXPECT_EQ(std::get<double>(run.params[1].value), -kInfinity);
  EXPECT_EQ(std::get<std::string>(run.params[2].value), "NaN");
}

TEST_F(WandbSink, ReplacesWhatItWroteAndNothingElse) {
  ASSERT_TRUE(Write(ExperimentOf({WandbSeries("a", {0})})).ok());
  model::Experiment later = ExperimentOf({WandbSeries("a", {0, 1})});
  later.runs[0].info.start_time += 86400;  // the same run, under another directory's name
  const auto written = Write(later);
  ASSERT_TRUE(written.ok()) << written.status();
  EXPECT_EQ(written->replaced_runs, 1u);
  EXPECT_THAT(Directories(), ElementsAre("offline-run-20231114_221320-abc123"));
  EXPECT_EQ(Read().runs.at(0).series.at(0).size(), 2u);
}

TEST_F(WandbSink, TouchesNoRunOfOthers) {
  const std::string theirs = destination() + "/run-20200101_000000-abc123/run-abc123.wandb";
  WandbFile().Run("abc123").Save(theirs);
  const std::string before = Bytes(theirs);
  model::Experiment experiment = ExperimentOf({WandbSeries("a", {0})});
  experiment.runs.insert(experiment.runs.begin(), experiment.runs[0]);
  experiment.runs[0].info.id = "aaa";
  const auto written = Write(experiment);
  ASSERT_FALSE(written.ok());
  EXPECT_THAT(std::string(written.status().message()), HasSubstr("run-20200101_000000-abc123"));
  EXPECT_EQ(Bytes(theirs), before);
  EXPECT_THAT(Directories(), SizeIs(1));
}

TEST_F(WandbSink, TwoRunsOfOneIdBecomeTwo) {
  model::Experiment experiment = ExperimentOf({WandbSeries("a", {0})});
  experiment.runs.push_back(experiment.runs[0]);
  experiment.runs[1].name = "run2";
  ASSERT_TRUE(Write(experiment).ok());
  EXPECT_THAT(Read().runs, SizeIs(2));
}

TEST_F(WandbSink, IdsAreNoPaths) {
  model::Experiment experiment = ExperimentOf({WandbSeries("a", {0})});
  experiment.runs[0].info.id = "../../x";
  ASSERT_TRUE(Write(experiment).ok());
  EXPECT_THAT(Directories(), SizeIs(1));
  EXPECT_FALSE(fs::exists(destination() + "/../../x"));
}

class WandbNotes : public WandbSink {
 protected:
  WandbNotes() {
    proto::WandbRecord record;
    proto::WandbRun& run = *record.mutable_run();
    run.set_run_id("abc");
    run.set_project("p");
    run.set_notes("by hand");
    run.add_tags("t");
    auto& config = *run.mutable_config()->add_update();
    config.add_nested_key("opt");
    config.add_nested_key("lr");
    config.set_value_json("0.1");
    proto::WandbRecord summary;
    auto& best = *summary.mutable_summary()->add_update();
    best.add_nested_key("best");
    best.set_value_json("0.5");
    WandbFile()
        .Add(record)
        .Metric("val/*", "epoch")
        .Row({{{"x"}, "1"}})
        .Add(summary)
        .Exit(3)
        .Save(Source());
  }
  std::string Source() const { return destination() + "/run-20240101_000000-abc/run-abc.wandb"; }
  std::string Place() const { return destination() + "/offline-run-20240101_000000-abc-telltale"; }
  NoteResult Note(const std::string& verdict, const std::string& markdown) const {
    const model::Experiment read = Read();
    size_t run = 0;
    while (read.runs[run].written_by_telltale) ++run;
    const std::vector<RunNote> notes = {
        {.run = run, .verdict = verdict, .findings = {"a", "b"}, .markdown = markdown}};
    const auto results = FindFormat("wandb")->write_notes(read, notes);
    EXPECT_TRUE(results.ok());
    return results->at(0);
  }
};

TEST_F(WandbNotes, AreARunOfTheSameIdBesideIt) {
  const std::string before = Bytes(Source());
  EXPECT_EQ(Note("failing", "# No").outcome, NoteOutcome::kWritten);
  EXPECT_EQ(Bytes(Source()), before);
  const model::Experiment read = Read();
  ASSERT_THAT(read.runs, SizeIs(2));
  EXPECT_EQ(read.runs[0].info.id, "abc");
  EXPECT_THAT(read.runs[0].series, SizeIs(1));
  EXPECT_EQ(read.runs[0].series[0].size(), 1u);
  EXPECT_TRUE(read.runs[1].written_by_telltale);
  EXPECT_THAT(read.runs[1].series, SizeIs(0));
  const std::string bytes = Bytes(Place() + "/run-abc.wandb");
  for (const char* kept : {"by hand", "opt", "0.1", "val/*", "best", "telltale.verdict",
                           "\"failing\"", "\"a, b\"", "# No"}) {
    EXPECT_THAT(bytes, HasSubstr(kept));
  }
}

TEST_F(WandbNotes, AreReplacedBySecondOnes) {
  EXPECT_EQ(Note("failing", "# No").outcome, NoteOutcome::kWritten);
  EXPECT_EQ(Note("failing", "# No").outcome, NoteOutcome::kUnchanged);
  EXPECT_EQ(Note("healthy", "# Yes").outcome, NoteOutcome::kReplaced);
  const std::string bytes = Bytes(Place() + "/run-abc.wandb");
  EXPECT_THAT(bytes, HasSubstr("# Yes"));
  EXPECT_THAT(bytes, ::testing::Not(HasSubstr("# No")));
  EXPECT_THAT(Directories(), SizeIs(2));
}

TEST_F(WandbNotes, DoNotReplaceWhatOthersWrote) {
  fs::create_directories(Place());
  std::ofstream(Place() + "/notes.txt") << "theirs";
  const NoteResult result = Note("failing", "# No");
  EXPECT_EQ(result.outcome, NoteOutcome::kFailed);
  EXPECT_THAT(std::string(result.why.message()), HasSubstr("did not write it"));
  EXPECT_EQ(Bytes(Place() + "/notes.txt"), "theirs");
}

TEST_F(WandbNotes, DoNotStandInTheWayOfAConversion) {
  ASSERT_EQ(Note("failing", "# No").outcome, NoteOutcome::kWritten);
  fs::remove_all(fs::path(Source()).parent_path());
  model::Experiment experiment = ExperimentOf({WandbSeries("a", {0})});
  experiment.runs[0].info.id = "abc";
  const auto written = Write(experiment);
  ASSERT_TRUE(written.ok()) << written.status();
  EXPECT_THAT(Directories(), SizeIs(2));
}

}  // namespace
}  // namespace telltale::formats::wandb
