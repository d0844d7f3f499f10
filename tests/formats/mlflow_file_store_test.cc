// MLflow's file store: every form of its lines, and what a hostile one can do.

#include <cmath>
#include <filesystem>
#include <fstream>
#include <limits>
#include <map>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/formats/format.h"
#include "tests/support/temp_dir.h"

namespace telltale::formats::mlflow {
namespace {

using telltale::testing::TempDir;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class FileStore : public ::testing::Test {
 protected:
  FileStore() {
    Write("1/meta.yaml", "name: exp\nexperiment_id: '1'\nlifecycle_stage: active\n");
    Write("1/abc/meta.yaml",
          "run_id: abc\nrun_name: one\nstatus: 5\nstart_time: 1700000000000\nend_time: null\n"
          "lifecycle_stage: active\n");
  }

  void Write(const std::string& file, const std::string& text) const {
    const std::filesystem::path path = root() + "/" + file;
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << text;
  }
  std::string root() const { return dir_.path() + "/mlruns"; }
  absl::StatusOr<model::Experiment> Read(const std::string& below = "") const {
    return FindFormat("mlruns")->read(root() + below, {});
  }

 private:
  TempDir dir_;
};

TEST_F(FileStore, ReadsLinesOfAllThreeForms) {
  Write("1/abc/metrics/old", "1500000000 0.5\n1500000001 0.25\n");
  Write("1/abc/metrics/val/loss", "1700000000250 nan -2\n1700000000500 -inf 3\n");
  Write("1/abc/metrics/five", "1700000000250 1e-300 7 data 0a1b\r\n");
  const auto read = Read();
  ASSERT_TRUE(read.ok()) << read.status();
  ASSERT_EQ(read->runs.size(), 1);
  const model::Run& run = read->runs[0];
  EXPECT_EQ(run.name, "exp/one");
  EXPECT_EQ(run.info.status, model::RunStatus::kKilled);
  EXPECT_EQ(run.info.start_time, 1700000000);
  EXPECT_EQ(run.info.end_time, 0);
  ASSERT_EQ(run.series.size(), 3);
  EXPECT_EQ(run.series[0].tag, "five");
  EXPECT_THAT(run.series[0].steps, ElementsAre(7));
  EXPECT_THAT(run.series[0].values, ElementsAre(1e-300));
  EXPECT_THAT(run.series[1].steps, ElementsAre(0, 1));
  EXPECT_THAT(run.series[1].wall_times, ElementsAre(1500000000.0, 1500000001.0));
  EXPECT_EQ(run.series[2].tag, "val/loss");
  EXPECT_TRUE(std::isnan(run.series[2].values[0]));
  EXPECT_EQ(run.series[2].values[1], -std::numeric_limits<double>::infinity());
  EXPECT_TRUE(read->problems.empty());
}

TEST_F(FileStore, IsFoundFromEveryLevel) {
  Write("1/abc/metrics/loss", "1700000000250 1 0\n");
  for (const std::string below : {"", "/1", "/1/abc", "/.."}) {
    const auto format = Detect(root() + below);
    ASSERT_TRUE(format.ok()) << below << format.status();
    EXPECT_EQ((*format)->id, "mlruns") << below;
    const auto read = Read(below);
    ASSERT_TRUE(read.ok()) << below << read.status();
    ASSERT_EQ(read->runs.size(), 1) << below;
    EXPECT_EQ(read->runs[0].name, "exp/one") << below;
  }
}

TEST_F(FileStore, ReportsLinesThatAreNone) {
  Write("1/abc/metrics/loss", "1700000000250 1 0\nrubbish\n1700000000250 x 1\n1700000000250 2 1");
  const auto read = Read();
  ASSERT_TRUE(read.ok());
  EXPECT_THAT(read->runs[0].series[0].values, ElementsAre(1, 2));
  ASSERT_EQ(read->problems.size(), 1);
  EXPECT_EQ(read->problems[0].begin, 18);
  EXPECT_EQ(read->problems[0].end, 25);
  EXPECT_EQ(read->problems[0].records_lost, 2);
  EXPECT_THAT(read->problems[0].path, HasSubstr("metrics/loss"));
}

TEST_F(FileStore, LeavesOutWhatIsDeleted) {
  Write("1/def/meta.yaml", "run_uuid: def\nlifecycle_stage: deleted\n");
  Write(".trash/2/ghi/meta.yaml", "run_id: ghi\nlifecycle_stage: active\n");
  const auto read = Read();
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(read->runs.size(), 1);
  ASSERT_EQ(read->problems.size(), 1);
  EXPECT_THAT(read->problems[0].message, HasSubstr("2 deleted runs"));
}

TEST_F(FileStore, SurvivesCyclesAndDeepYaml) {
  Write("1/abc/metrics/loss", "1700000000250 1 0\n");
  std::filesystem::create_directory_symlink("..", root() + "/1/loop");
  std::filesystem::create_symlink("loss", root() + "/1/abc/metrics/link");
  std::filesystem::create_symlink("nowhere", root() + "/1/abc/metrics/broken");
  Write("1/bad/meta.yaml", "run_id: " + std::string(60000, '['));
  const auto read = Read();
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_FALSE(model::Validate(*read).has_value());
  ASSERT_EQ(read->runs.size(), 1);
  EXPECT_FALSE(read->problems.empty());
}

TEST_F(FileStore, PassesOverALineThatIsTooLong) {
  Write("1/abc/metrics/x",
        "1700000000000 1 1\n" + std::string(3 << 20, '7') + "\n1700000000000 2 2");
  Write("1/abc/metrics/y", std::string(5000, '\0'));
  const auto read = Read();
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_THAT(read->runs.at(0).series.at(0).steps, ElementsAre(1, 2));
  ASSERT_EQ(read->problems.size(), 2u);
  EXPECT_EQ(read->problems[0].begin, 18u);
  EXPECT_EQ(read->problems[0].end, 18u + (3 << 20));
  EXPECT_EQ(read->problems[1].end, 5000u);
}

// Cut off, and with bits flipped: an error or a valid experiment, nothing else.
TEST_F(FileStore, SurvivesDamage) {
  const std::map<std::string, std::string> files = {
      {"1/meta.yaml", "name: exp\nexperiment_id: '1'\nlifecycle_stage: active\n"},
      {"1/abc/meta.yaml", "run_id: abc\nrun_name: \"one\"\nstatus: 5\nstart_time: 1700000000000\n"},
      {"1/abc/metrics/loss",
       "1500000000 0.5\n1700000000250 nan -2\n1700000000250 1e-300 7 data 0a\n"},
      {"1/abc/tags/telltale.names", "{\"a\": \"b\"}"}};
  for (const auto& entry : files) {
    const std::string& file = entry.first;
    const std::string& whole = entry.second;
    const auto read_bytes = [&](const std::string& bytes) {
      Write(file, bytes);
      const auto read = Read();
      if (read.ok()) {
        EXPECT_FALSE(model::Validate(*read).has_value()) << bytes;
      }
    };
    for (size_t n = 0; n < whole.size(); ++n) read_bytes(whole.substr(0, n));
    for (size_t bit = 0; bit < whole.size() * 8; ++bit) {
      std::string flipped = whole;
      flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << (bit % 8)));
      read_bytes(flipped);
    }
    Write(file, whole);
  }
}

