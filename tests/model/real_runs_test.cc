// Grouping and roles on logs of real trainings ($TELLTALE_SHARED, else ../shared), where the right
// answer is known.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>

#include "lib/formats/format.h"
#include "lib/model/training_run.h"
#include "nlohmann/json.hpp"

namespace telltale::model {
namespace {

using ::testing::IsEmpty;

const std::string kShared = std::getenv("TELLTALE_SHARED") != nullptr
                                ? std::getenv("TELLTALE_SHARED")
                                : std::string(TELLTALE_SOURCE_DIR) + "/../shared";

Experiment Read(const std::string& path) {
  auto experiment = formats::FindFormat("tensorboard")->read(path, {});
  EXPECT_TRUE(experiment.ok()) << path << ": " << experiment.status();
  return experiment.ok() ? *std::move(experiment) : Experiment();
}

bool Has(const TrainingRun& training_run, Split split, Quantity quantity) {
  for (const SeriesRef& ref : training_run.series) {
    if (ref.role.split == split && ref.role.quantity == quantity) return true;
  }
  return false;
}

// Whether a training loss and a validation loss have the same name, so that they can be paired.
bool HasPairOfLosses(const TrainingRun& training_run) {
  std::set<std::string> train, validation;
  for (const SeriesRef& ref : training_run.series) {
    if (ref.role.quantity != Quantity::kLoss || ref.role.component) continue;
    if (ref.role.split == Split::kTrain) train.insert(ref.role.name);
    if (ref.role.split == Split::kValidation) validation.insert(ref.role.name);
  }
  for (const std::string& name : train) {
    if (validation.contains(name)) return true;
  }
  return false;
}

struct Labels {
  std::set<std::string> training_runs = {};
  std::set<std::string> groups = {};
};

Labels ReadLabels(const std::string& path) {
  Labels labels;
  std::ifstream in(path);
  for (std::string line; std::getline(in, line);) {
    const auto label = nlohmann::json::parse(line);
    const bool group = label.at("level") == "group";
    (group ? labels.groups : labels.training_runs).insert(label.at("run").get<std::string>());
  }
  return labels;
}

class FaultBenchTest : public ::testing::Test {
 protected:
  void SetUp() override {
    const std::string root = kShared + "/faultbench";
    if (!std::filesystem::exists(root)) GTEST_SKIP() << "no " << root;
    labels_ = ReadLabels(root + "/labels.jsonl");
    experiment_ = Read(root + "/runs");
    grouping_ = GroupRuns(experiment_);
  }

  Labels labels_;
  Experiment experiment_;
  Grouping grouping_;
};

TEST_F(FaultBenchTest, HasTheTrainingRunsAndGroupsOfItsLabels) {
  EXPECT_EQ(Validate(experiment_), std::nullopt);
  std::set<std::string> names, groups;
  for (const TrainingRun& training_run : grouping_.training_runs) names.insert(training_run.name);
  for (const Group& group : grouping_.groups) {
    EXPECT_EQ(group.kind, GroupKind::kSeeds) << group.name;
    groups.insert(group.name);
  }
  EXPECT_EQ(names, labels_.training_runs);
  EXPECT_EQ(groups, labels_.groups);
}

TEST_F(FaultBenchTest, HasARoleForEverySeries) {
  for (const TrainingRun& training_run : grouping_.training_runs) {
    for (const SeriesRef& ref : training_run.series) {
      EXPECT_NE(ref.role.quantity, Quantity::kUnknown)
          << training_run.name << ": " << experiment_.runs[ref.run].series[ref.series].tag;
    }
  }
}

// Wherever a validation loss was logged, it has its training loss.
TEST_F(FaultBenchTest, PairsTheLosses) {
  size_t pairs = 0;
  for (const TrainingRun& training_run : grouping_.training_runs) {
    if (!Has(training_run, Split::kValidation, Quantity::kLoss)) continue;
    EXPECT_TRUE(HasPairOfLosses(training_run)) << training_run.name;
    ++pairs;
  }
  EXPECT_GT(pairs, 270u);
}

// A single training run is named by the last component of the path, whichever way it is laid out.
TEST_F(FaultBenchTest, NamesASingleRunByItsPath) {
  for (const char* name : {"r0001", "r0026", "r0022"}) {
    const Experiment one = Read(kShared + "/faultbench/runs/" + name + "/");
    const Grouping grouping = GroupRuns(one);
    ASSERT_EQ(grouping.training_runs.size(), 1u) << name;
    EXPECT_EQ(grouping.training_runs[0].name, name);
  }
}

TEST(Corpus, HoldsWhatReadersPromiseAndNoRunIsLost) {
  const std::string root = kShared + "/corpus";
  if (!std::filesystem::exists(root)) GTEST_SKIP() << "no " << root;
  for (const auto& entry : std::filesystem::directory_iterator(root)) {
    if (!entry.is_directory()) continue;
    const auto experiment = formats::FindFormat("tensorboard")->read(entry.path(), {});
    if (!experiment.ok()) continue;  // of another format
    EXPECT_EQ(Validate(*experiment), std::nullopt) << entry.path();
    const Grouping grouping = GroupRuns(*experiment);
    std::multiset<size_t> placed;
    for (const TrainingRun& training_run : grouping.training_runs) {
      placed.insert(training_run.runs.begin(), training_run.runs.end());
    }
    EXPECT_EQ(placed.size(), experiment->runs.size()) << entry.path();
    EXPECT_EQ(std::set<size_t>(placed.begin(), placed.end()).size(), placed.size()) << entry.path();
  }
}

TEST(Corpus, KerasRunsArePairs) {
  const std::string root = kShared + "/corpus/10tanmay100+DEEPCNNCLASSIFIER";
  if (!std::filesystem::exists(root)) GTEST_SKIP() << "no " << root;
  const Experiment experiment = Read(root);
  const Grouping grouping = GroupRuns(experiment);
  size_t pairs = 0;
  for (const TrainingRun& training_run : grouping.training_runs) {
    pairs += HasPairOfLosses(training_run) ? 1 : 0;
    EXPECT_THAT(training_run.name, ::testing::HasSubstr("tb_logs_at_2022-"));
  }
  EXPECT_EQ(pairs, 9u);
  EXPECT_THAT(grouping.groups, IsEmpty()) << "names that are times are no seeds";
}

}  // namespace
}  // namespace telltale::model
