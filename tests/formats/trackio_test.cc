// Trackio's databases: those of testdata/formats/trackio, what we write, and what is damaged.

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/formats/format.h"
#include "lib/formats/trackio/names.h"
#include "lib/formats/trackio/rows.h"
#include "lib/io/sqlite.h"
#include "tests/formats/expected.h"
#include "tests/support/not_finite.h"
#include "tests/support/temp_dir.h"

namespace telltale::formats {
namespace {

using io::SqliteDatabase;
using nlohmann::json;
using telltale::testing::Number;
using ::testing::HasSubstr;
using testing::TempDir;

const Format& Trackio() { return *FindFormat("trackio"); }

std::string Case(const std::string& name) {
  return std::string(TELLTALE_SOURCE_DIR) + "/testdata/formats/trackio/" + name;
}

std::string FileBytes(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

const model::Series* FindSeries(const model::Run& run, const std::string& tag) {
  for (const model::Series& series : run.series) {
    if (series.tag == tag) return &series;
  }
  return nullptr;
}

std::string ParamText(const std::vector<model::Param>& params, const std::string& name) {
  for (const model::Param& param : params) {
    if (param.name != name) continue;
    if (const auto* text = std::get_if<std::string>(&param.value)) return *text;
    if (const auto* truth = std::get_if<bool>(&param.value)) return *truth ? "true" : "false";
    return json(std::get<double>(param.value)).dump();
  }
  return "none";
}

// A database with one run "r" of the rows in `values`.
std::string MakeDatabase(const TempDir& dir, const std::string& values,
                         const std::string& column = "TEXT") {
  const std::string path = dir.Join("made.db");
  const auto database = SqliteDatabase::Open(path, SqliteDatabase::Mode::kCreate);
  EXPECT_TRUE(database
                  ->Execute("CREATE TABLE configs (id INTEGER PRIMARY KEY, run_name TEXT, "
                            "config TEXT); CREATE TABLE metrics (id INTEGER PRIMARY KEY, "
                            "timestamp TEXT, run_name TEXT, step INTEGER, metrics " +
                            column +
                            "); INSERT INTO metrics (timestamp, run_name, step, "
                            "metrics) VALUES " +
                            values)
                  .ok());
  return path;
}

class Cases : public ::testing::TestWithParam<const char*> {};

TEST_P(Cases, ReadToWhatTrackioReads) {
  const std::string directory = Case(GetParam());
  const auto detected = Detect(directory);
  ASSERT_TRUE(detected.ok()) << detected.status();
  EXPECT_EQ((*detected)->id, "trackio");
  const auto read = Trackio().read(directory, {});
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_TRUE(read->problems.empty());
  EXPECT_FALSE(model::Validate(*read).has_value());
  std::ifstream in(directory + "/expected.json");
  const json expected = json::parse(in);
  ASSERT_EQ(read->runs.size(), expected.size());
  for (const model::Run& run : read->runs) {
    const json& tags = expected.at(run.info.title);
    for (const auto& [tag, points] : tags.items()) {
      SCOPED_TRACE(run.name + " " + tag);
      const model::Series* series = FindSeries(run, tag);
      ASSERT_NE(series, nullptr);
      ASSERT_EQ(series->size(), points.size());
      for (size_t i = 0; i < points.size(); ++i) {
        const double value = Number(points[i][1]);
        EXPECT_EQ(series->steps[i], points[i][0].get<int64_t>());
        EXPECT_TRUE(value == series->values[i]
                        ? std::signbit(value) == std::signbit(series->values[i])
                        : std::isnan(value) && std::isnan(series->values[i]))
            << i << ": " << series->values[i];
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Trackio, Cases, ::testing::Values("training", "before_run_ids"));

TEST(Trackio, ReadsWhatSurroundsThePoints) {
  const auto read = Trackio().read(Case("training") + "/training.db", {});
  ASSERT_TRUE(read.ok()) << read.status();
  const model::Run& run = read->runs.at(0);
  EXPECT_EQ(run.name, "first");
  EXPECT_EQ(run.info.project, "training");
  EXPECT_EQ(run.info.group, "sweep");
  EXPECT_GT(run.info.start_time, 1.7e9);
  EXPECT_GT(run.first_wall_time, 1.7e9);
  EXPECT_EQ(ParamText(run.params, "lr"), "0.1");
  EXPECT_EQ(ParamText(run.params, "opt/name"), "sgd");
  EXPECT_EQ(ParamText(run.params, "opt/nesterov"), "true");
  ASSERT_NE(FindSeries(run, "nested/a"), nullptr);
  ASSERT_EQ(run.texts.size(), 2u);
  EXPECT_EQ(run.texts[0].tag, "note");
  EXPECT_EQ(run.texts[0].points.at(0).strings.at(0), "a **word**");
  EXPECT_EQ(run.texts[1].points.at(0).strings.at(0), "**slow** (info): by hand");
}

TEST(Trackio, LeavesNothingBesideWhatItReads) {
  const TempDir dir;
  // In WAL mode, as Trackio leaves its files.
  const std::string path = dir.Write("p.db", FileBytes(Case("training") + "/training.db"));
  ASSERT_EQ(FileBytes(path).at(19), '\2');
  ASSERT_TRUE(Trackio().read(path, {}).ok());
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(dir.path()), {}), 1);
}

TEST(Trackio, TakesBlobsTextAndBareWords) {
  const TempDir dir;
  const std::string path =
      MakeDatabase(dir,
                   "('2025-01-01T00:00:00.5+01:00', 'r', 0, x'7b2261223a312e357d'),"
                   "('2025-01-01 00:00:01', 'r', 1, '{\"a\": NaN, \"b\": -Infinity}'),"
                   "('later', 'r', 2, '{\"a\": true, \"c\": null, \"d\": [1, 2], "
                   "\"e\": {\"_type\": \"trackio.image\", \"x\": 1}}')",
                   "BLOB");
  const auto read = Trackio().read(path, {});
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_TRUE(read->problems.empty());
  const model::Run& run = read->runs.at(0);
  const model::Series* a = FindSeries(run, "a");
  ASSERT_EQ(a->size(), 3u);
  EXPECT_EQ(a->values[0], 1.5);
  EXPECT_TRUE(std::isnan(a->values[1]));
  EXPECT_EQ(a->values[2], 1);
  EXPECT_EQ(a->wall_times[0], 1735686000.5);
  EXPECT_EQ(a->wall_times[1], 1735689601);
  EXPECT_TRUE(std::isnan(a->wall_times[2]));
  EXPECT_EQ(FindSeries(run, "b")->values[0], -testing::kInfinity);
  EXPECT_EQ(FindSeries(run, "c"), nullptr);
  ASSERT_EQ(run.opaque.size(), 2u);
  EXPECT_EQ(run.opaque[1].kind, "image");
}

TEST(Trackio, ReportsRowsThatAreNoJson) {
  const TempDir dir;
  const std::string deep(100000, '[');
  const std::string path = MakeDatabase(dir,
                                        "('2025-01-01', 'r', 0, '{\"a\": 1}'), ('', 'r', 1, '{'),"
                                        "('', 'r', 2, NULL), ('', 'r', 3, '" +
                                            deep + "'), ('', 'r', 4, '{\"a\": 2}')");
  const auto read = Trackio().read(path, {});
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(FindSeries(read->runs.at(0), "a")->size(), 2u);
  ASSERT_EQ(read->problems.size(), 1u);
  EXPECT_EQ(read->problems[0].records_lost, 3u);
}

TEST(Trackio, IsNotTakenForMlflowNorMlflowForIt) {
  const TempDir dir;
  const std::string path = dir.Write("mlflow.db", FileBytes(Case("training") + "/training.db"));
  ASSERT_TRUE(Detect(path).ok());
  EXPECT_EQ((*Detect(path))->id, "trackio");
  const model::Experiment nothing;
  const std::string other = dir.Join("other.db");
  ASSERT_TRUE(FindFormat("mlflow")->sink->write(nothing, other, {}).ok());
  EXPECT_EQ((*Detect(other))->id, "mlflow");
  const auto read = Trackio().read(other, {});
  EXPECT_THAT(std::string(read.status().message()), HasSubstr("none of Trackio's"));
  model::Experiment experiment;
  experiment.runs.emplace_back().info.id = "x";
  const auto written = Trackio().sink->write(experiment, other, {});
  EXPECT_THAT(std::string(written.status().message()), HasSubstr("no database of Trackio's"));
}

TEST(Trackio, NeverReplacesARunOfOthers) {
  const TempDir dir;
  const std::string path = dir.Write("training.db", FileBytes(Case("training") + "/training.db"));
  auto read = Trackio().read(path, {});
  ASSERT_TRUE(read.ok());
  const auto written = Trackio().sink->write(*read, path, {});
  EXPECT_TRUE(absl::IsFailedPrecondition(written.status())) << written.status();
  EXPECT_THAT(std::string(written.status().message()), HasSubstr("did not convert"));
  for (model::Run& run : read->runs) run.info.id += "other";
  EXPECT_TRUE(Trackio().sink->write(*read, path, {}).ok());
  EXPECT_EQ(Trackio().read(path, {})->runs.size(), 4u);
}

TEST(Trackio, KeepsParametersThatItWouldTakeForSomethingElse) {
  const TempDir dir;
  model::Experiment experiment;
  model::Run& run = experiment.runs.emplace_back();
  run.name = "r";
  run.info.id = "id";
  run.params = {{"_Created", std::string("me")},
                {"word", std::string("NaN")},
                {"nan", std::nan("")},
                {"huge", std::string("12345678901234567890")},
                {"flag", true},
                {"", 1.0}};
  run.tags = {{"a tag", std::string("NaN")}};
  ASSERT_TRUE(Trackio().sink->write(experiment, dir.Join("p.db"), {}).ok());
  const auto read = Trackio().read(dir.Join("p.db"), {});
  ASSERT_TRUE(read.ok()) << read.status();
  const model::Run& back = read->runs.at(0);
  EXPECT_EQ(ParamText(back.params, "_Created"), "me");
  EXPECT_EQ(ParamText(back.params, "word"), "NaN");
  EXPECT_EQ(ParamText(back.params, "nan"), "null");  // a number
  EXPECT_EQ(ParamText(back.params, "huge"), "12345678901234567890");
  EXPECT_EQ(ParamText(back.params, "flag"), "true");
  EXPECT_EQ(ParamText(back.params, ""), "1.0");
  EXPECT_EQ(ParamText(back.tags, "a tag"), "NaN");
}

TEST(Trackio, NotesAreItsAlertsAndLeaveThoseOfPeople) {
  const TempDir dir;
  const std::string path = dir.Write("training.db", FileBytes(Case("training") + "/training.db"));
  const auto write = [&](const std::string& title) {
    const auto read = Trackio().read(path, {});
    RunNote note{.run = 0};
    note.alerts = {{.level = AlertLevel::kError, .title = title, .text = "t", .step = 3},
                   {.title = "no step", .text = "u"}};
    const auto results = Trackio().write_notes(*read, std::span(&note, 1));
    EXPECT_TRUE(results.ok()) << results.status();
    return results->at(0).outcome;
  };
  EXPECT_EQ(write("divergence"), NoteOutcome::kWritten);
  EXPECT_EQ(write("divergence"), NoteOutcome::kUnchanged);
  EXPECT_EQ(write("plateau"), NoteOutcome::kReplaced);
  const auto database = SqliteDatabase::Open(path, SqliteDatabase::Mode::kRead);
  auto rows =
      database->Prepare("SELECT run_name, title, text, level, step FROM alerts ORDER BY id");
  std::string all;
  while (*rows->Step()) {
    for (int i = 0; i < 5; ++i) all += std::string(rows->Text(i)) + (i < 4 ? "|" : "\n");
  }
  EXPECT_EQ(all,
            "first|slow|by hand|info|100\nsecond|slow|by hand|info|100\n"
            "first|plateau|t|error|3\nfirst|no step|u|info|\n");
  // They are no text of the run's.
  EXPECT_EQ(Trackio().read(path, {})->runs.at(0).texts.at(1).points.size(), 1u);
}

TEST(Trackio, SurvivesDamageAnywhere) {
  const TempDir dir;
  const std::string whole = FileBytes(Case("before_run_ids") + "/old.db");
  const std::string path = dir.Join("x.db");
  for (size_t n = 0; n < whole.size(); n += 97) {
    const std::string cut = dir.Write("x.db", std::string_view(whole).substr(0, n));
    (void)Detect(path);
    const auto read = Trackio().read(path, {});
    if (read.ok()) {
      EXPECT_FALSE(model::Validate(*read).has_value()) << n;
    }
  }
  for (size_t at = 0; at < whole.size(); at += 37) {
    std::string flipped = whole;
    flipped[at] = static_cast<char>(flipped[at] ^ (1 << (at % 8)));
    dir.Write("x.db", flipped);
    const auto read = Trackio().read(path, {});
    if (read.ok()) {
      EXPECT_FALSE(model::Validate(*read).has_value()) << at;
    }
  }
}

TEST(TrackioNames, AreThoseThatTrackioTakes) {
  EXPECT_EQ(trackio::FitTag("step"), "__step");
  EXPECT_EQ(trackio::FitTag(""), "unnamed");
  EXPECT_EQ(trackio::FileNameOf("my.model/../x y"), "mymodelxy.db");
  EXPECT_EQ(trackio::FileNameOf("训练-1_a"), "训练-1_a.db");
  EXPECT_EQ(trackio::FileNameOf("../.."), "default.db");
}

TEST(TrackioNames, TimesKeepMicroseconds) {
  EXPECT_EQ(trackio::FormatTime(1700000000123456), "2023-11-14T22:13:20.123456+00:00");
  EXPECT_EQ(trackio::ParseTime("2023-11-14T22:13:20.123456+00:00"), 1700000000123456);
  EXPECT_EQ(trackio::ParseTime("2023-11-14T22:13:20Z"), 1700000000000000);
  EXPECT_EQ(trackio::ParseTime("infinite-future"), std::nullopt);
  EXPECT_EQ(trackio::Microseconds(1e300), trackio::Microseconds(253402300799.0));
}

TEST(TrackioRows, PutTogetherWhatWasLoggedTogether) {
  model::Run run;
  const auto add = [&](const std::string& tag, std::vector<int64_t> steps,
                       std::vector<double> times) {
    model::Series& series = run.series.emplace_back();
    series.tag = tag;
    for (size_t i = 0; i < steps.size(); ++i) {
      series.steps.push_back(steps[i]);
      series.wall_times.push_back(times[i]);
      series.values.push_back(static_cast<double>(i));
    }
  };
  add("a", {0, 1, 1, 0}, {1, 2, 2, 1});
  add("b", {0, 1, 2}, {1, 2, 3});
  std::string rows;
  const auto status = trackio::EachRow(run, [&](const trackio::Row& row) {
    rows += std::to_string(row.step) + row.metrics + "\n";
    return absl::OkStatus();
  });
  ASSERT_TRUE(status.ok());
  // The second 1 of "a" is a row of its own, and its last point stays its last.
  EXPECT_EQ(rows,
            "0{\"a\":0.0,\"b\":0.0}\n1{\"a\":1.0}\n1{\"a\":2.0,\"b\":1.0}\n0{\"a\":3.0}\n"
            "2{\"b\":2.0}\n");
}

}  // namespace
}  // namespace telltale::formats
