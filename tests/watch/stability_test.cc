#include "lib/watch/stability.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace telltale::watch {
namespace {

using diagnosis::Finding;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<Finding> Found(const std::vector<std::string>& ids) {
  std::vector<Finding> findings;
  for (const std::string& id : ids) findings.push_back({.id = id, .summary = "as found"});
  return findings;
}

// "+id" for each that became stable, "-id" for each that was cleared.
std::vector<std::string> Changes(Stability& stability, const std::vector<std::string>& ids,
                                 uint64_t points, LookKind kind = LookKind::kGrowing) {
  std::vector<std::string> changes;
  for (const StabilityChange& change : stability.Look(Found(ids), points, kind)) {
    changes.push_back((change.kind == ChangeKind::kStable ? "+" : "-") + change.finding.id);
  }
  return changes;
}

TEST(StabilityTest, IsToldAtTheThirdLookInARow) {
  Stability stability;
  EXPECT_THAT(Changes(stability, {"plateau"}, 100), IsEmpty());
  EXPECT_THAT(Changes(stability, {"plateau"}, 110), IsEmpty());
  EXPECT_FALSE(stability.IsStable("plateau"));
  EXPECT_THAT(Changes(stability, {"plateau"}, 120), ElementsAre("+plateau"));
  EXPECT_TRUE(stability.IsStable("plateau"));
  EXPECT_THAT(Changes(stability, {"plateau"}, 130), IsEmpty());
}

TEST(StabilityTest, StartsAgainAfterALookWithout) {
  Stability stability;
  Changes(stability, {"plateau"}, 100);
  Changes(stability, {"plateau"}, 110);
  EXPECT_THAT(Changes(stability, {}, 120), IsEmpty());
  EXPECT_THAT(Changes(stability, {"plateau"}, 130), IsEmpty());
  EXPECT_THAT(Changes(stability, {"plateau"}, 140), IsEmpty());
  EXPECT_THAT(Changes(stability, {"plateau"}, 150), ElementsAre("+plateau"));
}

TEST(StabilityTest, LooksAtTheSamePointsSayNothingNew) {
  Stability stability;
  for (int look = 0; look < 10; ++look) {
    EXPECT_THAT(Changes(stability, {"plateau"}, 1000), IsEmpty());
  }
  EXPECT_THAT(Changes(stability, {"plateau"}, 1110), IsEmpty());
  EXPECT_THAT(Changes(stability, {"plateau"}, 1112), ElementsAre("+plateau"));
}

TEST(StabilityTest, ClearsLikewiseAndSaysWhatWasTold) {
  Stability stability;
  for (const uint64_t points : {100, 110, 120}) Changes(stability, {"plateau"}, points);
  EXPECT_THAT(Changes(stability, {}, 130), IsEmpty());
  EXPECT_THAT(Changes(stability, {"plateau"}, 140), IsEmpty());  // it was only one look
  EXPECT_THAT(Changes(stability, {}, 150), IsEmpty());
  EXPECT_THAT(Changes(stability, {}, 160), IsEmpty());
  const auto changes = stability.Look({}, 170, LookKind::kGrowing);
  ASSERT_EQ(changes.size(), 1u);
  EXPECT_EQ(changes[0].kind, ChangeKind::kCleared);
  EXPECT_EQ(changes[0].finding.summary, "as found");
  EXPECT_THAT(stability.told(), IsEmpty());
}

// Whatever comes and goes from look to look is never told, and nobody hears of it.
TEST(StabilityTest, WhatFlickersIsNeverTold) {
  Stability stability;
  for (uint64_t look = 0; look < 100; ++look) {
    const auto ids =
        look % 3 == 2 ? std::vector<std::string>{} : std::vector<std::string>{"plateau"};
    EXPECT_THAT(Changes(stability, ids, 100 + 10 * look), IsEmpty());
  }
  EXPECT_EQ(stability.version(), 0u);
}

TEST(StabilityTest, FactsAreToldAtOnceButClearSlowly) {
  Stability stability;
  EXPECT_THAT(Changes(stability, {"divergence", "non-finite", "plateau"}, 50),
              ElementsAre("+divergence", "+non-finite"));
  EXPECT_THAT(Changes(stability, {"non-finite"}, 60), IsEmpty());
  EXPECT_TRUE(stability.IsStable("divergence"));
}

TEST(StabilityTest, WhatIsSettledIsToldAndClearedAtOnce) {
  Stability stability;
  EXPECT_THAT(Changes(stability, {"plateau"}, 100, LookKind::kSettled), ElementsAre("+plateau"));
  EXPECT_THAT(Changes(stability, {"overfitting"}, 100, LookKind::kSettled),
              ElementsAre("+overfitting", "-plateau"));
}

// A run that still trains is not trained too short.
TEST(StabilityTest, WhatIsAboutTheEndIsToldAtTheEnd) {
  Stability stability;
  for (uint64_t points = 100; points < 1000; points += 50) {
    EXPECT_THAT(Changes(stability, {"undertrained"}, points), IsEmpty());
  }
  EXPECT_THAT(Changes(stability, {"undertrained"}, 1000, LookKind::kSettled),
              ElementsAre("+undertrained"));
  // It goes on after all.
  EXPECT_THAT(Changes(stability, {"undertrained"}, 1100), IsEmpty());
  EXPECT_THAT(Changes(stability, {"undertrained"}, 1200), IsEmpty());
  EXPECT_THAT(Changes(stability, {"undertrained"}, 1300), ElementsAre("-undertrained"));
}

TEST(StabilityTest, AFileThatStartsAnewStartsTheCountAnew) {
  Stability stability;
  Changes(stability, {"plateau"}, 1000);
  Changes(stability, {"plateau"}, 1050);
  EXPECT_THAT(Changes(stability, {"plateau"}, 20), IsEmpty());
  EXPECT_THAT(Changes(stability, {"plateau"}, 21), IsEmpty());
  EXPECT_THAT(Changes(stability, {"plateau"}, 22), IsEmpty());  // only two points more
  EXPECT_THAT(Changes(stability, {"plateau"}, 28), ElementsAre("+plateau"));
}

TEST(StabilityTest, OfOneIdTheFirstCounts) {
  Stability stability({.looks = 1, .share = 0, .fewest = 0});
  std::vector<Finding> twice = Found({"plateau", "plateau"});
  twice[0].summary = "the first";
  const auto changes = stability.Look(twice, 10, LookKind::kGrowing);
  ASSERT_EQ(changes.size(), 1u);
  EXPECT_EQ(changes[0].finding.summary, "the first");
  EXPECT_EQ(stability.Stable(twice).size(), 2u);
}

}  // namespace
}  // namespace telltale::watch
