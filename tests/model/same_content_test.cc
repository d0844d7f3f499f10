#include "lib/model/same_content.h"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>

namespace telltale::model {
namespace {

Experiment RunsWithLosses() {
  Experiment experiment;
  for (const char* name : {"a", "b"}) {
    Run run{.name = name};
    run.series.push_back(
        {.tag = "loss", .steps = {1, 2, 3}, .wall_times = {1, 2, 3}, .values = {1.0, NAN, 0.5}});
    experiment.runs.push_back(std::move(run));
  }
  return experiment;
}

bool Same(const Experiment& before, const Experiment& after, size_t i = 0) {
  const Grouping x = GroupRuns(before);
  const Grouping y = GroupRuns(after);
  return SameContent(before, x.training_runs.at(i), after, y.training_runs.at(i));
}

TEST(SameContent, IsTheSameToTheBit) {
  const Experiment before = RunsWithLosses();
  EXPECT_TRUE(Same(before, RunsWithLosses()));
  Experiment changed = RunsWithLosses();
  changed.runs[0].series[0].values.Mutable()[0] = std::nextafter(1.0, 2.0);
  EXPECT_FALSE(Same(before, changed));
  EXPECT_TRUE(Same(before, changed, 1)) << "the other run did not change";
}

TEST(SameContent, SeesEveryKindOfChange) {
  const Experiment before = RunsWithLosses();
  const auto changed = [&](const std::function<void(model::Run&)>& change) {
    Experiment after = RunsWithLosses();
    change(after.runs[0]);
    return !Same(before, after);
  };
  EXPECT_TRUE(changed([](model::Run& run) { run.series[0].steps.Mutable()[2] = 4; }));
  EXPECT_TRUE(changed([](model::Run& run) { run.series[0].wall_times.Mutable()[0] = 0; }));
  EXPECT_TRUE(changed([](model::Run& run) { run.series[0].tag = "accuracy"; }));
  EXPECT_TRUE(changed([](model::Run& run) { run.series.push_back({.tag = "other"}); }));
  EXPECT_TRUE(changed([](model::Run& run) { run.params.push_back({.name = "lr", .value = 0.1}); }));
  EXPECT_TRUE(changed([](model::Run& run) { run.name = "a2"; }));
  EXPECT_TRUE(changed([](model::Run& run) {
    Series& series = run.series[0];
    series.steps.push_back(4);
    series.wall_times.push_back(4);
    series.values.push_back(0.4);
  }));
}

}  // namespace
}  // namespace telltale::model
