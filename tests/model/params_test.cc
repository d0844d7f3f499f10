#include "lib/model/params.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "lib/model/training_run.h"
#include "tests/model/experiment_builder.h"

namespace telltale::model {
namespace {

using telltale::testing::ExperimentBuilder;

ParamOverride Set(std::string_view name, ParamValue value) {
  return ParseParamOverride(name, std::move(value)).value();
}

TEST(ParseParamValue, KnowsNumbersAndBooleans) {
  EXPECT_EQ(ParseParamValue("32"), ParamValue(32.0));
  EXPECT_EQ(ParseParamValue("-1e-4"), ParamValue(-1e-4));
  EXPECT_EQ(ParseParamValue("true"), ParamValue(true));
  EXPECT_EQ(ParseParamValue("false"), ParamValue(false));
}

TEST(ParseParamValue, LeavesAllElseAsText) {
  for (const char* text : {"", "adam", "True", "nan", "inf", "1e999", "32x", "1_000"}) {
    EXPECT_EQ(ParseParamValue(text), ParamValue(std::string(text))) << text;
  }
}

TEST(ParseParamOverride, TakesARunBeforeTheLastColon) {
  EXPECT_EQ(Set("lr", 1.0).run, "*");
  EXPECT_EQ(Set("a:b*:lr", 1.0).run, "a:b*");
  EXPECT_EQ(Set("a:b*:lr", 1.0).param.name, "lr");
  for (const char* name : {"", ":", ":lr", "run:"}) {
    EXPECT_FALSE(ParseParamOverride(name, 1.0).ok()) << name;
  }
}

std::string SpeltParams(const TrainingRun& training_run) {
  std::string out = training_run.name;
  for (const Param& param : training_run.params) {
    out += " " + param.name + "=" + std::to_string(static_cast<int>(std::get<double>(param.value)));
  }
  return out + " (" + std::to_string(training_run.params_from_user) + ")";
}

TEST(GroupRuns, LetsTheUsersHyperParametersWin) {
  ExperimentBuilder builder;
  builder.Run("a", {"loss"}).Param("batch", 8.0).Param("epochs", 5.0);
  builder.Run("b", {"loss"});
  GroupingOptions options;
  options.params = {Set("batch", 32.0), Set("b:batch", 64.0), Set("?:samples", 100.0)};
  const Experiment experiment = builder.Build();
  const Grouping grouping = GroupRuns(experiment, options);
  std::vector<std::string> spelt;
  for (const auto& training_run : grouping.training_runs)
    spelt.push_back(SpeltParams(training_run));
  EXPECT_THAT(spelt, ::testing::ElementsAre("a batch=32 samples=100 epochs=5 (2)",
                                            "b batch=64 samples=100 (2)"));
}

TEST(GroupRuns, MakesASweepOfRunsThatTheUserTellsApart) {
  const Experiment experiment =
      ExperimentBuilder().Run("t1", {"loss"}).Run("t2", {"loss"}).Run("t3", {"loss"}).Build();
  ASSERT_EQ(GroupRuns(experiment).groups.size(), 1u);
  EXPECT_EQ(GroupRuns(experiment).groups[0].kind, GroupKind::kSeeds);
  GroupingOptions options;
  options.params = {Set("t1:lr", 1.0), Set("t2:lr", 2.0), Set("t3:lr", 3.0)};
  const Grouping grouping = GroupRuns(experiment, options);
  ASSERT_EQ(grouping.groups.size(), 1u);
  EXPECT_EQ(grouping.groups[0].kind, GroupKind::kSweep);
  EXPECT_THAT(grouping.groups[0].differing, ::testing::ElementsAre("lr"));
}

}  // namespace
}  // namespace telltale::model
