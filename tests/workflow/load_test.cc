#include "lib/workflow/load.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "tests/support/event_bytes.h"
#include "tests/support/temp_dir.h"

namespace telltale::workflow {
namespace {

std::string FileOf(float last) {
  std::vector<std::pair<int64_t, float>> points;
  for (int64_t step = 0; step < 30; ++step)
    points.emplace_back(step, 1.0F / (1.0F + static_cast<float>(step)));
  points.emplace_back(30, last);
  return testing::ScalarFile("train/loss", points);
}

Loaded LoadOf(const std::string& path) {
  auto loaded = Load(path);
  EXPECT_TRUE(loaded.ok()) << loaded.status();
  return loaded.ok() ? *std::move(loaded) : Loaded{};
}

TEST(Diagnose, TakesOverWhatWasSaidOfTrainingRunsThatHaveNotChanged) {
  testing::TempDir dir;
  dir.Write("same/events.out.tfevents.1", FileOf(0.03F));
  dir.Write("grown/events.out.tfevents.1", FileOf(0.03F));
  Loaded before = LoadOf(dir.path());
  ASSERT_TRUE(Diagnose(before));
  ASSERT_EQ(before.diagnoses.size(), 2u);
  for (auto& each : before.diagnoses) each.train_loss = "as it was said before";
  dir.Write("grown/events.out.tfevents.1", FileOf(NAN));

  Loaded after = LoadOf(dir.path());
  const EarlierDiagnosis earlier{before.experiment, before.grouping, before.diagnoses};
  ASSERT_TRUE(Diagnose(after, {.earlier = &earlier}));
  ASSERT_EQ(after.grouping.training_runs.at(0).name, "grown");
  EXPECT_EQ(after.diagnoses.at(0).train_loss, "grown:train/loss");
  EXPECT_EQ(after.diagnoses.at(0).verdict, diagnosis::Verdict::kFailing);
  EXPECT_EQ(after.diagnoses.at(1).train_loss, "as it was said before");
}

}  // namespace
}  // namespace telltale::workflow
