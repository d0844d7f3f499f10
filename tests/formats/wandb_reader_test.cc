// W&B's runs: every form of a row, of a run's files, and what a hostile file can do.

#include <cmath>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/formats/format.h"
#include "tests/support/temp_dir.h"
#include "tests/support/wandb_bytes.h"

namespace telltale::formats::wandb {
namespace {

using telltale::testing::TempDir;
using telltale::testing::WandbFile;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::IsNan;
using ::testing::UnorderedElementsAre;

class Wandb : public ::testing::Test {
 protected:
  const std::string& root() const { return dir_.path(); }
  model::Experiment Read(const std::string& below = "", const ReadOptions& options = {}) const {
    auto read = FindFormat("wandb")->read(root() + below, options);
    EXPECT_TRUE(read.ok()) << read.status();
    if (!read.ok()) return {};
    const auto broken = model::Validate(*read);
    EXPECT_FALSE(broken.has_value()) << *broken;
    return *std::move(read);
  }
  // The only run of `file`.
  model::Run ReadOne(const WandbFile& file) const {
    file.Save(root() + "/run-one.wandb");
    model::Experiment read = Read("/run-one.wandb");
    EXPECT_THAT(read.problems, IsEmpty());
    EXPECT_EQ(read.runs.size(), 1u);
    return read.runs.empty() ? model::Run() : std::move(read.runs[0]);
  }
  static std::vector<std::string> Tags(const model::Run& run) {
    std::vector<std::string> tags;
    for (const auto& series : run.series) tags.push_back(series.tag);
    return tags;
  }
  static const model::Series& Series(const model::Run& run, const std::string& tag) {
    for (const auto& series : run.series) {
      if (series.tag == tag) return series;
    }
    static const model::Series none;
    ADD_FAILURE() << "no series " << tag;
    return none;
  }

