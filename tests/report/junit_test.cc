#include "lib/report/junit.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/report/sample.h"
#include "tests/support/golden.h"

namespace telltale::report {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(DiagnosisJunit, IsTheGoldenDocument) {
  const Sample sample = MakeSample();
  telltale::testing::ExpectGolden(DiagnosisJunit(sample.paths(), std::nullopt),
                                  "tests/report/golden/diagnosis.junit.xml");
}

TEST(DiagnosisJunit, EscapesWhatXmlWouldTakeForItsOwn) {
  Sample sample = MakeSample();
  sample.grouping.training_runs[0].name = "<a&b>\x01\"]]>'";
  const std::string xml = DiagnosisJunit(sample.paths(), std::nullopt);
  EXPECT_THAT(xml, HasSubstr("name=\"&lt;a&amp;b&gt;\\x01&quot;]]&gt;&apos;\""));
  EXPECT_THAT(xml, Not(HasSubstr("\x01")));
}

}  // namespace
}  // namespace telltale::report
