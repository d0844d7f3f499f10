#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/diagnosis/curve_case.h"

namespace telltale::diagnosis {
namespace not_learning {

using ::testing::Contains;
using ::testing::Not;

TEST(NotLearning, MarksTheLossOfGuessing) {
  const auto findings = FindingsOf(
      ParseCurve("train:loss" + Values(20, [](int i) { return 2.303 + 0.0005 * Noise(i); }) +
                 "\ntrain:accuracy" + Values(20, [](int i) { return 0.1 + 0.005 * Noise(i); })));
  ASSERT_NE(FindById(findings, "not-learning"), nullptr);
  EXPECT_THAT(FindById(findings, "not-learning")->summary, ::testing::HasSubstr("10 classes"));
}

TEST(NotLearning, MarksMemorisingOfShuffledLabels) {
  EXPECT_THAT(IdsIn("train:loss" + Values(30, [](int i) { return 1.395 - 0.0013 * i; }) +
                    "\nvalidation:loss" + Values(30, [](int i) { return 1.39 + 0.0005 * i; })),
              Contains("not-learning"));
}

TEST(NotLearning, AcceptsASlowFall) {
  EXPECT_THAT(IdsIn("train:loss" + Values(30, [](int i) { return 3.2 - 0.01 * i; })),
              Not(Contains("not-learning")));
}

TEST(NotLearning, AcceptsAModelThatIsGoodAlready) {
  EXPECT_THAT(
      IdsIn("train:loss" + Values(20, [](int i) { return 0.2 + 0.0005 * Noise(i); }) +
            "\nvalidation:accuracy" + Values(20, [](int i) { return 0.95 + 0.002 * Noise(i); })),
      Not(Contains("not-learning")));
}

TEST(NotLearning, IsSilentOnFewPoints) {
  EXPECT_THAT(IdsIn("train:loss 1 1 1 1"), Not(Contains("not-learning")));
}

}  // namespace not_learning
}  // namespace telltale::diagnosis