 private:
  TempDir dir_;
};

TEST_F(Wandb, ReadsStepsTimesAndNumbersOfEveryForm) {
  const model::Run run = ReadOne(
      WandbFile()
          .Run("one")
          .Row(
              {{{"_step"}, "3"}, {{"_timestamp"}, "1.5e+09"}, {{"a"}, "NaN"}, {{"b"}, "-Infinity"}})
          .Row({{{"_step"}, "\"7\""}, {{"a"}, "9007199254740993"}, {{"b"}, "true"}})
          .Row({{{"a"}, "\"Infinity\""}, {{"b"}, "1e999"}}));
  EXPECT_EQ(run.name, "p/one");
  EXPECT_THAT(Series(run, "a").steps, ElementsAre(3, 7, 8));
  EXPECT_THAT(Series(run, "a").values, ElementsAre(IsNan(), 9007199254740992.0, INFINITY));
  EXPECT_THAT(Series(run, "b").values, ElementsAre(-INFINITY, 1, INFINITY));
  EXPECT_THAT(Series(run, "a").wall_times, ElementsAre(1.5e9, IsNan(), IsNan()));
  EXPECT_EQ(run.info.status, model::RunStatus::kRunning);
}

TEST_F(Wandb, ReadsOldAndNewKeys) {
  proto::WandbRecord old;
  auto& item = *old.mutable_history()->add_item();
  item.set_key("loss");
  item.set_value_json("{\"train\": 1, \"val\": {\"x\": NaN}}");
  old.mutable_history()->mutable_step()->set_num(5);
  proto::WandbRecord first;  // a step of 0 is a message without fields
  *first.mutable_history()->add_item() = item;
  first.mutable_history()->mutable_step();
  const model::Run run = ReadOne(
      WandbFile().Run("one").Add(first).Add(old).Row({{{"_step"}, "6"}, {{"loss", "train"}, "2"}}));
  EXPECT_THAT(Tags(run), ElementsAre("loss.train", "loss.val.x"));
  EXPECT_THAT(Series(run, "loss.train").steps, ElementsAre(0, 5, 6));
}

TEST_F(Wandb, ReadsTypedItems) {
  // {2: "n", 6: 0.5}, {2: "i", 5: zigzag(-3)}, {2: "b", 4: 1}, {2: "t", 7: "words"}, {2: "0", 3: 0}
  const std::string items(
      "\x0a\x0c\x12\x01n\x31\0\0\0\0\0\0\xe0\x3f"
      "\x0a\x05\x12\x01i\x28\x05"
      "\x0a\x05\x12\x01"
      "b\x20\x01"
      "\x0a\x0a\x12\x01t\x3a\x05words"
      "\x0a\x05\x12\x01z\x18\0",
      14 + 7 + 7 + 12 + 7);
  std::string bytes;
  records::LevelDbLogWriter writer(io::AppendTo(bytes), telltale::testing::kWandbHeader);
  ASSERT_TRUE(writer.Write(std::string("\x12") + static_cast<char>(items.size()) + items).ok());
  std::ofstream(root() + "/run-one.wandb", std::ios::binary) << bytes;
  const model::Experiment read = Read();
  ASSERT_THAT(read.problems, IsEmpty());
  ASSERT_EQ(read.runs.size(), 1u);
  EXPECT_THAT(Series(read.runs[0], "n").values, ElementsAre(0.5));
  EXPECT_THAT(Series(read.runs[0], "i").values, ElementsAre(-3));
  EXPECT_THAT(Series(read.runs[0], "b").values, ElementsAre(1));
  ASSERT_EQ(read.runs[0].texts.size(), 1u);
  EXPECT_EQ(read.runs[0].texts[0].points[0].strings[0], "words");
}

TEST_F(Wandb, KeepsPathsApartWhoseNamesWouldBeOne) {
  const model::Run run = ReadOne(WandbFile().Run("one").Row(
      {{{"a", "b.c"}, "1"}, {{"a.b", "c"}, "2"}, {{"a.b.c"}, "3"}, {{"a", "b", "c"}, "4"}}));
  EXPECT_THAT(Tags(run), UnorderedElementsAre("a.b.c", "a.b\\.c", "a\\.b.c", "a.b.c (2)"));
  EXPECT_THAT(Series(run, "a.b.c").values, ElementsAre(3));
  EXPECT_THAT(Series(run, "a\\.b.c").values, ElementsAre(2));
}

TEST_F(Wandb, CountsMediaOfBothForms) {
  const model::Run run =
      ReadOne(WandbFile()
                  .Run("one")
                  .Row({{{"h"}, "{\"_type\": \"histogram\", \"bins\": [1, 2], \"values\": [3]}"}})
                  .Row({{{"i", "_type"}, "\"image-file\""},
                        {{"i", "width"}, "4"},
                        {{"i", "path"}, "\"x\""},
                        {{"iv"}, "1"},
                        {{"list"}, "[1, 2]"}}));
  EXPECT_THAT(Tags(run), ElementsAre("iv"));
  ASSERT_EQ(run.opaque.size(), 3u);
  EXPECT_EQ(run.opaque[0].kind, "histogram");
  EXPECT_EQ(run.opaque[1].kind, "list");
  EXPECT_EQ(run.opaque[2].kind, "image-file");
  EXPECT_EQ(run.opaque[2].tag, "i");
}

TEST_F(Wandb, GivesSeriesTheAxisThatIsDefinedForThem) {
  const model::Run run = ReadOne(
      WandbFile()
          .Run("one")
          .Metric("val/*", "epoch")
          .Metric("val/own", "other")
          .Metric("time", "_runtime")
          .Metric("unknown", "never")
          .Row({{{"val/loss"}, "1"}})
          .Row({{{"epoch"}, "0.5"}, {{"other"}, "9"}})
          .Row({{{"val/loss"}, "2"}, {{"val/own"}, "3"}, {{"_runtime"}, "11"}, {{"time"}, "5"}})
          .Row({{{"val/loss"}, "3"}, {{"epoch"}, "2"}, {{"unknown"}, "1"}}));
  EXPECT_EQ(Series(run, "val/loss").axis, "epoch");
  EXPECT_THAT(Series(run, "val/loss").axis_values, ElementsAre(IsNan(), 0.5, 2));
  EXPECT_THAT(Series(run, "val/own").axis_values, ElementsAre(9));
  EXPECT_THAT(Series(run, "time").axis_values, ElementsAre(11));
  EXPECT_EQ(Series(run, "epoch").axis, "");
  EXPECT_EQ(Series(run, "unknown").axis, "");
}

TEST_F(Wandb, AnAxisMayBeDefinedBehindItsPoints) {
  const model::Run run = ReadOne(WandbFile()
                                     .Run("one")
                                     .Row({{{"x"}, "7"}, {{"y"}, "1"}})
                                     .Metric("y", "x")
                                     .Row({{{"x"}, "8"}, {{"y"}, "2"}}));
  EXPECT_THAT(Series(run, "y").values, ElementsAre(1, 2));
  EXPECT_THAT(Series(run, "y").axis_values, ElementsAre(7, 8));
}

TEST_F(Wandb, ReadsConfigSummaryTagsAndNotes) {
  proto::WandbRecord record;
  proto::WandbRun& run = *record.mutable_run();
  run.set_run_id("one");
  run.set_notes("by hand");
  run.set_run_group("g");
  run.add_tags("a");
  run.mutable_start_time()->set_seconds(100);
  const auto config = [&](const std::string& key, const std::string& json) {
    auto& item = *run.mutable_config()->add_update();
    item.set_key(key);
    item.set_value_json(json);
  };
  config("_wandb", "{\"x\": 1}");
  config("lr", "{\"desc\": null, \"value\": 0.1}");
  config("opt", "{\"betas\": [0.9, 0.999], \"name\": \"sgd\", \"amp\": true}");
  config("seed", "1152921504606846977");
  proto::WandbRecord summary;
  for (const auto& [key, json] : std::vector<std::pair<std::string, std::string>>{
           {"loss", "{\"min\": 1}"}, {"best", "0.25"}, {"_runtime", "4"}}) {
    auto& item = *summary.mutable_summary()->add_update();
    item.add_nested_key(key);
    item.set_value_json(json);
  }
  const model::Run read = ReadOne(
      WandbFile().Add(record).Row({{{"loss"}, "1"}, {{"_runtime"}, "2"}}).Add(summary).Exit(3));
  EXPECT_EQ(read.info.note, "by hand");
  EXPECT_EQ(read.info.group, "g");
  EXPECT_EQ(read.info.status, model::RunStatus::kFailed);
  EXPECT_THAT(Series(read, "loss").wall_times, ElementsAre(102));
  ASSERT_EQ(read.params.size(), 5u);
  EXPECT_EQ(std::get<double>(read.params[0].value), 0.1);
  EXPECT_EQ(read.params[1].name, "opt.betas");
  EXPECT_EQ(std::get<std::string>(read.params[1].value), "[0.9,0.999]");
  EXPECT_EQ(std::get<bool>(read.params[3].value), true);
  EXPECT_EQ(std::get<std::string>(read.params[4].value), "1152921504606846977");
  ASSERT_EQ(read.tags.size(), 2u);
  EXPECT_EQ(read.tags[0].name, "a");
  EXPECT_EQ(read.tags[1].name, "summary/best");
}

TEST_F(Wandb, SystemMetricsHaveNoRole) {
  proto::WandbRecord stats;
  stats.mutable_stats()->mutable_timestamp()->set_seconds(50);
  auto& item = *stats.mutable_stats()->add_item();
  item.set_key("train_loss");
  item.set_value_json("12.5");
  const model::Run run =
      ReadOne(WandbFile().Run("one").Add(stats).Row({{{"train_loss"}, "1"}}).Add(stats));
  const model::Series& series = Series(run, "system/train_loss");
  EXPECT_TRUE(series.role_from_user);
  EXPECT_EQ(series.role.quantity, model::Role().quantity);
  EXPECT_THAT(series.steps, ElementsAre(0, 1));
  EXPECT_THAT(series.wall_times, ElementsAre(50, 50));
}

TEST_F(Wandb, AResumedRunIsOneRunOfSeveralFiles) {
  proto::WandbRecord resumed;
  resumed.mutable_run()->set_run_id("one");
  resumed.mutable_run()->set_project("p");
  resumed.mutable_run()->set_starting_step(2);
  resumed.mutable_run()->set_resumed(true);
  WandbFile()
      .Add(resumed)
      .Row({{{"x"}, "3"}})
      .Exit(0)
      .Save(root() + "/wandb/offline-run-20240102_000000-one/run-one.wandb");
  WandbFile()
      .Run("one")
      .Row({{{"x"}, "1"}})
      .Row({{{"x"}, "2"}})
      .Exit(1)
      .Save(root() + "/wandb/run-20240101_000000-one/run-one.wandb");
  WandbFile()
      .Run("two")
      .Row({{{"x"}, "1"}})
      .Save(root() + "/wandb/run-20240101_000000-two/run-two.wandb");
  std::filesystem::create_directory_symlink("offline-run-20240102_000000-one",
                                            root() + "/wandb/latest-run");
  const model::Experiment read = Read();
  ASSERT_EQ(read.runs.size(), 2u);
  const model::Run& run = read.runs[0];
  EXPECT_THAT(Series(run, "x").steps, ElementsAre(0, 1, 2));
  EXPECT_THAT(Series(run, "x").values, ElementsAre(1, 2, 3));
  EXPECT_THAT(run.restarts, ElementsAre(2));
  EXPECT_EQ(run.files.size(), 2u);
  EXPECT_EQ(run.info.status, model::RunStatus::kFinished);
  EXPECT_TRUE(run.files[1].path.ends_with("wandb/offline-run-20240102_000000-one/run-one.wandb"));
}

TEST_F(Wandb, IsFoundByContentAndByName) {
  const WandbFile file = WandbFile().Run("one");
  file.Save(root() + "/a/anything");
  file.Save(root() + "/b/wandb/run-1-one/run-one.wandb");
  std::ofstream(root() + "/c.wandb") << "";
  for (const char* path : {"/a/anything", "/b", "/b/wandb", "/b/wandb/run-1-one", "/c.wandb"}) {
    const auto format = Detect(root() + path);
    ASSERT_TRUE(format.ok()) << format.status();
    EXPECT_EQ((*format)->id, "wandb") << path;
  }
}

TEST_F(Wandb, SelectsSeries) {
  WandbFile()
      .Run("one", "p", "n")
      .Metric("b", "a")
      .Row({{{"a"}, "1"}, {{"b"}, "2"}})
      .Save(root() + "/run-one.wandb");
  const model::Experiment read =
      Read("", {.select = [](std::string_view run, std::string_view tag) {
             EXPECT_EQ(run, "p/n");
             return tag == "b";
           }});
  EXPECT_THAT(Tags(read.runs.at(0)), ElementsAre("b"));
  EXPECT_THAT(Series(read.runs[0], "b").axis_values, ElementsAre(1));
}

WandbFile ThirtyRecords() {
  WandbFile file;
  file.Run("one");
  for (int i = 0; i < 29; ++i) {
    file.Row({{{"_step"}, std::to_string(i)}, {{"loss"}, std::to_string(i)}});
  }
  return file;
}

TEST_F(Wandb, ATruncatedFileGivesAllWholeRows) {
  const WandbFile file = ThirtyRecords();
  const std::string path = root() + "/run-one.wandb";
  for (size_t size = 0; size < file.bytes().size(); size += 3) {
    std::ofstream(path, std::ios::binary) << file.bytes().substr(0, size);
    const model::Experiment read = Read();
    EXPECT_THAT(read.problems, IsEmpty());
    size_t whole = 0;
    while (whole + 1 < file.begins().size() && file.begins()[whole + 1] <= size) ++whole;
    const size_t rows =
        read.runs.empty() || read.runs[0].series.empty() ? 0 : read.runs[0].series[0].size();
    ASSERT_EQ(rows, whole > 0 ? whole - 1 : 0) << size;
  }
}

TEST_F(Wandb, AFlippedBitLosesOneRecordAndIsReported) {
  const WandbFile file = ThirtyRecords();
  const std::string path = root() + "/run-one.wandb";
  for (size_t bit = 7 * 8; bit < file.bytes().size() * 8; bit += 5) {
    std::string bytes = file.bytes();
    bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ (1 << bit % 8));
    std::ofstream(path, std::ios::binary) << bytes;
    const model::Experiment read = Read();
    ASSERT_EQ(read.runs.size(), 1u);
    const bool in_run = bit / 8 < file.begins()[1];
    ASSERT_EQ(Series(read.runs[0], "loss").size(), in_run ? 29u : 28u) << bit;
    EXPECT_EQ(read.runs[0].info.id, "one");  // from the file's name, if need be
    const bool reported = read.problems.size() == 1 || read.runs[0].files[0].pending_bytes > 0;
    EXPECT_TRUE(reported) << bit;
  }
}

TEST_F(Wandb, HostileValuesAreRead) {
  const std::string deep(100000, '[');
  std::string dictionaries;
  for (int i = 0; i < 10000; ++i) dictionaries += "{\"a\":";
  const model::Run run = ReadOne(WandbFile()
                                     .Run("one")
                                     .Row({{{"deep"}, deep},
                                           {{"dictionaries"}, dictionaries},
                                           {{"cut"}, "{\"a\": 1"},
                                           {{"empty"}, ""},
                                           {{""}, "1"},
                                           {{}, "2"},
                                           {{"x\ny", std::string("\0", 1)}, "3"},
                                           {{"_step"}, "[1]"},
                                           {{"word"}, "nan"},
                                           {{"minus"}, "-"},
                                           {{"bad\xff"}, "1"}})
                                     .Row({{{"_step"}, "9223372036854775807"}, {{"far"}, "1"}})
                                     .Row({{{"far"}, "2"}}));
  EXPECT_THAT(Series(run, "far").steps, ElementsAre(INT64_MAX, INT64_MAX));
}

TEST_F(Wandb, RecordsThatAreNoneAreReported) {
  std::string bytes;
  records::LevelDbLogWriter writer(io::AppendTo(bytes), telltale::testing::kWandbHeader);
  ASSERT_TRUE(writer.Write("\xff\xff\xff").ok());
  std::ofstream(root() + "/run-one.wandb", std::ios::binary) << bytes;
  const model::Experiment read = Read();
  ASSERT_EQ(read.problems.size(), 1u);
  EXPECT_EQ(read.problems[0].kind, ProblemKind::kUnparsable);
  EXPECT_EQ(read.problems[0].begin, 7u);
  EXPECT_EQ(read.problems[0].end, bytes.size());
}

}  // namespace
}  // namespace telltale::formats::wandb
