// Logdirs that real writers made (testdata/formats/tensorboard, see the HOW.md of each) must read
// to what TensorBoard itself reads from them without sampling (expected.json, made by
// tests/conformance/tensorboard_reference.py).

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
#include "tests/formats/expected.h"

namespace telltale::formats {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using telltale::testing::Number;

const fs::path kTensorBoardCases = fs::path(TELLTALE_SOURCE_DIR) / "testdata/formats/tensorboard";

json ReadJson(const fs::path& path) {
  std::ifstream in(path);
  return json::parse(in);
}

// Bit for bit but for the payload of a NaN.
bool Same(double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); }

template <typename Items>
auto FindTag(const Items& items, const std::string& tag) {
  return std::find_if(items.begin(), items.end(),
                      [&](const auto& item) { return item.tag == tag; });
}

void ExpectPoints(const model::Series& series, const json& expected) {
  ASSERT_EQ(series.size(), expected.size());
  for (size_t i = 0; i < series.size(); ++i) {
    EXPECT_EQ(series.steps[i], expected[i][0].get<int64_t>()) << "point " << i;
    EXPECT_TRUE(Same(series.wall_times[i], Number(expected[i][1]))) << "point " << i;
    EXPECT_TRUE(Same(series.values[i], Number(expected[i][2])))
        << "point " << i << ": " << series.values[i] << " instead of " << expected[i][2];
  }
}

void ExpectTexts(const model::TextSeries& series, const json& expected) {
  ASSERT_EQ(series.points.size(), expected.size());
  for (size_t i = 0; i < series.points.size(); ++i) {
    EXPECT_EQ(series.points[i].step, expected[i][0].get<int64_t>());
    EXPECT_TRUE(Same(series.points[i].wall_time, Number(expected[i][1])));
    EXPECT_EQ(series.points[i].strings, expected[i][2].get<std::vector<std::string>>());
  }
}

void ExpectRun(const model::Run& run, const json& expected) {
  EXPECT_EQ(run.series.size(), expected["scalars"].size());
  for (const auto& [tag, points] : expected["scalars"].items()) {
    SCOPED_TRACE("tag " + tag);
    const auto series = FindTag(run.series, tag);
    ASSERT_NE(series, run.series.end());
    ExpectPoints(*series, points);
  }
  EXPECT_EQ(run.texts.size(), expected["texts"].size());
  for (const auto& [tag, points] : expected["texts"].items()) {
    SCOPED_TRACE("text " + tag);
    const auto series = FindTag(run.texts, tag);
    ASSERT_NE(series, run.texts.end());
    ExpectTexts(*series, points);
  }
  // TensorBoard's accumulator does not list all that is not a curve (graphs, hparams of a null
  // tensor): ours may have more.
  for (const auto& [tag, what] : expected["opaque"].items()) {
    SCOPED_TRACE("opaque " + tag);
    const auto series = FindTag(run.opaque, tag);
    ASSERT_NE(series, run.opaque.end());
    EXPECT_EQ(series->kind, what["kind"].get<std::string>());
    EXPECT_EQ(series->count, what["count"].get<uint64_t>());
    EXPECT_GT(series->byte_size, 0u);
  }
}

class TensorBoardCase : public ::testing::TestWithParam<std::string> {};

TEST_P(TensorBoardCase, ReadsWhatTensorBoardReads) {
  const fs::path directory = kTensorBoardCases / GetParam();
  const auto format = Detect(directory.string());
  ASSERT_TRUE(format.ok()) << format.status();
  EXPECT_EQ((*format)->id, "tensorboard");
  const auto experiment = (*format)->read(directory.string(), {.jobs = 1});
  ASSERT_TRUE(experiment.ok()) << experiment.status();
  EXPECT_EQ(model::Validate(*experiment), std::nullopt);

  const json expected = ReadJson(directory / "expected.json");
  ASSERT_EQ(experiment->runs.size(), expected.size());
  for (const model::Run& run : experiment->runs) {
    SCOPED_TRACE("run " + run.name);
    ASSERT_TRUE(expected.contains(run.name));
    ExpectRun(run, expected[run.name]);
    for (const model::RunFile& file : run.files) EXPECT_EQ(file.pending_bytes, 0u) << file.path;
  }
  for (const Problem& problem : experiment->problems) {
    // Written by real writers and not damaged: at most something that a tracker hides.
    EXPECT_EQ(problem.kind, ProblemKind::kHiddenByTracker)
        << problem.path << ": " << problem.message;
  }
}

INSTANTIATE_TEST_SUITE_P(RealWriters, TensorBoardCase,
                         ::testing::ValuesIn(telltale::testing::CaseNames(kTensorBoardCases)),
                         [](const auto& instance) { return instance.param; });

}  // namespace
}  // namespace telltale::formats
