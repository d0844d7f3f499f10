#include "lib/report/html.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "tests/report/sample.h"

namespace telltale::report {
namespace {

using ::testing::HasSubstr;

nlohmann::json DataOf(const std::string& page) {
  const std::string begin = "id=\"telltale-data\">";
  const size_t at = page.find(begin) + begin.size();
  return nlohmann::json::parse(page.substr(at, page.find("</script>", at) - at));
}

TEST(DiagnosisHtml, HoldsTheDocumentAndTheCurvesOfEachTrainingRun) {
  const Sample sample = MakeSample();
  const nlohmann::json data = DataOf(DiagnosisHtml(sample.paths(), "0.1.0"));
  const nlohmann::json& runs = data["diagnosis"]["training_runs"];
  ASSERT_EQ(data["series"].size(), runs.size());
  for (size_t i = 0; i < runs.size(); ++i) {
    ASSERT_EQ(data["series"][i].size(), runs[i]["series"].size());
    for (size_t k = 0; k < runs[i]["series"].size(); ++k) {
      EXPECT_EQ(data["series"][i][k]["tag"], runs[i]["series"][k]["tag"]);
      EXPECT_EQ(data["series"][i][k]["steps"].size(), data["series"][i][k]["values"].size());
    }
  }
  EXPECT_FALSE(data["rules"].empty());
}

TEST(DiagnosisHtml, KeepsNamesInsideItsData) {
  Sample sample = MakeSample();
  sample.grouping.training_runs[0].name = "</script><!--<b>";
  sample.experiment.path = "<logs>";
  const std::string page = DiagnosisHtml(sample.paths(), "0.1.0");
  EXPECT_EQ(DataOf(page)["diagnosis"]["training_runs"][0]["name"], "</script><!--<b>");
  EXPECT_THAT(page, HasSubstr("<title>Telltale · &lt;logs&gt;</title>"));
  EXPECT_THAT(page, HasSubstr("<li>&lt;/script&gt;&lt;!--&lt;b&gt;: "));
}

}  // namespace
}  // namespace telltale::report
