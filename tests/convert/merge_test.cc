#include "lib/convert/merge.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/model/experiment_builder.h"

namespace telltale::convert {
namespace {

using ::testing::ElementsAre;
using testing::ExperimentBuilder;

model::Experiment Merged(ExperimentBuilder& builder) {
  model::Experiment experiment = builder.Build();
  const model::Grouping grouping = model::GroupRuns(experiment);
  return MergeTrainingRuns(std::move(experiment), grouping);
}

std::vector<std::string> TagsOf(const model::Run& run) {
  std::vector<std::string> tags;
  for (const model::Series& series : run.series) tags.push_back(series.tag);
  return tags;
}

TEST(MergeTrainingRuns, MakesOneRunOfWhatKerasWrites) {
  ExperimentBuilder builder;
  builder.Run("a/train", {"epoch_loss"}).Run("a/validation", {"epoch_loss"}).Run("b", {"loss"});
  const model::Experiment merged = Merged(builder);
  ASSERT_EQ(merged.runs.size(), 2u);
  EXPECT_EQ(merged.runs[0].name, "a");
  EXPECT_THAT(TagsOf(merged.runs[0]), ElementsAre("train/epoch_loss", "validation/epoch_loss"));
  EXPECT_THAT(TagsOf(merged.runs[1]), ElementsAre("loss"));
  EXPECT_FALSE(model::Validate(merged).has_value());
}

TEST(MergeTrainingRuns, KeepsTagsThatSayTheSplitAlready) {
  ExperimentBuilder builder;
  builder.Run("a/train", {"train/loss"}).Run("a/val", {"loss"});
  EXPECT_THAT(TagsOf(Merged(builder).runs[0]), ElementsAre("train/loss", "val/loss"));
}

TEST(MergeTrainingRuns, LeavesAnnotationsOut) {
  ExperimentBuilder builder;
  builder.Run("a", {"loss"}).Run("a/telltale", {"telltale/gap"}).WrittenByTelltale();
  const model::Experiment merged = Merged(builder);
  ASSERT_EQ(merged.runs.size(), 1u);
  EXPECT_EQ(merged.runs[0].name, "a");
}

}  // namespace
}  // namespace telltale::convert
