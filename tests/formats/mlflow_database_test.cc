// MLflow's database: what its schemas say, and what a hostile one can do.

#include <sqlite3.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/formats/format.h"
#include "lib/formats/mlflow/names.h"
#include "lib/formats/mlflow/notes.h"
#include "lib/formats/mlflow/schema.h"
#include "tests/support/not_finite.h"
#include "tests/support/temp_dir.h"

namespace telltale::formats::mlflow {
namespace {

using telltale::testing::TempDir;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

void Execute(const std::string& path, const std::string& sql) {
  sqlite3* raw = nullptr;
  ASSERT_EQ(sqlite3_open(path.c_str(), &raw), SQLITE_OK);
  const std::unique_ptr<sqlite3, decltype(&sqlite3_close)> database(raw, sqlite3_close);
  char* error = nullptr;
  EXPECT_EQ(sqlite3_exec(raw, sql.c_str(), nullptr, nullptr, &error), SQLITE_OK) << error;
  sqlite3_free(error);
}

// One experiment with one run; `more` is run after.
std::string Database(const TempDir& dir, const std::string& more) {
  const std::string path = dir.path() + "/mlflow.db";
  std::filesystem::remove(path);
  Execute(path, std::string(kTables) +
                    "INSERT INTO experiments VALUES (3, 'exp', '', 'active');"
                    "INSERT INTO runs VALUES ('0123456789abcdef0123456789abcdef', 'one', 'LOCAL', "
                    "'', '', 'me', 'KILLED', 1700000000000, 1700000100500, '', 'active', '', 3);" +
                    more);
  return path;
}

std::string Metric(const std::string& value, int nan, int step) {
  return "INSERT INTO metrics (key, value, timestamp, run_uuid, step, is_nan) VALUES ('loss', " +
         value + ", 1700000000250, '0123456789abcdef0123456789abcdef', " + std::to_string(step) +
         ", " + std::to_string(nan) + ");";
}

absl::StatusOr<model::Experiment> Read(const std::string& path) {
  return FindFormat("mlflow")->read(path, {});
}

TEST(MlflowDatabase, ReadsRunsWithAllThatIsSaidOfThem) {
  const TempDir dir;
  const auto read = Read(Database(
      dir, Metric("0.5", 0, -3) +
               "INSERT INTO params VALUES ('lr', '0.1', '0123456789abcdef0123456789abcdef');"
               "INSERT INTO tags VALUES ('team', 'x', '0123456789abcdef0123456789abcdef');"
               "INSERT INTO tags VALUES ('mlflow.note.content', '# n', "
               "'0123456789abcdef0123456789abcdef');"));
  ASSERT_TRUE(read.ok()) << read.status();
  ASSERT_EQ(read->runs.size(), 1);
  const model::Run& run = read->runs[0];
  EXPECT_EQ(run.name, "exp/one");
  EXPECT_TRUE(run.whole);
  EXPECT_EQ(run.info.status, model::RunStatus::kKilled);
  EXPECT_EQ(run.info.start_time, 1700000000);
  EXPECT_EQ(run.info.end_time, 1700000100.5);
  EXPECT_EQ(run.info.note, "# n");
  ASSERT_EQ(run.params.size(), 1);
  ASSERT_EQ(run.tags.size(), 1);
  ASSERT_EQ(run.series.size(), 1);
  EXPECT_EQ(run.series[0].tag, "loss");
  EXPECT_THAT(run.series[0].steps, ElementsAre(-3));
  EXPECT_THAT(run.series[0].wall_times, ElementsAre(1700000000.25));
  EXPECT_TRUE(read->problems.empty());
}

TEST(MlflowDatabase, ReadsNanByItsFlagAndInfinitiesAsTheGreatestDoubles) {
  const TempDir dir;
  const auto read =
      Read(Database(dir, Metric("0", 1, 0) + Metric("1.7976931348623157e308", 0, 1) +
                             Metric("-1.7976931348623157e308", 0, 2) + Metric("5e-324", 0, 3)));
  ASSERT_TRUE(read.ok()) << read.status();
  const auto& values = read->runs[0].series[0].values;
  ASSERT_EQ(values.size(), 4);
  EXPECT_TRUE(std::isnan(values[0]));
  EXPECT_EQ(values[1], testing::kInfinity);
  EXPECT_EQ(values[2], -testing::kInfinity);
  EXPECT_EQ(values[3], 5e-324);
}

TEST(MlflowDatabase, LeavesOutWhatIsDeletedAndSaysSo) {
  const TempDir dir;
  const auto read = Read(
      Database(dir, Metric("1", 0, 0) +
                        "UPDATE runs SET lifecycle_stage = 'deleted';"
                        "INSERT INTO runs VALUES ('b', 'two', 'LOCAL', '', '', '', 'FINISHED', "
                        "1, 2, '', 'active', '', 3);"));
  ASSERT_TRUE(read.ok()) << read.status();
  ASSERT_EQ(read->runs.size(), 1);
  EXPECT_EQ(read->runs[0].name, "exp/two");
  ASSERT_EQ(read->problems.size(), 1);
  EXPECT_THAT(read->problems[0].message, HasSubstr("1 deleted run is left out"));
  EXPECT_FALSE(IsDamage(read->problems[0].kind));
}

TEST(MlflowDatabase, TellsRunsOfOneNameApart) {
  const TempDir dir;
  const auto read = Read(Database(
      dir,
      "INSERT INTO runs VALUES ('fedcba98', 'one', 'LOCAL', '', '', '', 'FINISHED', 1, 2, '', "
      "'active', '', 3);"));
  ASSERT_TRUE(read.ok()) << read.status();
  ASSERT_EQ(read->runs.size(), 2);
  EXPECT_EQ(read->runs[0].name, "exp/one 01234567");
  EXPECT_EQ(read->runs[1].name, "exp/one fedcba98");
}

TEST(MlflowDatabase, NumbersPointsOfTheSchemaWithoutSteps) {
  const TempDir dir;
  const auto read =
      Read(Database(dir,
                    "DROP TABLE metrics; CREATE TABLE metrics (key, value, timestamp, run_uuid);"
                    "INSERT INTO metrics VALUES ('l', 3, 1500000000, "
                    "'0123456789abcdef0123456789abcdef'), ('l', 2, 1500000001, "
                    "'0123456789abcdef0123456789abcdef');"));
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_THAT(read->runs[0].series[0].steps, ElementsAre(0, 1));
  EXPECT_THAT(read->runs[0].series[0].wall_times, ElementsAre(1500000000.0, 1500000001.0));
  EXPECT_EQ(read->problems.size(), 1);
}

TEST(MlflowDatabase, RejectsAnEndlessViewInPlaceOfATable) {
  const TempDir dir;
  const auto read = Read(Database(
      dir,
      "DROP TABLE metrics; CREATE VIEW metrics AS WITH RECURSIVE n(x) AS (VALUES (1) UNION ALL "
      "SELECT x + 1 FROM n) SELECT x AS key FROM n;"));
  ASSERT_FALSE(read.ok());
  EXPECT_THAT(std::string(read.status().message()), HasSubstr("none of MLflow's"));
}

TEST(MlflowDatabase, TakesAnythingFromColumnsOfAnyType) {
  const TempDir dir;
  const auto read =
      Read(Database(dir,
                    "DROP TABLE metrics; CREATE TABLE metrics (key, value, timestamp, run_uuid, "
                    "step, is_nan);"
                    "INSERT INTO metrics VALUES (x'ff00', 'text', NULL, "
                    "'0123456789abcdef0123456789abcdef', 'NaN', NULL), (NULL, x'01', 1e300, "
                    "'0123456789abcdef0123456789abcdef', 1e300, 'x');"));
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_FALSE(model::Validate(*read).has_value());
  EXPECT_EQ(read->runs[0].series.size(), 2);
}

// Cut off, and with bits flipped: an error or a valid experiment, nothing else.
TEST(MlflowDatabase, SurvivesDamage) {
  const TempDir dir;
  std::string sql;
  for (int i = 0; i < 40; ++i) sql += Metric("0.5", 0, i);
  const std::string path = Database(dir, sql);
  std::ifstream file(path, std::ios::binary);
  const std::string whole((std::istreambuf_iterator<char>(file)), {});
  const auto read_bytes = [&](const std::string& bytes) {
    std::ofstream(dir.path() + "/damaged.db", std::ios::binary) << bytes;
    const auto read = Read(dir.path() + "/damaged.db");
    if (read.ok()) {
      EXPECT_FALSE(model::Validate(*read).has_value());
    }
  };
  for (size_t n = 0; n < whole.size(); n += n < 200 ? 1 : 509) read_bytes(whole.substr(0, n));
  for (size_t bit = 0; bit < whole.size() * 8; bit += bit < 1600 ? 7 : 617) {
    std::string flipped = whole;
    flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << (bit % 8)));
    read_bytes(flipped);
  }
}

