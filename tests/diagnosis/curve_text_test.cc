#include "lib/diagnosis/curve_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <string_view>

namespace telltale::diagnosis {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::string ErrorOf(std::string_view text) {
  const auto experiment = ParseCurveText(text);
  EXPECT_EQ(experiment.status().code(), absl::StatusCode::kInvalidArgument) << text;
  return std::string(experiment.status().message());
}

TEST(ParseCurveText, ReadsSeriesWithTheirAxes) {
  const auto experiment = ParseCurveText(R"(# Anything.
series b:loss first=10 every=5 seconds=2
1 2
nan
series a:loss
@7 0.5 +3600 0.25 -inf
)");
  ASSERT_TRUE(experiment.ok()) << experiment.status();
  ASSERT_EQ(experiment->runs.size(), 2u);
  const model::Series& a = experiment->runs[0].series[0];
  const model::Series& b = experiment->runs[1].series[0];
  EXPECT_THAT(a.steps.span(), ElementsAre(7, 8, 9));
  EXPECT_THAT(a.values.span(), ElementsAre(0.5, 0.25, -INFINITY));
  EXPECT_THAT(a.wall_times.span(), ElementsAre(1.7e9, 1.7e9 + 3601, 1.7e9 + 3602));
  EXPECT_THAT(b.steps.span(), ElementsAre(10, 15, 20));
  EXPECT_TRUE(std::isnan(b.values[2]));
  EXPECT_EQ(b.wall_times[1], 1.7e9 + 2);
}

TEST(ParseCurveText, ReadsHyperParameters) {
  const auto experiment = ParseCurveText("param a lr 0.1\nparam a amp true\nseries a:loss\n1\n");
  ASSERT_TRUE(experiment.ok()) << experiment.status();
  ASSERT_EQ(experiment->runs.size(), 1u);
  EXPECT_EQ(experiment->runs[0].params[0].value, model::ParamValue(0.1));
  EXPECT_EQ(experiment->runs[0].params[1].value, model::ParamValue(true));
}

TEST(ParseCurveText, NamesTheLineThatItDoesNotUnderstand) {
  EXPECT_EQ(ErrorOf("1 2"), "line 1: a value before any series");
  EXPECT_EQ(ErrorOf("# x\nseries loss\n"), "line 2: a series is named RUN:TAG");
  EXPECT_THAT(ErrorOf("series a:b every=often"), HasSubstr("line 1: 'every=often' is none of"));
  EXPECT_THAT(ErrorOf("series a:b start=3"), HasSubstr("line 1: 'start=3' is none of"));
  EXPECT_THAT(ErrorOf("series a:b first"), HasSubstr("line 1: 'first' is none of"));
  EXPECT_EQ(ErrorOf("series a:b\n1 2\n3 o.4\n"), "line 3: 'o.4' is no value");
  EXPECT_EQ(ErrorOf("series a:b\n@ 1\n"), "line 2: '@' is no value");
  EXPECT_EQ(ErrorOf("series a:b\n+x 1\n"), "line 2: '+x' is no value");
  EXPECT_EQ(ErrorOf("param a lr"), "line 1: a param is RUN NAME VALUE");
  EXPECT_EQ(ErrorOf("param a lr 1\n2"), "line 2: a value before any series");
  EXPECT_THAT(ErrorOf("series a:b\n1\nseries a:b\n2\n"), HasSubstr("b"));
}

}  // namespace
}  // namespace telltale::diagnosis
