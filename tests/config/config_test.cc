#include "lib/config/config.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace telltale::config {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;

constexpr diagnosis::ParamSpec kParams[] = {
    {"rise", 0.05, 0, 1, "share of the loss"},
    {"patience", 5, 1, 100, "points"},
};
constexpr diagnosis::Rule kOverfitting{
    .id = "overfitting", .summary = "", .doc = "", .params = kParams};
constexpr diagnosis::Rule kPlateau{.id = "plateau", .summary = "", .doc = ""};
constexpr const diagnosis::Rule* kRules[] = {&kOverfitting, &kPlateau};

absl::StatusOr<Config> Parse(std::string_view yaml) {
  return ParseConfig(yaml, "telltale.yaml", kRules);
}

std::string ErrorOf(std::string_view yaml) {
  const auto config = Parse(yaml);
  EXPECT_EQ(config.status().code(), absl::StatusCode::kInvalidArgument) << yaml;
  return std::string(config.status().message());
}

TEST(Config, ReadsEverything) {
  const auto config = Parse(R"(
disable: [plateau]
rules:
  overfitting: {rise: 0.08, patience: 7}
roles:
  val/objective: validation:loss
group: false
suppress:
  - id: overfitting
    run: "sweep-*"
    reason: the data set is tiny on purpose
  - id: "*"
    reason: an archive
)");
  ASSERT_TRUE(config.ok()) << config.status();
  EXPECT_THAT(config->diagnosis.disabled, ElementsAre("plateau"));
  EXPECT_THAT(config->diagnosis.params, UnorderedElementsAre(Pair("overfitting.rise", 0.08),
                                                             Pair("overfitting.patience", 7)));
  ASSERT_EQ(config->grouping.roles.size(), 1u);
  EXPECT_EQ(config->grouping.roles[0].tag, "val/objective");
  EXPECT_EQ(config->grouping.roles[0].role.split, model::Split::kValidation);
  EXPECT_EQ(config->grouping.roles[0].role.quantity, model::Quantity::kLoss);
  EXPECT_FALSE(config->grouping.group);
  ASSERT_EQ(config->diagnosis.suppressions.size(), 2u);
  EXPECT_EQ(config->diagnosis.suppressions[0].run, "sweep-*");
  EXPECT_EQ(config->diagnosis.suppressions[0].reason, "the data set is tiny on purpose");
  EXPECT_EQ(config->diagnosis.suppressions[1].run, "*");
}

TEST(Config, MayBeEmpty) {
  EXPECT_TRUE(Parse("").ok());
  EXPECT_TRUE(Parse("# nothing yet\n").ok());
  EXPECT_TRUE(Parse("disable:\nrules:\nroles:\nsuppress:\n").ok());
  EXPECT_TRUE(Parse("")->grouping.group);
}

TEST(Config, NamesFileAndLineOfAnUnknownKey) {
  EXPECT_EQ(ErrorOf("group: true\ndisabled: [plateau]\n"),
            "telltale.yaml:2: unknown key 'disabled'; did you mean 'disable'?");
  EXPECT_EQ(ErrorOf("rules:\n  overfitting:\n    patienc: 3\n"),
            "telltale.yaml:3: unknown key 'patienc'; did you mean 'patience'?");
  EXPECT_THAT(ErrorOf("xyz: 1"),
              HasSubstr("known are: disable, rules, roles, params, group, suppress"));
  EXPECT_EQ(ErrorOf("rules: {plateau: {window: 3}}"),
            "telltale.yaml:1: unknown key 'window'; 'plateau' has no parameters");
}

TEST(Config, RefusesRulesThatDoNotExist) {
  EXPECT_EQ(ErrorOf("disable:\n  - plateu\n"),
            "telltale.yaml:2: no rule is called 'plateu'; did you mean 'plateau'?");
  EXPECT_THAT(ErrorOf("rules: {overfit: {}}"), HasSubstr("no rule is called 'overfit'"));
  EXPECT_THAT(ErrorOf("suppress: [{id: nope, reason: x}]"), HasSubstr("no rule is called 'nope'"));
}

