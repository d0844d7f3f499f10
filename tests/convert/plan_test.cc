#include "lib/convert/plan.h"

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/base/text.h"
#include "lib/convert/record.h"
#include "lib/convert/verify.h"
#include "tests/model/experiment_builder.h"

namespace telltale::convert {
namespace {

using ::testing::ElementsAre;
using testing::ExperimentBuilder;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::IsSupersetOf;

// A format that holds as little as MLflow does.
std::string FitTag(std::string_view tag) {
  std::string fitted(tag);
  for (char& c : fitted) {
    if (c == '[' || c == ']' || c == ':') c = '_';
  }
  return fitted.empty() ? "_" : fitted;
}
constexpr formats::Sink kSmallSink{.capacity = {.negative_zero = false,
                                                .time_unit = 1e-3,
                                                .odd_wall_times = false,
                                                .repeated_points = false,
                                                .tags_are_paths = true,
                                                .params = true,
                                                .param_bytes = 10,
                                                .tags = true,
                                                .tag_bytes = 60},
                                   .fit_tag = FitTag,
                                   .fit_run = FitTag};
constexpr formats::Format kSmall{.id = "small", .sink = &kSmallSink};
// One that holds all, but calls tags something else.
constexpr formats::Sink kLargeSink{.capacity = {.custom_axes = true,
                                                .texts = true,
                                                .opaque = true,
                                                .typed_params = true,
                                                .params = true,
                                                .tags = true,
                                                .notes = true},
                                   .fit_tag = FitTag,
                                   .fit_run = FitTag};
constexpr formats::Format kLarge{.id = "large", .sink = &kLargeSink};
// And one for texts and points only, as TensorBoard is.
constexpr formats::Sink kTextSink{
    .capacity = {.texts = true}, .fit_tag = FitTag, .fit_run = FitTag};
constexpr formats::Format kText{.id = "text", .sink = &kTextSink};

model::Experiment Source() {
  model::Experiment experiment = ExperimentBuilder("/logs")
                                     .Run("a", {"loss", "loss/x", "lr[0]", "lr:0"})
                                     .Run("b:c", {"loss"})
                                     .Build();
  experiment.format = "tensorboard";
  model::Run& run = experiment.runs[0];
  run.params = {{"lr", 0.1}, {"amp", true}, {"name", std::string("a long name, äöü")}};
  run.tags = {{"team", std::string("x")}};
  run.info.note = "**note**";
  run.texts = {{.tag = "said",
                .points = {{.step = 3, .wall_time = 1.5, .strings = {"hi\n\"you\" ä"}},
                           {.step = 4, .wall_time = 2.5, .strings = {"p", "q"}, .shape = {2}}}}};
  run.series[0].display_name = "Loss";
  run.series[0].float32 = true;
  return experiment;
}

Plan PlanOf(model::Experiment experiment, const formats::Format& to,
            const PlanOptions& options = {}) {
  auto plan = MakePlan(std::move(experiment), to, options);
  EXPECT_TRUE(plan.ok()) << plan.status();
  return *std::move(plan);
}

std::vector<std::string> Tags(const model::Run& run) {
  std::vector<std::string> tags;
  for (const model::Series& series : run.series) tags.push_back(series.tag);
  return tags;
}

std::vector<std::string> Kinds(const Changes& changes) {
  std::vector<std::string> kinds;
  for (const Change& change : changes) kinds.emplace_back(ChangeKindName(change.kind));
  return kinds;
}

TEST(MakePlan, FitsNamesAndSaysSo) {
  const Plan plan = PlanOf(Source(), kSmall);
  EXPECT_THAT(Tags(plan.fitted.runs[0]), ElementsAre("loss_2", "loss/x", "lr_0_", "lr_0"));
  EXPECT_EQ(plan.fitted.runs[1].name, "b_c");
  EXPECT_EQ(plan.runs[1].source, "b:c");
  EXPECT_EQ(plan.runs[1].target, "b_c");
  EXPECT_THAT(Kinds(plan.runs[1].changes), ElementsAre("renamed-run"));
  EXPECT_EQ(plan.runs[0].points, 12u);
  EXPECT_FALSE(model::Validate(plan.fitted).has_value());
}

TEST(MakePlan, IsTheSameEachTime) {
  const Plan a = PlanOf(Source(), kSmall);
  const Plan b = PlanOf(Source(), kSmall);
  EXPECT_TRUE(Compare(a.fitted, b.fitted, kLargeSink.capacity).ok());
  EXPECT_EQ(a.fitted.runs[0].info.id, b.fitted.runs[0].info.id);
}

TEST(MakePlan, CutsWhatIsTooLongBetweenCharacters) {
  const Plan plan = PlanOf(Source(), kSmall);
  EXPECT_EQ(std::get<std::string>(plan.fitted.runs[0].params[2].value), "a long nam");
  model::Experiment experiment = Source();
  experiment.runs[0].params[2].value = std::string("123456789ä");
  const Plan cut = PlanOf(std::move(experiment), kSmall);
  EXPECT_EQ(std::get<std::string>(cut.fitted.runs[0].params[2].value), "123456789");
}

TEST(MakePlan, SaysThatBytesThatAreNoTextAreReplaced) {
  model::Experiment experiment = Source();
  model::Run& run = experiment.runs[0];
  run.params = {{"p\xff", std::string("a\xc3")}, {"q", std::string("fine")}};
  run.tags = {{"t", std::string("\0x", 2)}};
  run.info.note = "\xe2\x82";
  const Plan plan = PlanOf(std::move(experiment), kLarge);
  const model::Run& fitted = plan.fitted.runs[0];
  EXPECT_EQ(fitted.params[0].name, "p\uFFFD");
  EXPECT_EQ(std::get<std::string>(fitted.params[0].value), "a\uFFFD");
  EXPECT_EQ(std::get<std::string>(fitted.tags[0].value), "_x");
  EXPECT_THAT(Kinds(plan.runs[0].changes), IsSupersetOf({"params", "tags", "note"}));
}

// A format gives back an id with replaced bytes: the run would be another source's.
TEST(MakePlan, GivesRunsIdsThatComeBackAsTheyAre) {
  model::Experiment experiment =
      ExperimentBuilder().Run("a\xfe", {"x"}).Run("a\xff", {"x"}).Build();
  const Plan plan = PlanOf(std::move(experiment), kLarge);
  for (const model::Run& run : plan.fitted.runs) {
    EXPECT_EQ(ValidUtf8(run.info.id), run.info.id);
    EXPECT_EQ(ValidUtf8(run.info.title), run.info.title);
  }
  EXPECT_NE(plan.fitted.runs[0].info.id, plan.fitted.runs[1].info.id);
}

TEST(MakePlan, LeavesOutAnnotations) {
  model::Experiment experiment =
      ExperimentBuilder().Run("a", {"x"}).Run("a/telltale", {"y"}).WrittenByTelltale().Build();
  EXPECT_EQ(PlanOf(std::move(experiment), kSmall).fitted.runs.size(), 1u);
}

// There and back: what comes back is what was there, whatever the format in between could hold.
void ExpectBack(const formats::Format& between) {
  Plan there = PlanOf(Source(), between);
  there.fitted.format = std::string(between.id);
  const Plan back = PlanOf(std::move(there.fitted), kLarge);
  const model::Experiment source = Source();
  ASSERT_EQ(back.runs.size(), 2u);
  EXPECT_EQ(back.runs[1].source, "b:c");
  const model::Run& run = back.fitted.runs[0];
  EXPECT_THAT(Tags(run), ElementsAre("loss", "loss/x", "lr_0_", "lr_0"));  // kLarge renames as well
  EXPECT_EQ(run.series[0].display_name, "Loss");
  EXPECT_TRUE(run.series[0].float32);
  EXPECT_FALSE(run.series[1].float32);
  EXPECT_EQ(run.info.note, "**note**");
  EXPECT_EQ(run.info.title, "a");
  EXPECT_EQ(std::get<std::string>(run.tags[0].value), "x");
  ASSERT_EQ(run.texts.size(), 1u);
  EXPECT_EQ(run.texts[0].tag, "said");
  ASSERT_EQ(run.texts[0].points.size(), 2u);
  EXPECT_EQ(run.texts[0].points[0].strings[0], "hi\n\"you\" ä");
  EXPECT_EQ(run.texts[0].points[1].shape, std::vector<int64_t>{2});
  EXPECT_EQ(run.texts[0].points[1].wall_time, 2.5);
  if (!between.sink->capacity.params) return;
  EXPECT_EQ(std::get<double>(run.params[0].value), 0.1);
  EXPECT_EQ(std::get<bool>(run.params[1].value), true);
}

TEST(MakePlan, GivesBackWhatAFormatWithoutTextsHeld) { ExpectBack(kSmall); }
TEST(MakePlan, GivesBackWhatAFormatWithoutTagsHeld) { ExpectBack(kText); }
TEST(MakePlan, GivesBackWhatALargeFormatHeld) { ExpectBack(kLarge); }

TEST(MakePlan, DoesNotUndoTheUsersOwnNames) {
  const Plan there = PlanOf(Source(), kSmall, {.renames = {*ParseRename("^loss$=train:loss")}});
  EXPECT_EQ(there.fitted.runs[0].series[0].tag, "train_loss");
  model::Experiment fitted = there.fitted;
  const auto record = TakeRecord(fitted.runs[0]);
  ASSERT_TRUE(record.ok());
  Restore(*record, fitted.runs[0]);
  EXPECT_EQ(fitted.runs[0].series[0].tag, "train:loss");
  EXPECT_EQ(record->series[0].original, "loss");
}

TEST(MakePlan, KeepsAParameterThatSomebodyChangedMeanwhile) {
  Plan there = PlanOf(Source(), kSmall);
  there.fitted.runs[0].params[0].value = std::string("0.2");
  const Plan back = PlanOf(std::move(there.fitted), kLarge);
  EXPECT_EQ(std::get<std::string>(back.fitted.runs[0].params[0].value), "0.2");
}

TEST(MakePlan, RefusesAFormatThatIsOnlyRead) {
  static constexpr formats::Format kReadOnly{.id = "paper"};
  EXPECT_THAT(std::string(MakePlan(Source(), kReadOnly).status().message()), HasSubstr("paper"));
}

TEST(Record, SurvivesAnyBytes) {
  Record record{.from = "tensorboard", .source = std::string("a\xff\0b", 4), .run = "r\n\"```json"};
  record.series = {{.tag = "\xfe", .name = "n\xff", .original = "n\xff"}};
  record.params = {
      {"p", std::numeric_limits<double>::quiet_NaN()}, {"q", -0.0}, {"r", std::string("NaN")}};
  const auto parsed = ParseRecord(RecordJson(record));
  ASSERT_TRUE(parsed.ok()) << parsed.status();
  EXPECT_EQ(parsed->source, record.source);
  EXPECT_EQ(parsed->run, record.run);
  EXPECT_EQ(parsed->series[0].name, "n\xff");
  EXPECT_TRUE(std::isnan(std::get<double>(parsed->params[0].value)));
  EXPECT_TRUE(std::signbit(std::get<double>(parsed->params[1].value)));
  EXPECT_EQ(std::get<std::string>(parsed->params[2].value), "NaN");

  model::Run run;
  AddRecord(record, kTextSink.capacity, run);
  EXPECT_EQ(TakeRecord(run)->run, record.run);
  EXPECT_THAT(run.texts, IsEmpty());
}

TEST(Record, IsNotFooledByWhatIsNone) {
  for (const std::string& bad :
       {std::string("{}"), std::string("[]"), std::string("x"), std::string(100000, '['),
        std::string("{\"schema\":\"telltale.conversion/1\"}")}) {
    EXPECT_FALSE(ParseRecord(bad).ok());
    model::Run run;
    run.tags = {{std::string(kRecordTag), bad}};
    EXPECT_FALSE(TakeRecord(run).ok());
    EXPECT_EQ(run.tags.size(), 1u);  // stays where it is
  }
}

TEST(Compare, FindsEachKindOfDifference) {
  const Plan plan = PlanOf(Source(), kLarge);
  const auto differs = [&](auto change) {
    model::Experiment read = plan.fitted;
    change(read.runs[0]);
    return !Compare(plan.fitted, read, kLargeSink.capacity).ok();
  };
  EXPECT_FALSE(differs([](model::Run&) {}));
  EXPECT_TRUE(differs([](model::Run& run) { run.series[0].values.Mutable()[1] = 0.25; }));
  EXPECT_TRUE(differs([](model::Run& run) { run.series[0].steps.Mutable()[1] = 7; }));
  EXPECT_TRUE(differs([](model::Run& run) { run.series[0].wall_times.Mutable()[1] += 1e-6; }));
  EXPECT_TRUE(differs([](model::Run& run) {
    run.series[0].values.resize_down(2);
    run.series[0].steps.resize_down(2);
    run.series[0].wall_times.resize_down(2);
  }));
  EXPECT_TRUE(differs([](model::Run& run) { run.series.pop_back(); }));
  EXPECT_TRUE(differs([](model::Run& run) { run.texts.clear(); }));
  EXPECT_TRUE(differs([](model::Run& run) { run.params.pop_back(); }));
  EXPECT_TRUE(differs([](model::Run& run) { run.tags[0].value = std::string("y"); }));
  model::Experiment read = plan.fitted;
  read.runs.pop_back();
  EXPECT_FALSE(Compare(plan.fitted, read, kLargeSink.capacity).ok());
}

}  // namespace
}  // namespace telltale::convert
