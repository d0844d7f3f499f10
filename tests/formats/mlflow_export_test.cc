// run.json of mlflow-export-import.

#include <cmath>
#include <filesystem>
#include <fstream>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/formats/format.h"
#include "tests/support/temp_dir.h"

namespace telltale::formats::mlflow {
namespace {

using ::testing::ElementsAre;

constexpr char kRun[] =
    R"({"system": {"package_version": "1.2"}, "mlflow": {"info": {"run_id": "abc", "run_name": "one",
"status": "FINISHED", "start_time": 1700000000000, "end_time": null}, "params": {"lr": "0.1"},
"metrics": {"loss": [{"value": 0.5, "timestamp": 1700000000250, "step": 3},
{"value": NaN, "timestamp": 1700000001000, "step": 4}, {"value": -Infinity, "timestamp": 1700000002000, "step": 5}]},
"tags": {"say \"NaN\"": "NaN, Infinity", "mlflow.note.content": "hello"}}})";

class Export : public ::testing::Test {
 protected:
  void Write(const std::string& file, const std::string& text) const {
    const std::filesystem::path path = dir_.path() + "/" + file;
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << text;
  }
  absl::StatusOr<model::Experiment> Read() const {
    return FindFormat("mlflow-export")->read(dir_.path(), {});
  }
  testing::TempDir dir_;
};

TEST_F(Export, ReadsAllPointsAndWhatIsKnownOfTheRun) {
  Write("exp/experiment.json", R"({"mlflow": {"experiment": {"name": "digits"}}})");
  Write("exp/abc/run.json", kRun);
  const auto detected = Detect(dir_.path());
  ASSERT_TRUE(detected.ok()) << detected.status();
  EXPECT_EQ((*detected)->id, "mlflow-export");
  const auto read = Read();
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_TRUE(read->problems.empty());
  EXPECT_EQ(model::Validate(*read), std::nullopt);
  ASSERT_EQ(read->runs.size(), 1);
  const model::Run& run = read->runs[0];
  EXPECT_EQ(run.name, "digits/one");
  EXPECT_EQ(run.info.note, "hello");
  EXPECT_EQ(run.info.start_time, 1700000000);
  ASSERT_EQ(run.tags.size(), 1);
  EXPECT_EQ(std::get<std::string>(run.tags[0].value), "NaN, Infinity");
  ASSERT_EQ(run.series.size(), 1);
  EXPECT_THAT(run.series[0].steps, ElementsAre(3, 4, 5));
  EXPECT_EQ(run.series[0].wall_times[0], 1700000000.25);
  EXPECT_TRUE(std::isnan(run.series[0].values[1]));
  EXPECT_EQ(run.series[0].values[2], -HUGE_VAL);
}

TEST_F(Export, ReadsLastValuesOfOldExports) {
  Write("run.json", R"({"export_info": {}, "info": {"run-id": "abc"}, "metrics": {"loss": 0.25}})");
  const auto read = Read();
  ASSERT_TRUE(read.ok()) << read.status();
  ASSERT_EQ(read->runs.size(), 1);
  EXPECT_THAT(read->runs[0].series[0].values, ElementsAre(0.25));
}

TEST_F(Export, CutOffOrOfWrongTypesIsAProblemNotACrash) {
  const std::string whole = kRun;
  for (size_t size = 0; size < whole.size(); size += 3) {
    Write("run.json", whole.substr(0, size));
    const auto read = Read();
    ASSERT_TRUE(read.ok()) << read.status();
    EXPECT_EQ(read->problems.size(), 1) << size;
  }
  Write("run.json", R"({"mlflow": {"info": {"run_id": 3, "start_time": "x"}, "params": [1],
      "tags": 4, "metrics": {"a": [1, "x", null, {"value": []}, [2]], "b": "no"}}})");
  const auto read = Read();
  ASSERT_TRUE(read.ok()) << read.status();
  ASSERT_EQ(read->runs.size(), 1);
  EXPECT_EQ(read->problems.size(), 2);
  EXPECT_THAT(read->runs[0].series[0].values, ElementsAre(1));
}

}  // namespace
}  // namespace telltale::formats::mlflow
