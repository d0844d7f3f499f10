// Runs that W&B's SDK wrote (testdata/formats/wandb, see the HOW.md of each) must read to what
// W&B's own protobuf classes find in them (expected.json, made by
// tests/conformance/wandb_reference.py).

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <limits>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "lib/formats/format.h"
#include "lib/model/experiment.h"
#include "lib/model/params.h"
#include "tests/formats/expected.h"

namespace telltale::formats {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using telltale::testing::Number;

const fs::path kWandbCases = fs::path(TELLTALE_SOURCE_DIR) / "testdata/formats/wandb";

bool SameBits(double a, double b) {
  return (a == b && std::signbit(a) == std::signbit(b)) || (std::isnan(a) && std::isnan(b));
}

void ExpectSeries(const model::Series& series, const json& expected) {
  ASSERT_EQ(series.size(), expected.size()) << series.tag;
  for (size_t i = 0; i < series.size(); ++i) {
    EXPECT_EQ(series.steps[i], expected[i][0].get<int64_t>()) << series.tag;
    EXPECT_TRUE(SameBits(series.wall_times[i], Number(expected[i][1]))) << series.tag;
    EXPECT_TRUE(SameBits(series.values[i], Number(expected[i][2]))) << series.tag;
  }
}

void ExpectWandbRun(const model::Run& run, const json& expected) {
  EXPECT_EQ(run.info.title, expected["name"]);
  EXPECT_EQ(run.info.project, expected["project"]);
  EXPECT_EQ(run.info.note, expected["notes"]);
  EXPECT_EQ(run.info.status == model::RunStatus::kFinished, expected["exit_code"] == 0);
  ASSERT_EQ(run.series.size(), expected["series"].size());
  for (const model::Series& series : run.series) {
    ASSERT_TRUE(expected["series"].contains(series.tag)) << series.tag;
    ExpectSeries(series, expected["series"][series.tag]);
  }
  ASSERT_EQ(run.texts.size(), expected["texts"].size());
  for (const model::TextSeries& text : run.texts) {
    ASSERT_EQ(text.points.size(), expected["texts"][text.tag].size());
    EXPECT_EQ(text.points[0].strings[0], expected["texts"][text.tag][0][1]);
  }
  ASSERT_EQ(run.params.size(), expected["config"].size());
  for (const model::Param& param : run.params) {
    const json& value = expected["config"][param.name];
    EXPECT_EQ(model::ParamText(param.value),
              value.is_string() ? value.get<std::string>() : value.dump())
        << param.name;
  }
}

class WandbCase : public ::testing::TestWithParam<std::string> {};

TEST_P(WandbCase, ReadsAsWandbDoes) {
  const fs::path dir = kWandbCases / GetParam();
  std::ifstream in(dir / "expected.json");
  const json expected = json::parse(in);
  const auto read = FindFormat("wandb")->read(dir.string(), {});
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_TRUE(read->problems.empty());
  ASSERT_EQ(read->runs.size(), expected.size());
  for (const json& each : expected) {
    const auto run =
        std::find_if(read->runs.begin(), read->runs.end(),
                     [&](const model::Run& candidate) { return candidate.info.id == each["id"]; });
    ASSERT_NE(run, read->runs.end());
    ExpectWandbRun(*run, each);
  }
}

INSTANTIATE_TEST_SUITE_P(Testdata, WandbCase,
                         ::testing::ValuesIn(telltale::testing::CaseNames(kWandbCases)),
                         [](const auto& param) { return param.param; });

TEST(WandbAxes, AreThoseThatTheSdkDefined) {
  const auto read = FindFormat("wandb")->read((kWandbCases / "sdk_0_31").string(), {});
  ASSERT_TRUE(read.ok());
  size_t seen = 0;
  for (const model::Series& series : read->runs.at(0).series) {
    if (series.axis.empty()) continue;
    ++seen;
    EXPECT_EQ(series.axis, series.tag == "by_time" ? "_runtime" : "epoch");
    if (series.tag != "val/loss") continue;
    ASSERT_EQ(series.axis_values.size(), 2u);
    EXPECT_EQ(series.axis_values[0], 1);
    EXPECT_EQ(series.axis_values[1], 2.5);
  }
  EXPECT_EQ(seen, 3u);
}

}  // namespace
}  // namespace telltale::formats
