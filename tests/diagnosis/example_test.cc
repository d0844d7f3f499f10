#include "lib/diagnosis/example.h"

#include <gtest/gtest.h>

#include <string>

namespace telltale::diagnosis {
namespace {

TEST(ExampleOf, ShowsWhatEachRuleFinds) {
  for (const Rule* rule : AllRules()) {
    SCOPED_TRACE(std::string(rule->id));
    const auto example = ExampleOf(*rule);
    ASSERT_TRUE(example.has_value())
        << "testdata/diagnosis/" << rule->id << ".curve is missing, or the rule does not find it";
    EXPECT_EQ(example->finding.id, rule->id);
    EXPECT_FALSE(example->finding.summary.empty());
    EXPECT_TRUE(example->caption.ends_with('.')) << "the first line says what is seen";
    const size_t subjects = rule->scope == Scope::kGroup ? example->grouping.groups.size()
                                                         : example->grouping.training_runs.size();
    EXPECT_LT(example->subject, subjects);
    EXPECT_EQ(example->diagnoses.size(), example->grouping.training_runs.size());
  }
}

TEST(ExampleOf, IsEmptyForARuleWithoutAFixture) {
  constexpr Rule kUnknown{.id = "not-in-the-catalogue", .summary = "", .doc = ""};
  EXPECT_FALSE(ExampleOf(kUnknown).has_value());
}

}  // namespace
}  // namespace telltale::diagnosis
