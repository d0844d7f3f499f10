#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/formats/format.h"
#include "lib/formats/tensorboard/tensor.h"
#include "proto/plugins.pb.h"
#include "tests/support/event_bytes.h"
#include "tests/support/temp_dir.h"

namespace telltale::formats {
namespace {

using ::testing::ElementsAre;
using testing::EventRecord;
using testing::Frame;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::ScalarEvent;
using testing::ScalarFile;
using testing::TempDir;
using testing::VersionRecord;

model::Experiment ReadDir(const std::string& path, const ReadOptions& options = {}) {
  const auto format = Detect(path);
  EXPECT_TRUE(format.ok()) << format.status();
  auto experiment = (*format)->read(path, options);
  EXPECT_TRUE(experiment.ok()) << experiment.status();
  return *std::move(experiment);
}

std::vector<std::string> RunNames(const model::Experiment& experiment) {
  std::vector<std::string> names;
  for (const model::Run& run : experiment.runs) names.push_back(run.name);
  return names;
}

std::vector<std::string> ProblemKinds(const model::Experiment& experiment) {
  std::vector<std::string> kinds;
  for (const Problem& problem : experiment.problems)
    kinds.emplace_back(ProblemKindName(problem.kind));
  return kinds;
}

// "step=value" for each point.
std::string PointsText(const model::Series& series) {
  std::string text;
  for (size_t i = 0; i < series.size(); ++i)
    absl::StrAppend(&text, i == 0 ? "" : " ", series.steps[i], "=", series.values[i]);
  return text;
}

TEST(TensorBoardFormat, MakesARunOfEachDirectoryWithEventFiles) {
  const TempDir dir;
  dir.Write("events.out.tfevents.1.h", ScalarFile("x", {{0, 1.f}}));
  dir.Write("a/b/my.tfevents.copy", ScalarFile("x", {{0, 2.f}}));
  dir.Write("a/notes.txt", "not for us");
  const model::Experiment experiment = ReadDir(dir.path());
  EXPECT_THAT(RunNames(experiment), ElementsAre(".", "a/b"));
  EXPECT_EQ(experiment.runs[1].path, dir.Join("a/b"));
  EXPECT_THAT(experiment.problems, IsEmpty());
  EXPECT_EQ(model::Validate(experiment), std::nullopt);
}

TEST(TensorBoardFormat, ReadsASingleFileOfAnyName) {
  const TempDir dir;
  const std::string path = dir.Write("renamed.bin", ScalarFile("x", {{0, 1.f}, {1, 2.f}}));
  const model::Experiment experiment = ReadDir(path);
  ASSERT_EQ(experiment.runs.size(), 1u);
  EXPECT_EQ(PointsText(experiment.runs[0].series[0]), "0=1 1=2");
}

TEST(TensorBoardFormat, SaysThatThereIsNothing) {
  const TempDir dir;
  dir.Write("a/readme.md", "hello");
  const auto experiment = FindFormat("tensorboard")->read(dir.path(), {});
  EXPECT_EQ(experiment.status().code(), absl::StatusCode::kNotFound);
  EXPECT_THAT(std::string(experiment.status().message()), HasSubstr("tfevents"));
}

TEST(TensorBoardFormat, KeepsEveryPointInTheOrderOfTheFile) {
  const TempDir dir;
  dir.Write("tfevents", ScalarFile("x", {{5, 1.f}, {5, 2.f}, {3, 3.f}, {-2, 4.f}}));
  const model::Experiment experiment = ReadDir(dir.path());
  EXPECT_EQ(PointsText(experiment.runs[0].series[0]), "5=1 5=2 3=3 -2=4");
  EXPECT_TRUE(experiment.runs[0].series[0].float32);
  EXPECT_EQ(experiment.runs[0].first_wall_time, 998);
  EXPECT_EQ(experiment.runs[0].last_wall_time, 1005);
}

TEST(TensorBoardFormat, JoinsAFileThatContinues) {
  const TempDir dir;
  dir.Write("tfevents.1", ScalarFile("x", {{0, 0.f}, {1, 1.f}, {2, 2.f}, {3, 3.f}}));
  dir.Write("tfevents.2", ScalarFile("x", {{2, 12.f}, {3, 13.f}, {4, 14.f}}));
  const model::Experiment experiment = ReadDir(dir.path());
  EXPECT_THAT(RunNames(experiment), ElementsAre("."));
  EXPECT_EQ(PointsText(experiment.runs[0].series[0]), "0=0 1=1 2=2 3=3 2=12 3=13 4=14");
  EXPECT_EQ(experiment.runs[0].files.size(), 2u);
}

TEST(TensorBoardFormat, SplitsFilesThatStartAgain) {
  const TempDir dir;
  for (const char* name : {"r/tfevents.1", "r/tfevents.2"})
    dir.Write(name, ScalarFile("x", {{0, 0.f}, {1, 1.f}, {2, 2.f}}));
  dir.Write("r/tfevents.3", ScalarFile("x", {{2, 3.f}, {3, 3.f}}));
  const model::Experiment experiment = ReadDir(dir.path());
  EXPECT_THAT(RunNames(experiment), ElementsAre("r#1", "r#2"));
  EXPECT_EQ(experiment.runs[1].session, 2u);
  EXPECT_EQ(PointsText(experiment.runs[1].series[0]), "0=0 1=1 2=2 2=3 3=3");
  EXPECT_THAT(ProblemKinds(experiment), ElementsAre("several-sessions"));
}

TEST(TensorBoardFormat, BelievesASessionLogThatSaysResumed) {
  const TempDir dir;
  dir.Write("tfevents.1", ScalarFile("x", {{0, 0.f}, {10, 1.f}, {100, 2.f}}));
  proto::Event start;
  start.set_step(1);
  start.mutable_session_log()->set_status(proto::SessionLog::START);
  dir.Write("tfevents.2",
            VersionRecord() + EventRecord(start) + EventRecord(ScalarEvent(1, "x", 9)));
  const model::Experiment experiment = ReadDir(dir.path());
  EXPECT_THAT(RunNames(experiment), ElementsAre("."));
  EXPECT_THAT(experiment.runs[0].restarts, ElementsAre(1));
}

TEST(TensorBoardFormat, JoinsFilesOfDifferentTags) {
  const TempDir dir;
  dir.Write("tfevents.1", ScalarFile("x", {{0, 0.f}, {1, 1.f}}));
  dir.Write("tfevents.2", ScalarFile("y", {{0, 5.f}, {1, 6.f}}));
  const model::Experiment experiment = ReadDir(dir.path());
  ASSERT_THAT(RunNames(experiment), ElementsAre("."));
  EXPECT_EQ(experiment.runs[0].series.size(), 2u);
}

TEST(TensorBoardFormat, ReportsDamageAndReadsOn) {
  const TempDir dir;
  const std::string path =
      dir.Write("tfevents", VersionRecord() + EventRecord(ScalarEvent(0, "x", 1)) +
                                Frame(ScalarEvent(1, "x", 2).SerializeAsString(), {.data_crc = 1}) +
                                Frame("\xff\xff no event") + EventRecord(ScalarEvent(2, "x", 3)) +
                                EventRecord(ScalarEvent(3, "x", 4)).substr(0, 20));
  const model::Experiment experiment = ReadDir(dir.path());
  EXPECT_EQ(PointsText(experiment.runs[0].series[0]), "0=1 2=3");
  EXPECT_THAT(ProblemKinds(experiment), ElementsAre("corrupt-record", "unparsable"));
  EXPECT_EQ(experiment.problems[0].path, path);
  EXPECT_EQ(experiment.problems[0].records_lost, 1u);
  EXPECT_EQ(experiment.runs[0].files[0].pending_bytes, 20u);
  EXPECT_EQ(experiment.runs[0].files[0].records, 4u);
}

TEST(TensorBoardFormat, KeepsWhatTensorBoardHidesAndSaysSo) {
  const TempDir dir;
  proto::Event with_double = ScalarEvent(1, "double", 0);
  auto* value = with_double.mutable_summary()->mutable_value(0);
  value->mutable_tensor()->set_dtype(tensorboard::kDtDouble);
  value->mutable_tensor()->add_double_val(0.1);
  value->mutable_metadata()->mutable_plugin_data()->set_plugin_name("scalars");
  proto::Event text = ScalarEvent(1, "x", 0);
  text.mutable_summary()->mutable_value(0)->mutable_tensor()->set_dtype(tensorboard::kDtString);
  text.mutable_summary()->mutable_value(0)->mutable_tensor()->add_string_val("words");
  const double nan = std::numeric_limits<double>::quiet_NaN();
  dir.Write("tfevents", VersionRecord() + EventRecord(ScalarEvent(0, "x", 1, nan)) +
                            EventRecord(with_double) + EventRecord(text) +
                            EventRecord(ScalarEvent(2, "x", 2, nan)) +
                            EventRecord(ScalarEvent(3, "x", 2, 1 / 0.0)));
  const model::Experiment experiment = ReadDir(dir.path());
  const model::Run& run = experiment.runs[0];
  EXPECT_EQ(PointsText(run.series[0]), "0=1 2=2 3=2");
  EXPECT_EQ(run.series[1].values[0], 0.1);
  EXPECT_FALSE(run.series[1].float32);
  ASSERT_EQ(run.texts.size(), 1u);
  EXPECT_THAT(run.texts[0].points[0].strings, ElementsAre("words"));
  EXPECT_THAT(ProblemKinds(experiment), ElementsAre("hidden-by-tracker", "hidden-by-tracker",
                                                    "hidden-by-tracker", "hidden-by-tracker"));
}

TEST(TensorBoardFormat, CountsWhatItDoesNotUnderstandAndKeepsItOnRequest) {
  const TempDir dir;
  proto::Event histogram = ScalarEvent(4, "h", 0);
  histogram.mutable_summary()->mutable_value(0)->set_histo("bytes of a histogram");
  proto::Event graph;
  graph.set_graph_def("a graph");
  dir.Write("tfevents", EventRecord(histogram) + EventRecord(graph));
  const model::Experiment counted = ReadDir(dir.path());
  ASSERT_EQ(counted.runs[0].opaque.size(), 2u);
  EXPECT_EQ(counted.runs[0].opaque[0].kind, "histograms");
  EXPECT_EQ(counted.runs[0].opaque[0].count, 1u);
  EXPECT_THAT(counted.runs[0].opaque[0].points, IsEmpty());
  EXPECT_EQ(counted.runs[0].opaque[1].kind, "graph");
  const model::Experiment kept = ReadDir(dir.path(), {.keep_opaque = true});
  EXPECT_EQ(kept.runs[0].opaque[0].points[0].bytes,
            histogram.summary().value(0).SerializeAsString());
}

TEST(TensorBoardFormat, ReadsHyperParameters) {
  const TempDir dir;
  proto::HParamsPluginData data;
  auto* rate = data.mutable_session_start_info()->add_hparams();
  rate->set_key("lr");
  rate->mutable_value()->set_number_value(0.01);
  auto* name = data.mutable_session_start_info()->add_hparams();
  name->set_key("optimizer");
  name->mutable_value()->set_string_value("adam");
  auto* again = data.mutable_session_start_info()->add_hparams();
  again->set_key("lr");
  again->mutable_value()->set_number_value(9);
  proto::Event event;
  auto* value = event.mutable_summary()->add_value();
  value->set_tag("_hparams_/session_start_info");
  value->mutable_metadata()->mutable_plugin_data()->set_plugin_name("hparams");
  value->mutable_metadata()->mutable_plugin_data()->set_content(data.SerializeAsString());
  dir.Write("tfevents", EventRecord(event));
  const model::Experiment experiment = ReadDir(dir.path());
  ASSERT_EQ(experiment.runs[0].params.size(), 2u);
  EXPECT_EQ(experiment.runs[0].params[0].name, "lr");
  EXPECT_EQ(std::get<double>(experiment.runs[0].params[0].value), 0.01);
  EXPECT_EQ(std::get<std::string>(experiment.runs[0].params[1].value), "adam");
}

TEST(TensorBoardFormat, KnowsItsOwnAnnotations) {
  const TempDir dir;
  proto::Event version;
  version.set_file_version("brain.Event:2");
  version.mutable_source_metadata()->set_writer("telltale 0.1.0");
  dir.Write("telltale/tfevents", EventRecord(version) + EventRecord(ScalarEvent(0, "x", 1)));
  EXPECT_TRUE(ReadDir(dir.path()).runs[0].written_by_telltale);
}

TEST(TensorBoardFormat, SelectsSeriesAndCountsProgress) {
  const TempDir dir;
  dir.Write("r/tfevents",
            ScalarFile("x", {{0, 0.f}, {1, 1.f}}) + EventRecord(ScalarEvent(0, "y", 1)));
  Progress last;
  const model::Experiment experiment =
      ReadDir(dir.path(), {.select = [](std::string_view run,
                                        std::string_view tag) { return run == "r" && tag == "y"; },
                           .progress = [&](const Progress& progress) { last = progress; }});
  ASSERT_EQ(experiment.runs[0].series.size(), 1u);
  EXPECT_EQ(experiment.runs[0].series[0].tag, "y");
  EXPECT_EQ(last.points, 1u);
  EXPECT_EQ(last.bytes_done, last.bytes_total);
}

// Room for a long file is made from what its beginning looks like, which may be misleading.
TEST(TensorBoardFormat, ReadsALongFileThatIsNotLikeItsBeginning) {
  std::string bytes = VersionRecord();
  constexpr int kEvents = 100000;  // 4.6 MB
  const auto tag_of = [](int i) {
    if (i < kEvents / 2) return i % 7 == 0 ? "rare" : "early";
    return i % 3 == 0 ? "late" : "rare";
  };
  for (int i = 0; i < kEvents; ++i) {
    bytes += EventRecord(ScalarEvent(i, tag_of(i), static_cast<float>(i), 1000 + i));
  }
  const TempDir dir;
  dir.Write("r/tfevents", bytes);
  const model::Experiment experiment = ReadDir(dir.path());
  ASSERT_EQ(experiment.runs[0].series.size(), 3u);
  std::map<std::string, size_t> next;
  for (int i = 0; i < kEvents; ++i) {
    const std::string tag = tag_of(i);
    const auto series =
        std::find_if(experiment.runs[0].series.begin(), experiment.runs[0].series.end(),
                     [&](const model::Series& s) { return s.tag == tag; });
    const size_t at = next[tag]++;
    ASSERT_LT(at, series->size());
    ASSERT_EQ(series->steps[at], i);
    ASSERT_EQ(series->wall_times[at], 1000 + i);
    ASSERT_EQ(series->values[at], i);
  }
  for (const model::Series& series : experiment.runs[0].series) {
    EXPECT_EQ(series.size(), next[series.tag]);
  }
}

TEST(TensorBoardFormat, GivesTheSameOnAnyNumberOfThreads) {
  const TempDir dir;
  for (int i = 0; i < 20; ++i)
    dir.Write(absl::StrCat("r", i, "/tfevents"), ScalarFile("x", {{i, 1.f}, {i + 1, 2.f}}));
  const model::Experiment one = ReadDir(dir.path(), {.jobs = 1});
  const model::Experiment many = ReadDir(dir.path(), {.jobs = 7});
  ASSERT_EQ(RunNames(one), RunNames(many));
  for (size_t i = 0; i < one.runs.size(); ++i) {
    EXPECT_EQ(PointsText(one.runs[i].series[0]), PointsText(many.runs[i].series[0]));
  }
}

TEST(Detect, SaysThatAPathIsMissing) {
  const auto format = Detect("/nonexistent/telltale");
  EXPECT_EQ(format.status().code(), absl::StatusCode::kNotFound);
}

TEST(Detect, RefusesWhatNobodyKnows) {
  const TempDir dir;
  EXPECT_THAT(std::string(Detect(dir.Write("a.png", "\x89PNG")).status().message()),
              HasSubstr("--from"));
}

TEST(TensorBoardFormat, LeavesOutTagsBeyondTheLimitAndSaysSo) {
  testing::TempDir dir;
  std::string bytes = testing::VersionRecord();
  for (int i = 0; i < 10; ++i) {
    bytes += testing::EventRecord(testing::ScalarEvent(i, "tag" + std::to_string(i), 1));
    bytes += testing::EventRecord(testing::ScalarEvent(i, "tag0", 1));
  }
  const std::string path = dir.Write("events.out.tfevents.1", bytes);
  const auto read = FindFormat("tensorboard")->read(path, {.max_tags = 3});
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(read->runs.at(0).series.size(), 3u);
  EXPECT_EQ(read->runs.at(0).series.at(0).size(), 11u);
  ASSERT_EQ(read->problems.size(), 1u);
  EXPECT_EQ(read->problems[0].kind, ProblemKind::kLimitReached);
  EXPECT_NE(read->problems[0].message.find("\"tag3\""), std::string::npos);
}

}  // namespace
}  // namespace telltale::formats