TEST(Config, RefusesValuesOutOfRange) {
  EXPECT_EQ(ErrorOf("rules:\n  overfitting:\n    rise: 1.5\n"),
            "telltale.yaml:3: 'rise' is from 0 to 1, not 1.5");
  EXPECT_THAT(ErrorOf("rules: {overfitting: {rise: -1}}"), HasSubstr("from 0 to 1"));
  EXPECT_THAT(ErrorOf("rules: {overfitting: {rise: .nan}}"), HasSubstr("from 0 to 1"));
  EXPECT_THAT(ErrorOf("rules: {overfitting: {rise: much}}"), HasSubstr("is a number"));
  EXPECT_THAT(ErrorOf("rules: {overfitting: {rise: [1]}}"), HasSubstr("is a number"));
  EXPECT_TRUE(Parse("rules: {overfitting: {rise: 1}}").ok());
  EXPECT_TRUE(Parse("rules: {overfitting: {rise: 0}}").ok());
}

TEST(Config, RefusesRolesThatDoNotExist) {
  EXPECT_THAT(ErrorOf("roles:\n  x: validation:los\n"), HasSubstr("telltale.yaml:2: "));
  EXPECT_THAT(ErrorOf("roles: [x]"), HasSubstr("map of names to values"));
}

TEST(Config, ReadsHyperParametersWithTheirTypes) {
  const auto config = Parse(R"(
params:
  batch_size: 32
  amp: true
  optimizer: adam
  version: "3"
  "lr=*:lr": 1e-3
)");
  ASSERT_TRUE(config.ok()) << config.status();
  const auto& params = config->grouping.params;
  ASSERT_EQ(params.size(), 5u);
  EXPECT_EQ(params[0].run, "*");
  EXPECT_EQ(params[0].param.name, "batch_size");
  EXPECT_EQ(params[0].param.value, model::ParamValue(32.0));
  EXPECT_EQ(params[1].param.value, model::ParamValue(true));
  EXPECT_EQ(params[2].param.value, model::ParamValue("adam"));
  EXPECT_EQ(params[3].param.value, model::ParamValue("3")) << "in quotation marks it is text";
  EXPECT_EQ(params[4].run, "lr=*");
  EXPECT_EQ(params[4].param.name, "lr");
  EXPECT_EQ(params[4].param.value, model::ParamValue(0.001));
}

TEST(Config, RefusesHyperParametersWithoutANameOrAValue) {
  EXPECT_EQ(ErrorOf("params:\n  'sweep:': 3\n"),
            "telltale.yaml:2: 'sweep:' is no name of a hyper-parameter: expected NAME or RUN:NAME");
  EXPECT_THAT(ErrorOf("params:\n  ':lr': 3\n"), HasSubstr("telltale.yaml:2: ':lr' is no name"));
  EXPECT_EQ(ErrorOf("params:\n  lr: [1, 2]\n"),
            "telltale.yaml:2: the value of 'lr' is a number, true, false or text");
  EXPECT_THAT(ErrorOf("params:\n  lr:\n"), HasSubstr("the value of 'lr' is a number"));
  EXPECT_THAT(ErrorOf("params: [lr]"), HasSubstr("map of names to values"));
}

TEST(Config, WantsAReasonForASuppression) {
  EXPECT_THAT(ErrorOf("suppress: [{id: plateau}]"), HasSubstr("needs a 'reason'"));
  EXPECT_THAT(ErrorOf("suppress: [{reason: x}]"), HasSubstr("needs the 'id'"));
  EXPECT_THAT(ErrorOf("suppress: [{id: plateau, reason: ''}]"), HasSubstr("expected text"));
  EXPECT_THAT(ErrorOf("suppress: [{id: plateau, rum: x, reason: y}]"),
              HasSubstr("did you mean 'run'"));
}

TEST(Config, RefusesTheSameKeyTwice) {
  EXPECT_EQ(ErrorOf("group: true\ngroup: false\n"), "telltale.yaml:2: 'group' is given twice");
}

TEST(Config, NamesTheLineOfASyntaxError) {
  EXPECT_THAT(ErrorOf("group: true\nrules: {overfitting: {rise: 0.1}\n"),
              HasSubstr("telltale.yaml:"));
  EXPECT_THAT(ErrorOf("- a\n- b\n"), HasSubstr("telltale.yaml:1: "));
  EXPECT_THAT(ErrorOf("group: maybe"), HasSubstr("'group' is true or false"));
  EXPECT_THAT(ErrorOf("group: \"\\xzz\""), HasSubstr("telltale.yaml:"));
}

// Thousands of brackets must be an error, not a stack overflow.
TEST(Config, RefusesDeepNesting) {
  EXPECT_FALSE(Parse("disable: " + std::string(100000, '[')).ok());
  EXPECT_FALSE(Parse("rules: " + std::string(100000, '{')).ok());
}

}  // namespace
}  // namespace telltale::config
