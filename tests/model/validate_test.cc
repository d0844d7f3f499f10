#include <gtest/gtest.h>

#include "lib/model/experiment.h"
#include "tests/model/experiment_builder.h"

namespace telltale::model {
namespace {

using telltale::testing::ExperimentBuilder;

Experiment TwoRuns() { return ExperimentBuilder().Run("a", {"x", "y"}).Run("b", {"x"}).Build(); }

TEST(Validate, TakesWhatReadersPromise) {
  EXPECT_EQ(Validate(Experiment()), std::nullopt);
  EXPECT_EQ(Validate(TwoRuns()), std::nullopt);
}

TEST(Validate, FindsColumnsOfDifferentLength) {
  Experiment experiment = TwoRuns();
  experiment.runs[0].series[1].values.push_back(1);
  ASSERT_TRUE(Validate(experiment).has_value());
  EXPECT_NE(Validate(experiment)->find("'a'"), std::string::npos);
  EXPECT_NE(Validate(experiment)->find("'y'"), std::string::npos);
  experiment = TwoRuns();
  experiment.runs[1].series[0].wall_times.resize_down(1);
  EXPECT_TRUE(Validate(experiment).has_value());
}

TEST(Validate, FindsTagsAndRunsThatAreThereTwice) {
  Experiment experiment = TwoRuns();
  experiment.runs[0].series[1].tag = "x";
  EXPECT_TRUE(Validate(experiment).has_value());
  experiment = TwoRuns();
  experiment.runs[0].texts = {{.tag = "t"}, {.tag = "t"}};
  EXPECT_TRUE(Validate(experiment).has_value());
  experiment = TwoRuns();
  experiment.runs[1].name = "a";
  EXPECT_TRUE(Validate(experiment).has_value());
}

TEST(Validate, FindsWhatIsNotSorted) {
  Experiment experiment = TwoRuns();
  std::swap(experiment.runs[0], experiment.runs[1]);
  EXPECT_TRUE(Validate(experiment).has_value());
  experiment = TwoRuns();
  experiment.problems = {{.path = "b"}, {.path = "a"}};
  EXPECT_TRUE(Validate(experiment).has_value());
  experiment.problems = {{.path = "a", .begin = 1}, {.path = "a"}};
  EXPECT_TRUE(Validate(experiment).has_value());
  experiment.problems = {{.path = "a"}, {.path = "a", .begin = 1}, {.path = "b"}};
  EXPECT_EQ(Validate(experiment), std::nullopt);
}

TEST(Validate, WantsANameAndPrintsHostileOnesSafely) {
  Experiment experiment = TwoRuns();
  experiment.runs[0].name = "";
  EXPECT_TRUE(Validate(experiment).has_value());
  experiment.runs[0].name = "\x1b[31m\xff";
  experiment.runs[0].series[0].steps.push_back(9);
  ASSERT_TRUE(Validate(experiment).has_value());
  EXPECT_EQ(Validate(experiment)->find('\x1b'), std::string::npos);
}

}  // namespace
}  // namespace telltale::model
