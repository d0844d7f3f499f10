// Groups of training runs: seeds and sweeps.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "lib/base/str.h"
#include "lib/model/run_family.h"
#include "lib/model/training_run.h"
#include "tests/model/experiment_builder.h"

namespace telltale::model {
namespace {

using telltale::testing::ExperimentBuilder;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

// "name seeds: member, member" or "name sweep(param): …" for each group.
std::vector<std::string> Groups(const Experiment& experiment) {
  const Grouping grouping = GroupRuns(experiment);
  std::vector<std::string> out;
  for (const Group& group : grouping.groups) {
    std::string line = group.name + (group.kind == GroupKind::kSeeds ? " seeds" : " sweep");
    for (const std::string& name : group.differing) StrAppend(&line, " ", name);
    line += ":";
    for (const size_t member : group.training_runs) {
      StrAppend(&line, " ", grouping.training_runs[member].name);
    }
    out.push_back(std::move(line));
  }
  return out;
}

std::vector<std::string> GroupsOf(const std::vector<std::string>& names,
                                  const char* path = "/l/q") {
  ExperimentBuilder builder(path);
  for (const std::string& name : names) builder.Run(name, {"train_loss", "val_loss"});
  return Groups(builder.Build());
}

TEST(FindGroups, FindsSeeds) {
  EXPECT_THAT(GroupsOf({"r1/seed0", "r1/seed1", "r1/seed2"}),
              ElementsAre("r1 seeds: r1/seed0 r1/seed1 r1/seed2"));
  EXPECT_THAT(GroupsOf({"r1/s100", "r1/s2", "r1/s31"}),
              ElementsAre("r1 seeds: r1/s100 r1/s2 r1/s31"));
  EXPECT_THAT(GroupsOf({"run_1", "run_2", "run_3"}), ElementsAre("q seeds: run_1 run_2 run_3"));
  EXPECT_THAT(GroupsOf({"a/0", "a/1", "a/2"}), ElementsAre("a seeds: a/0 a/1 a/2"));
  EXPECT_THAT(GroupsOf({"x/seed_a", "x/seed_b", "x/seed_c"}),
              ElementsAre("x seeds: x/seed_a x/seed_b x/seed_c"));
}

TEST(FindGroups, FindsSeedsOfSplitDirectories) {
  ExperimentBuilder builder;
  for (const char* name : {"g/run_1", "g/run_2", "g/run_3"}) {
    builder.Run(StrCat(name, "/train"), {"epoch_loss"})
        .Run(StrCat(name, "/validation"), {"epoch_loss"});
  }
  EXPECT_THAT(Groups(builder.Build()), ElementsAre("g seeds: g/run_1 g/run_2 g/run_3"));
}

TEST(FindGroups, FindsSeedsAboveTheRunsOwnDirectory) {
  EXPECT_THAT(GroupsOf({"seed0/lightning_logs/version_0", "seed1/lightning_logs/version_0",
                        "seed2/lightning_logs/version_0"}),
              ElementsAre("q seeds: seed0/lightning_logs/version_0 seed1/lightning_logs/version_0 "
                          "seed2/lightning_logs/version_0"));
}

TEST(FindGroups, NeedsThree) { EXPECT_THAT(GroupsOf({"a/seed0", "a/seed1"}), IsEmpty()); }

TEST(FindGroups, NeedsTheSameParentAndTheSameWords) {
  EXPECT_THAT(GroupsOf({"a/seed0", "b/seed1", "c/seed2"}), IsEmpty());
  EXPECT_THAT(GroupsOf({"a/mlp0", "a/cnn1", "a/rnn2"}), IsEmpty());
}

TEST(FindGroups, NeedsTheSameRoles) {
  ExperimentBuilder builder;
  builder.Run("r1", {"train_loss", "val_loss"}).Run("r2", {"train_loss", "val_loss"});
  builder.Run("r3", {"train_loss", "val_acc"});
  EXPECT_THAT(Groups(builder.Build()), IsEmpty());
  // Time and weights are no roles of learning.
  ExperimentBuilder timed;
  timed.Run("r1", {"train_loss"}).Run("r2", {"train_loss", "step_time"}).Run("r3", {"train_loss"});
  EXPECT_THAT(Groups(timed.Build()), ElementsAre("logs seeds: r1 r2 r3"));
}

TEST(FindGroups, NamesFamiliesThatShareAParentByTheirPattern) {
  EXPECT_THAT(GroupsOf({"x/adam_s0", "x/adam_s1", "x/adam_s2", "x/sgd_s0", "x/sgd_s1", "x/sgd_s2"}),
              ElementsAre("x/adam_s* seeds: x/adam_s0 x/adam_s1 x/adam_s2",
                          "x/sgd_s* seeds: x/sgd_s0 x/sgd_s1 x/sgd_s2"));
  EXPECT_THAT(GroupsOf({"s0", "s1", "s2", "other"}), ElementsAre("s* seeds: s0 s1 s2"));
}

TEST(FindGroups, TellsASweepFromSeedsByTheHyperParameters) {
  const auto with = [](const char* name, std::vector<ParamValue> values) {
    ExperimentBuilder builder;
    for (size_t i = 0; i < values.size(); ++i) {
      builder.Run(StrCat("g/run", i), {"loss"}).Param("bs", 8.0).Param(name, values[i]);
    }
    return Groups(builder.Build());
  };
  EXPECT_THAT(with("lr", {0.1, 0.2, 0.3}), ElementsAre("g sweep lr: g/run0 g/run1 g/run2"));
  EXPECT_THAT(with("lr", {0.1, 0.1, 0.1}), ElementsAre("g seeds: g/run0 g/run1 g/run2"));
  EXPECT_THAT(with("seed", {1.0, 2.0, 3.0}), ElementsAre("g seeds: g/run0 g/run1 g/run2"));
  EXPECT_THAT(with("data.random_state", {1.0, 2.0, 3.0}),
              ElementsAre("g seeds: g/run0 g/run1 g/run2"));
  EXPECT_THAT(with("output_dir", {std::string("a"), std::string("b"), std::string("c")}),
              ElementsAre("g seeds: g/run0 g/run1 g/run2"));
}

TEST(FindGroups, CountsAMissingHyperParameterAsDiffering) {
  ExperimentBuilder builder;
  builder.Run("g/run0", {"loss"}).Param("wd", 0.1).Run("g/run1", {"loss"}).Run("g/run2", {"loss"});
  EXPECT_THAT(Groups(builder.Build()), ElementsAre("g sweep wd: g/run0 g/run1 g/run2"));
}

TEST(FindGroups, ReadsHyperParametersFromNames) {
  EXPECT_THAT(GroupsOf({"x/lr_0.1", "x/lr_0.01", "x/lr_1e-4"}),
              ElementsAre("x sweep lr: x/lr_0.01 x/lr_0.1 x/lr_1e-4"));
  EXPECT_THAT(GroupsOf({"x/lr0.1_bs8_s1", "x/lr0.1_bs8_s2", "x/lr0.1_bs8_s3"}),
              ElementsAre("x seeds: x/lr0.1_bs8_s1 x/lr0.1_bs8_s2 x/lr0.1_bs8_s3"));
}

TEST(FindGroups, TakesNoTimeForASeed) {
  EXPECT_THAT(GroupsOf({"fit/20240102-093000", "fit/20240102-101500", "fit/20240103-080000"}),
              IsEmpty());
  EXPECT_THAT(GroupsOf({"a/2022-09-25-10-39-45", "a/2022-09-25-12-32-50", "a/2022-09-26-08-42-11"}),
              IsEmpty());
  EXPECT_THAT(GroupsOf({"a/Sep25_12-49-31_host", "a/Sep25_13-00-00_host", "a/Sep26_09-10-11_host"}),
              IsEmpty());
  // With hyper-parameters the log itself says what they have in common.
  ExperimentBuilder builder;
  for (const char* name : {"fit/20240102-093000", "fit/20240102-101500", "fit/20240103-080000"}) {
    builder.Run(name, {"loss"}).Param("lr", 0.1);
  }
  EXPECT_EQ(Groups(builder.Build()).size(), 1u);
}

TEST(FindGroups, LeavesSessionsAndEmptyRunsAlone) {
  ExperimentBuilder sessions;
  sessions.Run("r#1", {"loss"}).Run("r#2", {"loss"}).Run("r#3", {"loss"});
  EXPECT_THAT(Groups(sessions.Build()), IsEmpty());
  ExperimentBuilder empty;
  empty.Run("r1", {}).Run("r2", {}).Run("r3", {});
  EXPECT_THAT(Groups(empty.Build()), IsEmpty());
}

TEST(MaskName, TakesNumbersOut) {
  const struct {
    const char* name;
    const char* pattern;
    std::vector<std::string> numbers;
    std::vector<std::string> words;
    bool timestamp = false;
  } cases[] = {
      {"seed12", "seed*", {"12"}, {"seed"}},
      {"lr_1e-4_bs32", "lr_*_bs*", {"1e-4", "32"}, {"lr", "bs"}},
      {"lr=0.01,s=3", "lr=*,s=*", {"0.01", "3"}, {"lr", "s"}},
      {"v1.2.3", "v*.*", {"1.2", "3"}, {"v", ""}},
      {"2epochs", "*epochs", {"2"}, {""}},
      {"20240102-093000", "*-*", {"20240102", "093000"}, {"", ""}, true},
      {"seed20240102", "seed*", {"20240102"}, {"seed"}},
      {"none", "none", {}, {}},
      {"", "", {}, {}},
  };
  for (const auto& each : cases) {
    const MaskedName masked = MaskName(each.name);
    EXPECT_EQ(masked.pattern, each.pattern) << each.name;
    EXPECT_EQ(masked.numbers, each.numbers) << each.name;
    EXPECT_EQ(masked.words, each.words) << each.name;
    EXPECT_EQ(masked.timestamp, each.timestamp) << each.name;
  }
}

TEST(MaskName, IsLinear) {
  std::string name;
  for (int i = 0; i < (1 << 17); ++i) name += "a1";
  EXPECT_EQ(MaskName(name).numbers.size(), size_t{1} << 17);
  EXPECT_TRUE(MaskName(std::string(1 << 20, 'a')).numbers.empty());
  EXPECT_EQ(MaskName(std::string(1 << 20, '1')).numbers.size(), 1u);
}

}  // namespace
}  // namespace telltale::model