TEST(MlflowDatabase, AppendsOnlyToSchemasThatItKnows) {
  const TempDir dir;
  const std::string path = Database(dir, "UPDATE alembic_version SET version_num = 'ff00'");
  const auto written = FindFormat("mlflow")->sink->write({}, path, {});
  ASSERT_FALSE(written.ok());
  EXPECT_THAT(std::string(written.status().message()), HasSubstr("mlflow db upgrade"));
}

TEST(MlflowDatabase, NeverReplacesARunOfOthers) {
  const TempDir dir;
  const std::string path = Database(dir, Metric("1", 0, 0));
  model::Experiment experiment;
  experiment.runs.emplace_back().name = "one";
  experiment.runs[0].info.id = "0123456789abcdef0123456789abcdef";
  experiment.runs[0].info.project = "exp";
  const auto written = FindFormat("mlflow")->sink->write(experiment, path, {});
  ASSERT_FALSE(written.ok());
  EXPECT_THAT(std::string(written.status().message()), HasSubstr("did not convert"));
  EXPECT_EQ(Read(path)->runs[0].series.size(), 1);
}

TEST(MlflowDatabase, NotesKeepWhatAPersonWrote) {
  const TempDir dir;
  const std::string path = Database(dir,
                                    "INSERT INTO tags VALUES ('mlflow.note.content', 'Mine.', "
                                    "'0123456789abcdef0123456789abcdef');");
  const auto read = Read(path);
  ASSERT_TRUE(read.ok());
  RunNote note{.run = 0, .verdict = "failing", .findings = {"overfitting"}, .markdown = "Theirs."};
  const auto first = WriteDatabaseNotes(*read, std::span(&note, 1));
  ASSERT_TRUE(first.ok()) << first.status();
  EXPECT_EQ(first->front().outcome, NoteOutcome::kWritten);
  EXPECT_EQ(WriteDatabaseNotes(*read, std::span(&note, 1))->front().outcome,
            NoteOutcome::kUnchanged);
  note.markdown = "Newer.";
  EXPECT_EQ(WriteDatabaseNotes(*read, std::span(&note, 1))->front().outcome,
            NoteOutcome::kReplaced);
  const std::string text = Read(path)->runs[0].info.note;
  EXPECT_TRUE(text.starts_with("Mine.\n\n")) << text;
  EXPECT_THAT(text, HasSubstr("Newer."));
  EXPECT_THAT(text, ::testing::Not(HasSubstr("Theirs.")));
}

TEST(MlflowNames, KeysAreThoseThatMlflowTakes) {
  EXPECT_EQ(FitKey("train/loss"), "train/loss");
  EXPECT_EQ(FitKey("metrics/mAP50(B)"), "metrics/mAP50_B_");
  EXPECT_EQ(FitKey("../../etc/x"), "__/__/etc/x");
  EXPECT_EQ(FitKey("/a//b/"), "a/b");
  EXPECT_EQ(FitKey("验证/损失"), "验证/损失");
  EXPECT_EQ(FitKey(""), "unnamed");
  EXPECT_EQ(FitKey(std::string(300, 'n')).size(), 250);
}

TEST(MlflowNames, IdsAreKeptOrHashed) {
  EXPECT_EQ(RunIdOf({.id = "0123456789abcdef0123456789abcdef"}),
            "0123456789abcdef0123456789abcdef");
  const std::string hashed = RunIdOf({.id = "tensorboard:/logs:a"});
  EXPECT_EQ(hashed.size(), 32);
  EXPECT_NE(hashed, RunIdOf({.id = "tensorboard:/logs:b"}));
}

}  // namespace
}  // namespace telltale::formats::mlflow
