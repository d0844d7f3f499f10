#include "lib/edit/reduce.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "lib/formats/format.h"
#include "tests/support/temp_dir.h"

namespace telltale::edit {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::SizeIs;

model::Experiment Seeds() {
  model::Experiment experiment{.format = "tensorboard", .path = "/no/such/source"};
  for (const char* seed : {"s0", "s1", "s2"}) {
    for (const char* split : {"train", "validation"}) {
      model::Run run{.name = std::string(seed) + "/" + split};
      run.series.push_back(
          {.tag = "loss", .steps = {0, 1}, .wall_times = {1, 2}, .values = {2, 1}});
      experiment.runs.push_back(std::move(run));
    }
  }
  return experiment;
}

TEST(ReduceGroups, KeepsSplitsApart) {
  testing::TempDir dir;
  const model::Experiment experiment = Seeds();
  const model::Grouping grouping = model::GroupRuns(experiment);
  ASSERT_THAT(grouping.groups, SizeIs(1));
  const auto told = ReduceGroups(experiment, grouping, grouping.groups, dir.path() + "/out");
  ASSERT_TRUE(told.ok()) << told.status();
  ASSERT_THAT(*told, SizeIs(1));
  EXPECT_THAT((*told)[0].training_runs, ElementsAre("s0", "s1", "s2"));
  ASSERT_THAT((*told)[0].tags, SizeIs(2));
  const std::string group = dir.path() + "/out/" + (*told)[0].name;
  for (const char* run : {"mean/train", "mean/validation", "std/train", "band/validation"}) {
    EXPECT_TRUE(fs::is_directory(group + "/" + run)) << run;
  }
  const auto read = formats::FindFormat("tensorboard")->read(group + "/mean/train", {});
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(read->runs.at(0).series.at(0).size(), 2u);
}

TEST(ReduceGroups, NoNameLeadsOutOfTheDestination) {
  testing::TempDir dir;
  model::Experiment experiment = Seeds();
  const model::Grouping grouping = model::GroupRuns(experiment);
  for (const char* name : {"../../up", "/etc/x", "a/../../b"}) {
    model::Group group = grouping.groups.at(0);
    group.name = name;
    const auto told = ReduceGroups(experiment, grouping, {group}, dir.path() + "/down/out");
    EXPECT_TRUE(absl::IsInvalidArgument(told.status())) << name << ": " << told.status();
  }
  EXPECT_FALSE(fs::exists(dir.path() + "/up"));
  EXPECT_FALSE(fs::exists(dir.path() + "/down/out"));
}

TEST(ReduceGroups, GroupsOfOneNameStayApart) {
  testing::TempDir dir;
  const model::Experiment experiment = Seeds();
  const model::Grouping grouping = model::GroupRuns(experiment);
  model::Group one = grouping.groups.at(0);
  model::Group other = one;
  one.name = "x*";
  other.name = "x_";
  const auto told = ReduceGroups(experiment, grouping, {one, other}, dir.path() + "/out");
  ASSERT_TRUE(told.ok()) << told.status();
  EXPECT_EQ((*told)[0].name, "x");
  EXPECT_EQ((*told)[1].name, "x-2");
}

}  // namespace
}  // namespace telltale::edit
