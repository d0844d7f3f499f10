#include "lib/report/sarif.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/report/sample.h"
#include "tests/support/golden.h"

namespace telltale::report {
namespace {

using Json = nlohmann::ordered_json;

TEST(DiagnosisSarif, IsTheGoldenDocument) {
  const Sample sample = MakeSample();
  telltale::testing::ExpectGolden(DiagnosisSarif(sample.paths(), "0.1.0"),
                                  "tests/report/golden/diagnosis.sarif");
}

TEST(DiagnosisSarif, WritesPathsAsUris) {
  Sample sample = MakeSample();
  sample.grouping.training_runs[0].path = "/logs/a b#?%ü";
  const Json json = Json::parse(DiagnosisSarif(sample.paths(), "0.1.0"));
  const Json& location = json["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
  EXPECT_EQ(location["artifactLocation"]["uri"], "file:///logs/a%20b%23%3F%25%C3%BC");
}

}  // namespace
}  // namespace telltale::report
