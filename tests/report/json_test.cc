#include "lib/report/json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/report/sample.h"
#include "tests/support/golden.h"

namespace telltale::report {
namespace {

using Json = nlohmann::ordered_json;
using ::testing::ElementsAre;

std::vector<std::string> Keys(const Json& json) {
  std::vector<std::string> keys;
  for (const auto& [key, value] : json.items()) keys.push_back(key);
  return keys;
}

TEST(DiagnosisJson, IsTheGoldenDocument) {
  const Sample sample = MakeSample();
  telltale::testing::ExpectGolden(DiagnosisJson(sample.paths(), "0.1.0"),
                                  "tests/report/golden/diagnosis.json");
}

// The contract's members come first and in its order; what is ours follows.
TEST(DiagnosisJson, HasTheMembersOfTheContractInOrder) {
  const Sample sample = MakeSample();
  const Json json = Json::parse(DiagnosisJson(sample.paths(), "0.1.0"));
  EXPECT_THAT(Keys(json), ElementsAre("schema", "version", "training_runs", "groups", "problems"));
  const auto first = [](const Json& object, size_t n) {
    auto keys = Keys(object);
    keys.resize(n);
    return keys;
  };
  const Json& run = json["training_runs"][0];
  EXPECT_THAT(first(run, 6),
              ElementsAre("name", "source", "runs", "verdict", "series", "findings"));
  EXPECT_THAT(Keys(run["source"]), ElementsAre("format", "path"));
  EXPECT_THAT(Keys(run["series"][0]),
              ElementsAre("run", "tag", "role", "points", "first_step", "last_step"));
  EXPECT_THAT(Keys(run["series"][0]["role"]), ElementsAre("split", "quantity"));
  EXPECT_THAT(first(run["findings"][0], 8),
              ElementsAre("id", "severity", "confidence", "summary", "first_step", "last_step",
                          "evidence", "remedies"));
  EXPECT_THAT(first(run["findings"][0]["evidence"][0], 4),
              ElementsAre("name", "value", "unit", "series"));
  EXPECT_THAT(first(json["groups"][0], 3), ElementsAre("name", "training_runs", "findings"));
  EXPECT_THAT(first(json["problems"][0], 5),
              ElementsAre("path", "offset", "kind", "message", "records_lost"));
}

TEST(DiagnosisDocument, IsIndentedAsTheLibraryWould) {
  const std::string empty = DiagnosisDocument("1 \"x\"").Finish();
  EXPECT_EQ(Json::parse(empty).dump(2) + "\n", empty);
  const Sample sample = MakeSample();
  const std::string text = DiagnosisJson(sample.paths(), "0.1.0");
  EXPECT_EQ(Json::parse(text).dump(2) + "\n", text);

  DiagnosisDocument document("0.1.0");
  std::string problems_only = document.Add(sample.experiment.problems.at(0));
  problems_only += document.Add(sample.experiment.problems.at(1));
  problems_only += document.Finish();
  const Json json = Json::parse(problems_only);
  EXPECT_EQ(json.dump(2) + "\n", problems_only);
  EXPECT_TRUE(json["training_runs"].empty());
  EXPECT_EQ(json["problems"].size(), 2u);
}

TEST(DiagnosisJson, WritesNumbersThatAreNotFiniteAsStrings) {
  Sample sample = MakeSample();
  auto& evidence = sample.diagnoses[0].findings[0].evidence;
  evidence[0].value = std::numeric_limits<double>::quiet_NaN();
  evidence[1].value = -std::numeric_limits<double>::infinity();
  const Json json = Json::parse(JsonLine(sample.run(0)));
  EXPECT_EQ(json["findings"][0]["evidence"][0]["value"], "NaN");
  EXPECT_EQ(json["findings"][0]["evidence"][1]["value"], "-Infinity");
  EXPECT_EQ(Json::parse(JsonLine(sample.run(2)))["findings"][0]["evidence"][0]["value"],
            "Infinity");
}

TEST(DiagnosisJson, IsTheSameEveryTime) {
  const Sample sample = MakeSample();
  EXPECT_EQ(DiagnosisJson(sample.paths(), "0.1.0"), DiagnosisJson(sample.paths(), "0.1.0"));
}

TEST(JsonLine, IsTheDocumentsElementOnOneLine) {
  const Sample sample = MakeSample();
  const Json document = Json::parse(DiagnosisJson(sample.paths(), "0.1.0"));
  for (size_t i = 0; i < sample.diagnoses.size(); ++i) {
    const std::string line = JsonLine(sample.run(i));
    EXPECT_EQ(line.find('\n'), line.size() - 1);
    EXPECT_EQ(Json::parse(line), document["training_runs"][i]);
  }
  EXPECT_EQ(Json::parse(JsonLine(
                GroupReport{sample.grouping, sample.grouping.groups[0], sample.group_findings[0]})),
            document["groups"][0]);
  EXPECT_EQ(Json::parse(JsonLine(sample.experiment.problems[0]))["problem"],
            document["problems"][0]);
}

TEST(Json, OfHostileNamesIsValidAndSafeOnATerminal) {
  const Sample sample = MakeHostileSample();
  const std::string text = DiagnosisJson(sample.paths(), "0.1.0") + JsonLine(sample.run(0)) +
                           InspectJson(sample.paths(), "0.1.0");
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
  EXPECT_EQ(text.find("\u202e"), std::string::npos);
  EXPECT_EQ(text.find("\xc2\x9b"), std::string::npos);
  const Json json = Json::parse(JsonLine(sample.run(0)));
  EXPECT_EQ(json["name"], "\x1b]0;owned\x07\u202e|`<img src=x onerror=alert(1)>`\uFFFD");
}

TEST(InspectJson, IsTheGoldenDocument) {
  const Sample sample = MakeSample();
  telltale::testing::ExpectGolden(InspectJson(sample.paths(), "0.1.0"),
                                  "tests/report/golden/inspect.json");
}

}  // namespace
}  // namespace telltale::report