TEST_F(FileStore, WritesNothingOutsideAndNamesComeBack) {
  model::Experiment experiment{.format = "mlruns", .path = "x"};
  model::Run& run = experiment.runs.emplace_back();
  run.name = "../../up";
  run.info = {.id = "../../../etc", .project = "../../p"};
  run.params = {
      {"../../../x", std::string("1")}, {"a", std::string("2")}, {"a/b", std::string("3")}};
  run.tags = {{"..", std::string("t")}, {"/abs", std::string("u")}};
  const std::string target = root() + "/deep/er/mlruns";
  const auto written = FindFormat("mlruns")->sink->write(experiment, target, {});
  ASSERT_TRUE(written.ok()) << written.status();
  size_t outside = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root())) {
    const std::string path = entry.path().string();
    const bool known = path.starts_with(root() + "/1") || path.starts_with(root() + "/deep");
    outside += known ? 0 : 1;
  }
  EXPECT_EQ(outside, 0);
  const auto read = FindFormat("mlruns")->read(target, {});
  ASSERT_TRUE(read.ok()) << read.status();
  ASSERT_EQ(read->runs.size(), 1);
  std::vector<std::string> names;
  for (const model::Param& param : read->runs[0].params) names.push_back(param.name);
  EXPECT_THAT(names, ::testing::UnorderedElementsAre("../../../x", "a", "a/b"));
}

TEST_F(FileStore, NeverReplacesARunOfOthers) {
  model::Experiment experiment;
  model::Run& run = experiment.runs.emplace_back();
  run.name = "one";
  run.info = {.id = std::string(32, 'a'), .project = "exp"};
  Write("1/" + run.info.id + "/meta.yaml", "run_id: a\nlifecycle_stage: active\n");
  const auto written = FindFormat("mlruns")->sink->write(experiment, root(), {});
  ASSERT_FALSE(written.ok());
  EXPECT_THAT(std::string(written.status().message()), HasSubstr("did not convert"));
}

}  // namespace
}  // namespace telltale::formats::mlflow
