// Which runs make a training run. Groups of training runs: grouping_families_test.cc.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "lib/base/str.h"
#include "lib/model/training_run.h"
#include "tests/model/experiment_builder.h"

namespace telltale::model {
namespace {

using telltale::testing::ExperimentBuilder;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// "name: run, run" for each training run.
std::vector<std::string> SpeltGrouping(const Experiment& experiment, const Grouping& grouping) {
  std::vector<std::string> out;
  for (const TrainingRun& training_run : grouping.training_runs) {
    std::string line = training_run.name + ":";
    for (const size_t run : training_run.runs) StrAppend(&line, " ", experiment.runs[run].name);
    out.push_back(std::move(line));
  }
  return out;
}

std::vector<std::string> Grouped(const Experiment& experiment) {
  return SpeltGrouping(experiment, GroupRuns(experiment));
}

TEST(GroupRuns, PutsSplitDirectoriesIntoTheirParent) {
  EXPECT_THAT(Grouped(ExperimentBuilder()
                          .Run("a/train", {"epoch_loss"})
                          .Run("a/validation", {"epoch_loss"})
                          .Run("b", {"loss"})
                          .Run("b/eval_0", {"loss"})
                          .Run("b/TEST", {"loss"})
                          .Build()),
              ElementsAre("a: a/train a/validation", "b: b b/TEST b/eval_0"));
}

TEST(GroupRuns, PutsSplitDirectoriesAtTheRootIntoTheLogdir) {
  const Experiment experiment =
      ExperimentBuilder("/runs/r0007/").Run("train", {"x"}).Run("validation", {"x"}).Build();
  const Grouping grouping = GroupRuns(experiment);
  EXPECT_THAT(SpeltGrouping(experiment, grouping), ElementsAre("r0007: train validation"));
  EXPECT_EQ(grouping.training_runs[0].path, "/runs/r0007");
}

TEST(GroupRuns, NamesARootByTheLastComponentOfItsPath) {
  const struct {
    const char* path;
    const char* name;
  } cases[] = {{"/a/b", "b"},           {"/a/b/", "b"},  {"/a/b//", "b"},       {"b", "b"},
               {"/a/b/.", "b"},         {"./b/./", "b"}, {"/a/b/../c/..", "a"}, {"/", "."},
               {"runs.csv", "runs.csv"}};
  for (const auto& each : cases) {
    const Experiment experiment = ExperimentBuilder(each.path).Run(".", {"loss"}).Build();
    EXPECT_EQ(GroupRuns(experiment).training_runs[0].name, each.name) << each.path;
  }
  // Some directory's name, whichever the tests run in.
  for (const char* path : {".", "..", "", "./", "../"}) {
    const std::string name =
        GroupRuns(ExperimentBuilder(path).Run(".", {"loss"}).Build()).training_runs[0].name;
    EXPECT_FALSE(name.empty()) << path;
    EXPECT_EQ(name.find('/'), std::string::npos) << path;
  }
}

TEST(GroupRuns, LeavesDirectoriesAloneThatHoldBothSplits) {
  // Ultralytics: runs/detect/train, train2 are training runs.
  EXPECT_THAT(Grouped(ExperimentBuilder()
                          .Run("train", {"train/box_loss", "val/box_loss"})
                          .Run("train2", {"train/box_loss", "val/box_loss"})
                          .Build()),
              ElementsAre("train: train", "train2: train2"));
  // A directory called "test" with a training loss is somebody's trial.
  EXPECT_THAT(Grouped(ExperimentBuilder().Run("test", {"train_loss"}).Run("x", {"loss"}).Build()),
              ElementsAre("test: test", "x: x"));
}

TEST(GroupRuns, PairsNumberedTrainingDirectories) {
  EXPECT_THAT(Grouped(ExperimentBuilder()
                          .Run("r/train_1", {"loss"})
                          .Run("r/train_2", {"loss"})
                          .Run("r/val_1", {"loss"})
                          .Run("r/val_2", {"loss"})
                          .Build()),
              ElementsAre("r/train_1: r/train_1 r/val_1", "r/train_2: r/train_2 r/val_2"));
  EXPECT_THAT(Grouped(ExperimentBuilder().Run("test1", {"loss"}).Run("test2", {"loss"}).Build()),
              ElementsAre("test1: test1", "test2: test2"));
}

TEST(GroupRuns, PairsNamesThatEndInASplit) {
  EXPECT_THAT(Grouped(ExperimentBuilder()
                          .Run("x/mlp_train", {"loss"})
                          .Run("x/mlp_val", {"loss"})
                          .Run("x/cnn_val", {"loss"})
                          .Run("x/smoke_test", {"loss"})
                          .Build()),
              ElementsAre("x/cnn_val: x/cnn_val", "x/mlp: x/mlp_train x/mlp_val",
                          "x/smoke_test: x/smoke_test"));
}

TEST(GroupRuns, PairsFoldersOfSplits) {
  EXPECT_THAT(
      Grouped(ExperimentBuilder()
                  .Run("logs/train/mlp", {"loss"})
                  .Run("logs/val/mlp", {"loss"})
                  .Run("logs/train/cnn", {"loss"})
                  .Build()),
      ElementsAre("logs/mlp: logs/train/mlp logs/val/mlp", "logs/train/cnn: logs/train/cnn"));
}

TEST(GroupRuns, PutsCurvesOfAddScalarsIntoTheirRun) {
  EXPECT_THAT(Grouped(ExperimentBuilder()
                          .Run("r", {"lr"})
                          .Run("r/Loss_train", {"Loss"})
                          .Run("r/Loss_val", {"Loss"})
                          .Run("r/grp_a", {"grp"})
                          .Build()),
              ElementsAre("r: r r/Loss_train r/Loss_val r/grp_a"));
  EXPECT_THAT(Grouped(ExperimentBuilder()
                          .Run("r", {})
                          .Run("r/Loss/train", {"Loss"})
                          .Run("r/Loss/val", {"Loss"})
                          .Run("r/Acc/all/val", {"Acc/all"})
                          .Build()),
              ElementsAre("r: r r/Acc/all/val r/Loss/train r/Loss/val"));
  // At the root, and below the half of a training run.
  EXPECT_THAT(
      Grouped(
          ExperimentBuilder("/p/q").Run("loss_train", {"loss"}).Run("loss_val", {"loss"}).Build()),
      ElementsAre("q: loss_train loss_val"));
  EXPECT_THAT(Grouped(ExperimentBuilder()
                          .Run("r/train", {"x"})
                          .Run("r/train/loss_a", {"loss"})
                          .Run("r/val", {"x"})
                          .Build()),
              ElementsAre("r: r/train r/train/loss_a r/val"));
}

TEST(GroupRuns, TakesNoExperimentForACurve) {
  // No writer in the parent, and no split in the name.
  EXPECT_THAT(
      Grouped(ExperimentBuilder().Run("x/loss_v2", {"loss"}).Run("x/loss_v3", {"loss"}).Build()),
      ElementsAre("x/loss_v2: x/loss_v2", "x/loss_v3: x/loss_v3"));
  EXPECT_THAT(
      Grouped(ExperimentBuilder().Run("x", {"y"}).Run("x/loss_v2", {"loss", "acc"}).Build()),
      ElementsAre("x: x", "x/loss_v2: x/loss_v2"));
}

TEST(GroupRuns, PutsHyperParametersIntoTheirRun) {
  const Experiment experiment = ExperimentBuilder()
                                    .Run("r", {"loss"})
                                    .Run("r/1795235111.8005302", {"hp/acc"}, 1)
                                    .Param("lr", 0.1)
                                    .Run("s", {"loss"})
                                    .Run("s/hp", {"hparam/placeholder"}, 1)
                                    .Param("lr", 0.2)
                                    .Build();
  const Grouping grouping = GroupRuns(experiment);
  EXPECT_THAT(SpeltGrouping(experiment, grouping),
              ElementsAre("r: r r/1795235111.8005302", "s: s s/hp"));
  ASSERT_EQ(grouping.training_runs[0].params.size(), 1u);
  EXPECT_EQ(std::get<double>(grouping.training_runs[1].params[0].value), 0.2);
  EXPECT_THAT(grouping.training_runs[0].grouped_because, HasSubstr("add_hparams"));
}

TEST(GroupRuns, TakesNoTrialForHyperParameters) {
  // Keras' tutorial: the experiment's file stands in the parent, each trial logs one point.
  EXPECT_THAT(Grouped(ExperimentBuilder()
                          .Run("tuning", {})
                          .Run("tuning/run-0", {"accuracy"}, 1)
                          .Param("units", 16.0)
                          .Build()),
              ElementsAre("tuning: tuning", "tuning/run-0: tuning/run-0"));
  // Runs named by whole seconds, with curves.
  EXPECT_THAT(Grouped(ExperimentBuilder().Run("x", {"a"}).Run("x/1700000000", {"loss"}).Build()),
              ElementsAre("x: x", "x/1700000000: x/1700000000"));
}

TEST(GroupRuns, MergesParamsAndTheFirstValueWins) {
  const Experiment experiment = ExperimentBuilder()
                                    .Run("r/train", {"loss"})
                                    .Param("lr", 0.1)
                                    .Param("name", std::string("x"))
                                    .Run("r/val", {"loss"})
                                    .Param("lr", 0.2)
                                    .Param("bs", 8.0)
                                    .Build();
  const Grouping grouping = GroupRuns(experiment);
  const std::vector<Param>& params = grouping.training_runs[0].params;
  ASSERT_EQ(params.size(), 3u);
  EXPECT_EQ(params[0].name, "lr");
  EXPECT_EQ(std::get<double>(params[0].value), 0.1);
  EXPECT_EQ(params[2].name, "bs");
}

TEST(GroupRuns, KeepsSessionsOfSplitsTogether) {
  const Experiment experiment = ExperimentBuilder()
                                    .Run("r/train#1", {"loss"})
                                    .Run("r/train#2", {"loss"})
                                    .Run("r/validation#1", {"loss"})
                                    .Run("r/validation#2", {"loss"})
                                    .Run("s#1", {"loss"})
                                    .Run("s#2", {"loss"})
                                    .Build();
  const Grouping grouping = GroupRuns(experiment);
  EXPECT_THAT(SpeltGrouping(experiment, grouping),
              ElementsAre("r#1: r/train#1 r/validation#1", "r#2: r/train#2 r/validation#2",
                          "s#1: s#1", "s#2: s#2"));
  EXPECT_EQ(grouping.training_runs[0].series[1].role.split, Split::kValidation);
  EXPECT_EQ(grouping.training_runs[0].path, "/logs/r");
}

TEST(GroupRuns, PlacesASingleSessionByTime) {
  const Experiment experiment = ExperimentBuilder("/l/q")
                                    .Run("train#1", {"loss"})
                                    .WallTimes(100, 110)
                                    .Run("train#2", {"loss"})
                                    .WallTimes(200, 250)
                                    .Run("validation", {"loss"})
                                    .WallTimes(205, 250)
                                    .Build();
  EXPECT_THAT(Grouped(experiment), ElementsAre("q#1: train#1", "q#2: train#2 validation"));
}

TEST(GroupRuns, LeavesOutWhatTelltaleWrote) {
  EXPECT_THAT(Grouped(ExperimentBuilder()
                          .Run("r", {"loss"})
                          .Run("r/telltale", {"telltale/val_loss_trend"})
                          .WrittenByTelltale()
                          .Build()),
              ElementsAre("r: r"));
}

TEST(GroupRuns, GroupsNothingWhenToldSo) {
  const Experiment experiment = ExperimentBuilder("/p/q")
                                    .Run(".", {"loss"})
                                    .Run("r/train", {"epoch_loss"})
                                    .Run("r/val#1", {"epoch_loss"})
                                    .Run("s0", {"loss"})
                                    .Run("s1", {"loss"})
                                    .Run("s2", {"loss"})
                                    .Build();
  const Grouping grouping = GroupRuns(experiment, {.group = false});
  EXPECT_THAT(
      SpeltGrouping(experiment, grouping),
      ElementsAre("q: .", "r/train: r/train", "r/val#1: r/val#1", "s0: s0", "s1: s1", "s2: s2"));
  EXPECT_THAT(grouping.groups, IsEmpty());
  EXPECT_EQ(grouping.training_runs[1].series[0].role.split, Split::kTrain);
}

TEST(GroupRuns, GivesEveryTrainingRunItsOwnName) {
  const Grouping grouping = GroupRuns(
      ExperimentBuilder("/p/q").Run(".", {"loss"}).Run("q", {"loss"}).Run("q/x", {"loss"}).Build());
  std::vector<std::string> names;
  for (const TrainingRun& training_run : grouping.training_runs) names.push_back(training_run.name);
  std::sort(names.begin(), names.end());
  EXPECT_EQ(std::unique(names.begin(), names.end()), names.end());
  EXPECT_EQ(names.size(), 3u);
}

TEST(GroupRuns, TakesHostileNames) {
  ExperimentBuilder builder("\xff/..");
  std::string deep;
  for (int i = 0; i < 2000; ++i) deep += "train/";
  for (const std::string& name :
       {std::string("../../etc"), std::string("/"), std::string("//"), std::string("a//b"),
        std::string("/train"), std::string("\xff\xfe/val"), std::string(1 << 16, 'x'), deep,
        std::string("a*_1"), std::string("a1_*"), std::string("a2_2"), std::string("_train"),
        std::string(".."), std::string("a/../b"), std::string("##"), std::string("-_train")}) {
    builder.Run(name, {"loss", "\xff", "a/b"});
  }
  const Experiment experiment = builder.Build();
  const Grouping grouping = GroupRuns(experiment);
  std::vector<size_t> placed;
  for (const TrainingRun& training_run : grouping.training_runs) {
    EXPECT_FALSE(training_run.name.empty());
    placed.insert(placed.end(), training_run.runs.begin(), training_run.runs.end());
  }
  // Every run is in exactly one training run.
  std::sort(placed.begin(), placed.end());
  EXPECT_EQ(placed.size(), experiment.runs.size());
  EXPECT_EQ(std::unique(placed.begin(), placed.end()), placed.end());
}

TEST(GroupRuns, IsTheSameEachTime) {
  ExperimentBuilder builder;
  for (int i = 0; i < 300; ++i) {
    const std::string name = StrCat("g", i % 7, "/seed", i);
    builder.Run(name + "/train", {"loss"}).Run(name + "/val", {"loss"});
  }
  const Experiment experiment = builder.Build();
  const Grouping a = GroupRuns(experiment), b = GroupRuns(experiment);
  EXPECT_EQ(SpeltGrouping(experiment, a), SpeltGrouping(experiment, b));
  ASSERT_EQ(a.groups.size(), b.groups.size());
  for (size_t i = 0; i < a.groups.size(); ++i) {
    EXPECT_EQ(a.groups[i].name, b.groups[i].name);
    EXPECT_EQ(a.groups[i].training_runs, b.groups[i].training_runs);
  }
}

// Names chosen so that anything quadratic takes minutes: one parent, one family, deep chains.
TEST(GroupRuns, IsLinearInTheNumberOfRuns) {
  ExperimentBuilder builder;
  for (int i = 0; i < 10'000; ++i) {
    builder.Run(StrCat("seed", i, "/train"), {"epoch_loss", "epoch_accuracy"}, 2);
    builder.Run(StrCat("seed", i, "/validation"), {"epoch_loss", "epoch_accuracy"}, 2);
  }
  const Experiment experiment = builder.Build();
  const Grouping grouping = GroupRuns(experiment);
  EXPECT_EQ(grouping.training_runs.size(), 10'000u);
  ASSERT_EQ(grouping.groups.size(), 1u);
  EXPECT_EQ(grouping.groups[0].training_runs.size(), 10'000u);
}

}  // namespace
}  // namespace telltale::model
