#include "lib/annotate/annotate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "lib/annotate/tracker_notes.h"
#include "lib/formats/format.h"
#include "lib/formats/tensorboard/event_writer.h"
#include "proto/event.pb.h"
#include "tests/support/as_nobody.h"
#include "tests/support/event_bytes.h"
#include "tests/support/read_events.h"
#include "tests/support/temp_dir.h"

namespace telltale::annotate {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Key;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::StartsWith;
using ::testing::UnorderedElementsAre;

std::string LossFile(const std::string& tag = "epoch_loss", size_t n = 20) {
  std::vector<std::pair<int64_t, float>> points;
  for (size_t i = 0; i < n; ++i) {
    points.emplace_back(static_cast<int64_t>(i), 1.0f / static_cast<float>(i + 1));
  }
  return testing::ScalarFile(tag, points);
}

std::string Slurp(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string ForeignFile() { return LossFile("another"); }

// What was read from a path, with a diagnosis for each training run.
struct Read {
  model::Experiment experiment = {};
  model::Grouping grouping = {};
  std::vector<diagnosis::Diagnosis> diagnoses = {};

  report::PathReport report() const { return {experiment, grouping, diagnoses}; }
};

diagnosis::Diagnosis Overfits(const model::Experiment& experiment,
                              const model::TrainingRun& training_run) {
  diagnosis::Diagnosis diagnosis{.verdict = diagnosis::Verdict::kFailing};
  diagnosis.findings.push_back({.id = "overfitting",
                                .severity = diagnosis::Severity::kError,
                                .confidence = 0.9,
                                .summary = "Validation loss rises while training loss falls.",
                                .first_step = 5,
                                .last_step = 12,
                                .evidence = {{.name = "rebound", .value = 14, .unit = "sigma"}},
                                .remedies = {"Stop at step 5."}});
  diagnosis.findings.push_back({.id = "plateau", .summary = "No range."});
  diagnosis.not_assessable.push_back({.id = "oscillation", .reason = "needs more points"});
  diagnosis.curves.push_back(
      {.tag = "telltale/generalization_gap", .steps = {0, 1, 2}, .values = {0, 0.5, 1}});
  std::vector<std::string> names;
  for (const model::SeriesRef& ref : training_run.series) {
    const model::Run& run = experiment.runs[ref.run];
    names.push_back(report::SeriesName(run, run.series[ref.series]));
  }
  if (!names.empty()) diagnosis.train_loss = names.front();
  if (names.size() > 1) diagnosis.validation_loss = names.back();
  return diagnosis;
}

Read ReadLogs(const std::string& path) {
  Read read;
  auto experiment = formats::FindFormat("tensorboard")->read(path, {});
  EXPECT_TRUE(experiment.ok()) << experiment.status();
  read.experiment = *std::move(experiment);
  read.grouping = model::GroupRuns(read.experiment);
  for (const model::TrainingRun& training_run : read.grouping.training_runs) {
    read.diagnoses.push_back(Overfits(read.experiment, training_run));
  }
  return read;
}

AnnotateResult MustAnnotate(const std::string& path, const AnnotateOptions& options = {}) {
  const Read read = ReadLogs(path);
  const report::PathReport paths[] = {read.report()};
  auto result = Annotate(paths, options);
  EXPECT_TRUE(result.ok()) << result.status();
  return *std::move(result);
}

std::string ReadAll(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// Contents of all files below `root`, by relative path.
std::map<std::string, std::string> Files(const std::string& root) {
  std::map<std::string, std::string> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
    if (!entry.is_regular_file()) continue;
    files[std::filesystem::relative(entry.path(), root).string()] = ReadAll(entry.path().string());
  }
  return files;
}

std::map<std::string, std::string> Originals(const std::string& root) {
  std::map<std::string, std::string> files = Files(root);
  std::erase_if(
      files, [](const auto& file) { return file.first.find(".telltale_") != std::string::npos; });
  return files;
}

std::vector<std::string> Directories(const AnnotateResult& result, const std::string& root) {
  std::vector<std::string> directories;
  for (const Annotation& each : result.annotations) {
    directories.push_back(
        std::filesystem::relative(std::filesystem::path(each.file).parent_path(), root).string());
  }
  return directories;
}

// A Keras-like logdir with two training runs.
class AnnotateTest : public ::testing::Test {
 protected:
  void SetUp() override {
    for (const char* run : {"a/train", "a/validation", "b/train", "b/validation"}) {
      dir_.Write(std::string("logs/") + run + "/events.out.tfevents.1.host", LossFile());
    }
  }

  std::string logs() const { return dir_.Join("logs"); }

  testing::TempDir dir_;
};

TEST_F(AnnotateTest, AddsOneFilePerTrainingRunAndChangesNothing) {
  const auto before = Files(logs());
  const AnnotateResult result = MustAnnotate(logs());
  EXPECT_THAT(Directories(result, logs()), ElementsAre("a/telltale", "b/telltale"));
  EXPECT_EQ(result.Count(Outcome::kWritten), 2u);
  EXPECT_EQ(result.annotations[0].texts, 3u);
  EXPECT_EQ(result.annotations[0].curves, 2u);
  EXPECT_EQ(Originals(logs()), before);
  EXPECT_THAT(Files(logs()), SizeIs(before.size() + 2));
}

TEST_F(AnnotateTest, WritesTheTagsOfTheContract) {
  const AnnotateResult result = MustAnnotate(logs());
  std::map<std::string, std::string> plugins;
  std::map<std::string, size_t> points;
  double before = 0;
  for (const auto& event : testing::ReadEvents(ReadAll(result.annotations[0].file))) {
    EXPECT_GE(event.wall_time(), 1000) << "earlier than the run";
    EXPECT_GE(event.wall_time(), before);
    before = event.wall_time();
    for (const auto& value : event.summary().value()) {
      if (value.has_metadata()) {
        plugins[value.tag()] = value.metadata().plugin_data().plugin_name();
      }
      ++points[value.tag()];
    }
  }
  EXPECT_THAT(plugins, ElementsAre(std::pair("custom_scalars__config__", "custom_scalars"),
                                   std::pair("telltale/diagnosis", "text"),
                                   std::pair("telltale/findings/overfitting", "text"),
                                   std::pair("telltale/findings/overfitting/active", "scalars"),
                                   std::pair("telltale/findings/plateau", "text"),
                                   std::pair("telltale/generalization_gap", "scalars")));
  EXPECT_EQ(points["telltale/diagnosis"], 1u);
  EXPECT_EQ(points["telltale/findings/overfitting/active"], 20u);
}

TEST_F(AnnotateTest, IsReadAsTelltalesOwnAndNotDiagnosedAgain) {
  const size_t before = ReadLogs(logs()).grouping.training_runs.size();
  MustAnnotate(logs());
  const Read after = ReadLogs(logs());
  EXPECT_EQ(after.grouping.training_runs.size(), before);
  size_t own = 0;
  for (const model::Run& run : after.experiment.runs) own += run.written_by_telltale ? 1 : 0;
  EXPECT_EQ(own, 2u);
}

TEST_F(AnnotateTest, ASecondCallTouchesNothing) {
  const AnnotateResult first = MustAnnotate(logs());
  const auto files = Files(logs());
  const auto time = std::filesystem::last_write_time(first.annotations[0].file);
  const AnnotateResult second = MustAnnotate(logs());
  EXPECT_EQ(second.Count(Outcome::kUnchanged), 2u);
  EXPECT_EQ(Files(logs()), files);
  EXPECT_EQ(std::filesystem::last_write_time(first.annotations[0].file), time);
}

TEST_F(AnnotateTest, ANewDiagnosisReplacesTheOldOneUnderANewName) {
  const AnnotateResult first = MustAnnotate(logs());
  Read read = ReadLogs(logs());
  read.diagnoses[0].findings.clear();
  const report::PathReport paths[] = {read.report()};
  const auto second = Annotate(paths);
  ASSERT_TRUE(second.ok());
  EXPECT_EQ(second->annotations[0].outcome, Outcome::kReplaced);
  EXPECT_THAT(second->annotations[0].removed, ElementsAre(first.annotations[0].file));
  EXPECT_EQ(second->annotations[1].outcome, Outcome::kUnchanged);
  EXPECT_NE(second->annotations[0].file, first.annotations[0].file);
  const auto files = Files(dir_.Join("logs/a/telltale"));
  EXPECT_THAT(files, SizeIs(1));
}

TEST_F(AnnotateTest, MendsAnAnnotationThatWasDamaged) {
  const AnnotateResult first = MustAnnotate(logs());
  const std::string good = ReadAll(first.annotations[0].file);
  std::string damaged = good;
  damaged.back() ^= 1;
  std::ofstream(first.annotations[0].file, std::ios::binary) << damaged;
  EXPECT_EQ(MustAnnotate(logs()).annotations[0].outcome, Outcome::kReplaced);
  EXPECT_EQ(ReadAll(first.annotations[0].file), good);
}

TEST_F(AnnotateTest, KeepsWhatOthersPutIntoItsDirectory) {
  MustAnnotate(logs());
  dir_.Write("logs/a/telltale/notes.txt", "mine");
  dir_.Write("logs/a/telltale/events.out.tfevents.9.other", ForeignFile());
  const auto before = Originals(logs());
  Read read = ReadLogs(logs());
  for (auto& diagnosis : read.diagnoses) diagnosis.findings.clear();
  const report::PathReport paths[] = {read.report()};
  const auto result = Annotate(paths);
  ASSERT_TRUE(result.ok());
  EXPECT_EQ(Originals(logs()), before);
  EXPECT_THAT(Files(dir_.Join("logs/a/telltale")), SizeIs(3));
}

TEST_F(AnnotateTest, DoesNotWriteIntoARunOfSomebodys) {
  dir_.Write("logs/a/telltale/events.out.tfevents.9.other", ForeignFile());
  const AnnotateResult result = MustAnnotate(logs());
  const auto& a =
      *std::find_if(result.annotations.begin(), result.annotations.end(),
                    [](const Annotation& each) { return each.outcome == Outcome::kFailed; });
  EXPECT_THAT(std::string(a.why.message()),
              AllOf(HasSubstr("a/telltale"), HasSubstr("did not write"), HasSubstr("--out")));
  // It is a training run like any other, with a directory below it for its annotation.
  EXPECT_THAT(Files(dir_.Join("logs/a/telltale")),
              UnorderedElementsAre(Key("events.out.tfevents.9.other"),
                                   Key(StartsWith("telltale/events.out.tfevents."))));
  EXPECT_GE(result.Count(Outcome::kWritten), 1u) << "the other training run is annotated";
}

TEST_F(AnnotateTest, OutMirrorsThePathsAndLeavesTheLogsAlone) {
  const auto before = Files(logs());
  const std::string out = dir_.Join("out/deep");
  const AnnotateResult result = MustAnnotate(logs(), {.out_dir = out});
  EXPECT_THAT(Directories(result, out), ElementsAre("a/telltale", "b/telltale"));
  EXPECT_EQ(Files(logs()), before);
  EXPECT_EQ(MustAnnotate(logs(), {.out_dir = out}).Count(Outcome::kUnchanged), 2u);
}

TEST_F(AnnotateTest, APathThatIsOneTrainingRun) {
  const std::string a = logs() + "/a";
  EXPECT_THAT(Directories(MustAnnotate(a), logs()), ElementsAre("a/telltale"));
  const std::string out = dir_.Join("out");
  EXPECT_THAT(Directories(MustAnnotate(a, {.out_dir = out}), out), ElementsAre("a/telltale"));
}

TEST_F(AnnotateTest, SeveralPathsDoNotMeet) {
  dir_.Write("more/a/train/events.out.tfevents.1.host", LossFile());
  const Read first = ReadLogs(logs());
  const Read second = ReadLogs(dir_.Join("more"));
  const Read again = ReadLogs(logs());
  const report::PathReport paths[] = {first.report(), second.report(), again.report()};
  const std::string out = dir_.Join("out");
  const auto result = Annotate(paths, {.out_dir = out});
  ASSERT_TRUE(result.ok());
  EXPECT_THAT(Files(out), SizeIs(3));
  EXPECT_THAT(Files(out), AllOf(Contains(Key(HasSubstr("logs/a/telltale/"))),
                                Contains(Key(HasSubstr("more/a/telltale/")))));
  EXPECT_EQ(result->annotations[3].outcome, Outcome::kFailed);
  EXPECT_EQ(result->annotations[3].why.code(), absl::StatusCode::kAlreadyExists);
}

TEST_F(AnnotateTest, RunsThatOnlyTheirNamesJoinGetADirectoryOfTheirOwn) {
  for (const char* run : {"x_train", "x_val", "y_train", "y_val"}) {
    dir_.Write(std::string("flat/") + run + "/events.out.tfevents.1.host", LossFile("loss"));
  }
  const std::string flat = dir_.Join("flat");
  EXPECT_THAT(Directories(MustAnnotate(flat), flat), ElementsAre("x/telltale", "y/telltale"));
}

TEST_F(AnnotateTest, SessionsOfOneDirectoryKeepApartAndReplaceTheAnnotationBeforeThem) {
  const std::string sessions = dir_.Join("sessions");
  dir_.Write("sessions/r/events.out.tfevents.1.host", LossFile("loss"));
  ASSERT_THAT(Directories(MustAnnotate(sessions), sessions), ElementsAre("r/telltale"));
  dir_.Write("sessions/r/events.out.tfevents.2.host", LossFile("loss"));
  dir_.Write("sessions/r/telltale#7/events.out.tfevents.3.other", ForeignFile());
  const AnnotateResult result = MustAnnotate(sessions);
  EXPECT_THAT(Files(sessions), Not(Contains(Key(HasSubstr("r/telltale/")))));
  EXPECT_THAT(Files(sessions), Contains(Key(HasSubstr("r/telltale#1/"))));
  EXPECT_THAT(Files(sessions), Contains(Key(HasSubstr("r/telltale#2/"))));
  EXPECT_THAT(Files(sessions), Contains(Key("r/telltale#7/events.out.tfevents.3.other")));
  EXPECT_FALSE(std::filesystem::exists(sessions + "/r/telltale"));

  std::filesystem::remove(sessions + "/r/events.out.tfevents.2.host");
  MustAnnotate(sessions);
  EXPECT_THAT(Files(sessions), Contains(Key(HasSubstr("r/telltale/"))));
  EXPECT_FALSE(std::filesystem::exists(sessions + "/r/telltale#1"));
  EXPECT_FALSE(std::filesystem::exists(sessions + "/r/telltale#2"));
  EXPECT_THAT(Files(sessions), Contains(Key("r/telltale#7/events.out.tfevents.3.other")));
}

TEST_F(AnnotateTest, DoesNotFollowLinksOutOfTheLogs) {
  const testing::TempDir outside;
  outside.Write("run/events.out.tfevents.1.host", LossFile());
  std::filesystem::create_directory_symlink(outside.Join("run"), dir_.Join("logs/linked"));
  std::filesystem::create_directory_symlink(outside.path(), dir_.Join("logs/a/telltale"));
  std::filesystem::create_directory_symlink("../a/train", dir_.Join("logs/b/telltale"));
  const auto before = Files(outside.path());
  const AnnotateResult result = MustAnnotate(logs());
  EXPECT_EQ(Files(outside.path()), before);
  EXPECT_THAT(Files(dir_.Join("logs/a/train")), SizeIs(1));
  for (const Annotation& each : result.annotations) {
    EXPECT_EQ(each.outcome, Outcome::kFailed);
    EXPECT_THAT(std::string(each.why.message()), HasSubstr("symbolic link"));
  }
}

TEST_F(AnnotateTest, NamesFromOtherTrackersCannotLeaveTheDestination) {
  Read read = ReadLogs(logs());
  read.experiment.format = "mlflow";
  for (const std::string& name : {std::string("../escaped"), std::string("/tmp/escaped"),
                                  std::string("a//b"), std::string("a\0b", 3)}) {
    read.grouping.training_runs[0].home = name;
    const report::PathReport paths[] = {read.report()};
    const auto result = Annotate(paths, {.out_dir = dir_.Join("out")});
    ASSERT_TRUE(result.ok());
    EXPECT_EQ(result->annotations[0].outcome, Outcome::kFailed) << name;
    EXPECT_EQ(result->annotations[1].outcome == Outcome::kFailed, false);
  }
  EXPECT_THAT(Files(dir_.Join("out")), SizeIs(1));
}

// A table that several training runs share has one page.
TEST_F(AnnotateTest, TablesGetAPageBesideThem) {
  Read read = ReadLogs(logs());
  read.experiment.format = "csv";
  for (model::TrainingRun& run : read.grouping.training_runs) run.path = dir_.Write("m.csv", "x");
  const report::PathReport paths[] = {read.report()};
  const auto result = Annotate(paths);
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(result->Count(Outcome::kWritten), 2u);
  const std::string page = dir_.Join("m.csv.telltale.md");
  EXPECT_EQ(result->annotations[1].file, page);
  const std::string text = Slurp(page);
  EXPECT_THAT(text, StartsWith("<!-- written by telltale"));
  EXPECT_THAT(text, AllOf(HasSubstr("a"), HasSubstr("overfitting")));
  EXPECT_EQ(Annotate(paths)->Count(Outcome::kUnchanged), 2u);
  EXPECT_EQ(Slurp(page), text);
  read.diagnoses[0].findings.clear();
  const report::PathReport changed[] = {read.report()};
  EXPECT_EQ(Annotate(changed)->Count(Outcome::kReplaced), 2u);
  EXPECT_NE(Slurp(page), text);
  EXPECT_EQ(Files(logs()), Originals(logs()));
}

TEST_F(AnnotateTest, APageOfSomebodyElseStays) {
  Read read = ReadLogs(logs());
  read.experiment.format = "csv";
  for (model::TrainingRun& run : read.grouping.training_runs) run.path = dir_.Write("m.csv", "x");
  const std::string page = dir_.Write("m.csv.telltale.md", "mine");
  const report::PathReport paths[] = {read.report()};
  const auto result = Annotate(paths);
  ASSERT_TRUE(result.ok());
  EXPECT_EQ(result->Count(Outcome::kFailed), 2u);
  EXPECT_THAT(std::string(result->annotations[0].why.message()), HasSubstr(page));
  EXPECT_EQ(Slurp(page), "mine");
}

std::vector<formats::RunNote> seen_notes;

TEST_F(AnnotateTest, TrackersWithAPlaceForNotesGetThemForEachRun) {
  static const formats::Format kTracker{
      .id = "tracker",
      .write_notes = [](const model::Experiment&, std::span<const formats::RunNote> notes)
          -> absl::StatusOr<std::vector<formats::NoteResult>> {
        seen_notes.assign(notes.begin(), notes.end());
        std::vector<formats::NoteResult> results(notes.size());
        for (auto& each : results) each = {formats::NoteOutcome::kWritten, "there"};
        results.back() = {.place = "there", .why = absl::UnavailableError("locked")};
        return results;
      }};
  const Read read = ReadLogs(logs());
  const auto annotations = NoteInTracker(kTracker, read.report(), 7);
  ASSERT_TRUE(annotations.ok());
  ASSERT_THAT(*annotations, SizeIs(2));
  size_t runs = 0;
  for (const model::TrainingRun& run : read.grouping.training_runs) runs += run.runs.size();
  ASSERT_THAT(seen_notes, SizeIs(runs));
  EXPECT_EQ(seen_notes[0].verdict, "failing");
  EXPECT_THAT(seen_notes[0].findings, ElementsAre("overfitting", "plateau"));
  EXPECT_THAT(seen_notes[0].markdown, HasSubstr("overfitting"));
  ASSERT_THAT(seen_notes[0].alerts, SizeIs(2));
  EXPECT_EQ(seen_notes[0].alerts[0].level, formats::AlertLevel::kError);
  EXPECT_EQ(seen_notes[0].alerts[0].step, 5);
  EXPECT_EQ((*annotations)[0].outcome, Outcome::kWritten);
  EXPECT_EQ((*annotations)[0].path, 7u);
  EXPECT_EQ((*annotations)[1].outcome, Outcome::kFailed);
  EXPECT_EQ((*annotations)[1].why.message(), "locked");
}

TEST_F(AnnotateTest, WhereItMayNotWriteItSaysSo) {
  const auto before = Files(logs());
  const Read read = ReadLogs(logs());
  std::filesystem::permissions(dir_.path(), std::filesystem::perms::all);
  for (const char* run : {"logs/a", "logs/b"}) {
    std::filesystem::permissions(dir_.Join(run), std::filesystem::perms(0555));
  }
  const report::PathReport paths[] = {read.report()};
  const auto result = [&] {
    const testing::AsNobody nobody;
    return Annotate(paths);
  }();
  for (const char* run : {"logs/a", "logs/b"}) {
    std::filesystem::permissions(dir_.Join(run), std::filesystem::perms(0755));
  }
  ASSERT_TRUE(result.ok());
  ASSERT_EQ(result->Count(Outcome::kFailed), 2u);
  EXPECT_THAT(std::string(result->annotations[0].why.message()),
              AllOf(HasSubstr("a/telltale"), HasSubstr("ermission denied"), HasSubstr("--out")));
  EXPECT_EQ(Files(logs()), before);
}

TEST_F(AnnotateTest, ReportsThatDoNotFitAreRefusedBeforeAnythingIsWritten) {
  Read read = ReadLogs(logs());
  read.diagnoses.pop_back();
  const report::PathReport paths[] = {read.report()};
  EXPECT_FALSE(Annotate(paths).ok());
  EXPECT_EQ(Files(logs()), Originals(logs()));
}

}  // namespace
}  // namespace telltale::annotate
