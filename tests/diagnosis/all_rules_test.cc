// What every rule promises: its documentation, its bounds, its fixture, and silence elsewhere.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <limits>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "lib/base/str.h"
#include "lib/diagnosis/context.h"
#include "lib/diagnosis/engine.h"
#include "lib/diagnosis/group_view.h"
#include "lib/diagnosis/rule.h"
#include "lib/diagnosis/run_view.h"
#include "lib/model/training_run.h"
#include "tests/diagnosis/logs.h"

namespace telltale::diagnosis {
namespace {

namespace fs = std::filesystem;

// One `.curve` file, read and grouped as a logdir is.
struct Fixture {
  std::string name = {};  // the file's stem: "overfitting", "overfitting.mild"
  std::string rule = {};  // its first part: the rule that must find it
  // Ids on its `# also` line: symptoms that cannot be had without the cause the fixture is about.
  std::set<std::string> also = {};
  model::Experiment experiment = {};
  model::Grouping grouping = {};
  std::vector<RunView> views = {};
  std::vector<Diagnosis> diagnoses = {};

  std::vector<Finding> All() const {
    std::vector<Finding> all;
    for (const Diagnosis& d : diagnoses) {
      all.insert(all.end(), d.findings.begin(), d.findings.end());
    }
    for (const model::Group& group : grouping.groups) {
      for (Finding& f : DiagnoseGroup(experiment, grouping, group, diagnoses)) {
        all.push_back(std::move(f));
      }
    }
    return all;
  }
};

std::unique_ptr<Fixture> Load(const fs::path& path) {
  std::ifstream in(path);
  const std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  auto fixture = std::make_unique<Fixture>();
  fixture->name = path.stem().string();
  fixture->rule = fixture->name.substr(0, fixture->name.find('.'));
  for (const absl::string_view line : absl::StrSplit(text, '\n')) {
    if (!absl::StartsWith(line, "# also ")) continue;
    const std::vector<std::string> ids = absl::StrSplit(line.substr(7), ' ', absl::SkipEmpty());
    fixture->also.insert(ids.begin(), ids.end());
  }
  fixture->experiment = testing::ParseLogs(text).Build();
  fixture->grouping = model::GroupRuns(fixture->experiment);
  for (const model::TrainingRun& run : fixture->grouping.training_runs) {
    fixture->views.push_back(MakeRunView(fixture->experiment, run));
    fixture->diagnoses.push_back(Diagnose(fixture->experiment, run));
  }
  return fixture;
}

std::vector<std::unique_ptr<Fixture>> LoadAll(const std::string& folder) {
  std::vector<fs::path> paths;
  for (const auto& entry :
       fs::directory_iterator(fs::path(TELLTALE_SOURCE_DIR) / "testdata/diagnosis" / folder)) {
    if (entry.path().extension() == ".curve") paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  std::vector<std::unique_ptr<Fixture>> fixtures;
  for (const fs::path& path : paths) fixtures.push_back(Load(path));
  return fixtures;
}

const std::vector<std::unique_ptr<Fixture>>& Cases() {
  static const auto& cases = *new auto(LoadAll(""));
  return cases;
}

const std::vector<std::unique_ptr<Fixture>>& Healthy() {
  static const auto& healthy = *new auto(LoadAll("healthy"));
  return healthy;
}

bool HasFixture(const Rule& rule) {
  return std::any_of(Cases().begin(), Cases().end(),
                     [&](const auto& fixture) { return fixture->rule == rule.id; });
}

// Curves that lie at the edge of one parameter or another: only to see that it is listened to.
const std::vector<std::unique_ptr<Fixture>>& Edges() {
  static const auto& edges = *new auto(LoadAll("edges"));
  return edges;
}

// All that `rule` says about a fixture, as text.
std::string Said(const Rule& rule, const Fixture& fixture, const Options& options) {
  std::string said;
  const auto add = [&](Context& ctx) {
    rule.check(ctx);
    for (const Finding& f : ctx.findings()) {
      StrAppend(&said, SeverityName(f.severity), f.confidence, " ", f.summary, "\n");
      for (const Evidence& e : f.evidence) StrAppend(&said, e.name, " ", e.value, "\n");
    }
  };
  if (rule.scope == Scope::kTrainingRun) {
    for (const RunView& view : fixture.views) {
      Context ctx(rule, options, &view, nullptr);
      add(ctx);
    }
    return said;
  }
  for (const model::Group& group : fixture.grouping.groups) {
    const GroupView view =
        MakeGroupView(fixture.experiment, fixture.grouping, group, fixture.diagnoses);
    Context ctx(rule, options, nullptr, &view);
    add(ctx);
  }
  return said;
}

TEST(AllRules, AreSortedAndUnique) {
  for (size_t i = 1; i < AllRules().size(); ++i) {
    EXPECT_LT(AllRules()[i - 1]->id, AllRules()[i]->id);
  }
}

TEST(AllRules, SayWhatTheyFindAndWhatHelps) {
  for (const Rule* rule : AllRules()) {
    SCOPED_TRACE(std::string(rule->id));
    size_t at = 0;
    for (const std::string_view heading :
         {"## What it finds\n", "## Why it matters\n", "## What to try\n", "## Known limits\n"}) {
      const size_t found = rule->doc.find(heading, at);
      ASSERT_NE(found, std::string_view::npos) << heading;
      at = found + heading.size();
      EXPECT_NE(rule->doc.substr(at, 2), "##") << "nothing under " << heading;
    }
    ASSERT_FALSE(rule->summary.empty());
    EXPECT_FALSE(rule->summary.front() >= 'A' && rule->summary.front() <= 'Z') << rule->summary;
    EXPECT_NE(rule->summary.back(), '.') << rule->summary;
    EXPECT_NE(rule->check, nullptr);
  }
}

TEST(AllRules, HaveDefaultsWithinBounds) {
  for (const Rule* rule : AllRules()) {
    SCOPED_TRACE(std::string(rule->id));
    std::set<std::string_view> names;
    for (const ParamSpec& param : rule->params) {
      EXPECT_TRUE(names.insert(param.name).second) << param.name;
      EXPECT_LT(param.min, param.max) << param.name;
      EXPECT_LE(param.min, param.value) << param.name;
      EXPECT_GE(param.max, param.value) << param.name;
      EXPECT_FALSE(param.doc.empty()) << param.name;
    }
  }
}

TEST(AllRules, KeepTheBoundsOfTheirParameters) {
  for (const Rule* rule : AllRules()) {
    for (const ParamSpec& param : rule->params) {
      const std::string key = StrCat(rule->id, ".", param.name);
      for (const double beyond : {param.min - 1, param.max + 1}) {
        const Options options{.params = {{key, beyond}}};
        const double used = Context(*rule, options, nullptr, nullptr).param(param);
        EXPECT_EQ(used, beyond < param.min ? param.min : param.max) << key;
      }
    }
  }
}

TEST(AllRules, NameCausesThatExist) {
  for (const Rule* rule : AllRules()) {
    for (const std::string_view cause : rule->explained_by) {
      EXPECT_NE(cause, rule->id);
      EXPECT_NE(FindRule(cause), nullptr) << rule->id << " is explained by " << cause;
    }
  }
}

TEST(AllRules, HaveAFixture) {
  std::set<std::string> names;
  for (const auto& fixture : Cases()) {
    names.insert(fixture->rule);
    EXPECT_NE(FindRule(fixture->rule), nullptr) << fixture->name << ".curve is of no rule";
  }
  for (const Rule* rule : AllRules()) {
    EXPECT_TRUE(names.count(std::string(rule->id)))
        << "testdata/diagnosis/" << rule->id << ".curve is missing";
  }
}

// `info` findings are no alarm: others may well remark on a fixture.
TEST(AllRules, FindTheirFixtureAndNothingElseAboveInfo) {
  for (const auto& fixture : Cases()) {
    bool found = false;
    for (const Finding& f : fixture->All()) {
      found = found || f.id == fixture->rule;
      EXPECT_TRUE(f.id == fixture->rule || f.severity == Severity::kInfo ||
                  fixture->also.count(f.id) > 0)
          << fixture->name << ".curve: " << f.id << ": " << f.summary;
    }
    EXPECT_TRUE(found) << fixture->name << ".curve is not found";
  }
}

TEST(AllRules, FindNothingAboveInfoInHealthyRuns) {
  EXPECT_GE(Healthy().size(), 3U);
  for (const auto& fixture : Healthy()) {
    size_t remarks = 0;
    std::string said;
    for (const Finding& f : fixture->All()) {
      EXPECT_EQ(f.severity, Severity::kInfo) << fixture->name << ": " << f.id << ": " << f.summary;
      ++remarks;
      StrAppend(&said, "\n  ", f.id, ": ", f.summary);
    }
    EXPECT_LE(remarks, 2U) << fixture->name << " is talked about too much:" << said;
  }
}

TEST(AllRules, ReportFindingsThatCanBePrinted) {
  for (const auto& fixture : Cases()) {
    for (const Finding& f : fixture->All()) {
      SCOPED_TRACE(StrCat(fixture->name, ": ", f.id));
      ASSERT_FALSE(f.summary.empty());
      EXPECT_EQ(f.summary.back(), '.') << f.summary;
      EXPECT_TRUE(f.id == "non-finite" || f.summary.find("nan") == std::string::npos) << f.summary;
      EXPECT_FALSE(f.remedies.empty());
      EXPECT_FALSE(f.evidence.empty());
      EXPECT_GT(f.confidence, 0);
      for (const Evidence& e : f.evidence) {
        EXPECT_TRUE(std::isfinite(e.value) || f.id == "non-finite") << e.name;
      }
      if (f.first_step && f.last_step) {
        EXPECT_LE(*f.first_step, *f.last_step);
      }
    }
  }
}

// A parameter that changes nothing anywhere is not one.
TEST(AllRules, ListenToEachOfTheirParameters) {
  for (const Rule* rule : AllRules()) {
    if (!HasFixture(*rule)) continue;  // HaveAFixture says so
    for (const ParamSpec& param : rule->params) {
      bool differs = false;
      for (const double value : {param.min, param.max, std::sqrt(param.min * param.max)}) {
        if (!std::isfinite(value)) continue;
        const Options options{.params = {{StrCat(rule->id, ".", param.name), value}}};
        for (const auto* fixtures : {&Cases(), &Healthy(), &Edges()}) {
          for (const auto& fixture : *fixtures) {
            differs = differs || Said(*rule, *fixture, {}) != Said(*rule, *fixture, options);
            if (differs) break;
          }
        }
        if (differs) break;
      }
      EXPECT_TRUE(differs) << rule->id << "." << param.name << " changes nothing in any fixture";
    }
  }
}

testing::Logs TrainAndValidation(const testing::Values& train, const testing::Values& validation) {
  testing::Logs logs;
  logs.Add("train:loss", train).Add("train:accuracy", train);
  logs.Add("validation:loss", validation).Add("validation:accuracy", validation);
  logs.Add("train:lr", train).Add("train:grad_norm", train).Add("train:update_ratio", train);
  return logs;
}

// Shapes that break naive statistics: nothing, one point, constants, huge and hostile numbers.
TEST(AllRules, SurviveDegenerateSeries) {
  constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
  constexpr double kInf = std::numeric_limits<double>::infinity();
  const std::vector<testing::Values> shapes = {
      {},
      {1},
      {0, 0},
      {1, 2, 1},
      testing::Values(50, 0.0),
      testing::Values(50, 1.0),
      testing::Values(50, kNan),
      {kNan, 1, kInf, 2, -kInf, 3, kNan, 4, 5, 6, kInf, kInf},
      testing::Line(60, 1e308, -1e308),
      testing::Line(60, 1e-320, 5e-324),
      testing::Line(300, -1, 1, 100)};
  for (const auto& train : shapes) {
    for (const auto& validation : shapes) {
      const Diagnosis d = testing::Diagnose(TrainAndValidation(train, validation));
      for (const Finding& f : d.findings) {
        EXPECT_TRUE(f.confidence >= 0 && f.confidence <= 1) << f.id;
        EXPECT_FALSE(f.summary.empty()) << f.id;
      }
    }
  }
}

// Steps are whatever a log says: their distances and sums need not fit into their type.
TEST(AllRules, SurviveStepsAtTheEndsOfTheirType) {
  const std::vector<std::vector<int64_t>> axes = {
      {INT64_MIN, INT64_MIN + 1, -1, 0, 1, INT64_MAX - 1, INT64_MAX},
      {INT64_MAX, INT64_MIN, 0, INT64_MAX, INT64_MIN},
      {INT64_MAX - 6, INT64_MAX - 5, INT64_MAX - 4, INT64_MAX - 3, INT64_MAX - 2, INT64_MAX - 1},
      {INT64_MIN, INT64_MIN + 1, INT64_MIN + 2, INT64_MIN + 3, INT64_MIN + 4, INT64_MAX}};
  const auto add = [](testing::Logs& logs, std::string_view name, const std::vector<int64_t>& steps,
                      const testing::Values& values) {
    logs.Add(
        name, steps, testing::Values(steps.size(), 1.7e9),
        testing::Values(values.begin(), values.begin() + static_cast<ptrdiff_t>(steps.size())));
  };
  for (const auto& train : axes) {
    for (const auto& validation : axes) {
      testing::Logs logs;
      for (const char* tag : {"loss", "accuracy", "lr", "grad_norm", "epoch"}) {
        add(logs, StrCat("train:", tag), train, {9, 8, 6, 4, 3, 2, 1});
        add(logs, StrCat("validation:", tag), validation, {9, 8, 7, 7, 8, 9, 12});
      }
      for (const Finding& f : testing::Diagnose(logs).findings) {
        EXPECT_FALSE(f.summary.empty()) << f.id;
      }
    }
  }
}

TEST(AllRules, AreSilentOnWhatIsTooShort) {
  for (const size_t n : {size_t{0}, size_t{1}, size_t{2}}) {
    const testing::Values values(n, 0.5);
    for (const Finding& f : testing::Diagnose(TrainAndValidation(values, values)).findings) {
      EXPECT_EQ(f.severity, Severity::kInfo) << f.id << ": " << f.summary;
    }
  }
}

TEST(AllRules, SayTheSameAgain) {
  for (const auto& fixture : Cases()) {
    for (size_t i = 0; i < fixture->diagnoses.size(); ++i) {
      const Diagnosis again = Diagnose(fixture->experiment, fixture->grouping.training_runs[i]);
      ASSERT_EQ(again.findings.size(), fixture->diagnoses[i].findings.size()) << fixture->name;
      for (size_t k = 0; k < again.findings.size(); ++k) {
        EXPECT_EQ(again.findings[k].id, fixture->diagnoses[i].findings[k].id);
        EXPECT_EQ(again.findings[k].summary, fixture->diagnoses[i].findings[k].summary);
      }
    }
  }
}

}  // namespace
}  // namespace telltale::diagnosis
