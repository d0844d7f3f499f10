#include "lib/workflow/diagnose_parts.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "lib/annotate/annotate.h"
#include "lib/report/json.h"
#include "tests/support/event_bytes.h"
#include "tests/support/temp_dir.h"

namespace telltale::workflow {
namespace {

enum class Depth { kDiagnosed, kRead };

std::string LineOf(const report::RunReport& run, Depth depth) {
  if (depth == Depth::kDiagnosed) return report::JsonLine(run);
  EXPECT_TRUE(run.diagnosis.findings.empty());
  return report::InspectJsonLine(run.experiment, run.training_run);
}

std::string LineOf(const report::GroupReport& group, Depth depth) {
  if (depth == Depth::kDiagnosed) return report::JsonLine(group);
  EXPECT_TRUE(group.findings.empty());
  return report::InspectJsonLine(group);
}

// What is said of groups and problems, after the training runs.
std::string Rest(const model::Grouping& grouping,
                 const std::vector<std::vector<diagnosis::Finding>>& findings,
                 const std::vector<Problem>& problems, Depth depth) {
  std::string lines;
  for (size_t i = 0; i < grouping.groups.size(); ++i) {
    lines += LineOf(report::GroupReport{grouping, grouping.groups[i], findings[i]}, depth);
  }
  for (const Problem& problem : problems) lines += report::JsonLine(problem);
  return lines;
}

// All that is said of a path, as lines: read at once, and part by part.
std::string AtOnce(const std::string& path, const model::GroupingOptions& grouping, Depth depth) {
  auto loaded = Load(path, {.grouping = grouping});
  EXPECT_TRUE(loaded.ok()) << loaded.status();
  if (!loaded.ok()) return "";
  if (depth == Depth::kDiagnosed) {
    EXPECT_TRUE(Diagnose(*loaded));
  }
  loaded->diagnoses.resize(loaded->grouping.training_runs.size());
  loaded->group_findings.resize(loaded->grouping.groups.size());
  std::string lines;
  for (size_t i = 0; i < loaded->diagnoses.size(); ++i) {
    lines += LineOf(report::RunReport{loaded->experiment, loaded->grouping.training_runs[i],
                                      loaded->diagnoses[i]},
                    depth);
  }
  return lines + Rest(loaded->grouping, loaded->group_findings, loaded->experiment.problems, depth);
}

std::string InParts(const std::string& path, const model::GroupingOptions& grouping,
                    uint64_t bytes_at_once, Depth depth) {
  std::string lines;
  PartsOptions options{.load = {.grouping = grouping},
                       .diagnose = depth == Depth::kDiagnosed,
                       .bytes_at_once = bytes_at_once};
  options.training_run = [&](const report::RunReport& run) {
    lines += LineOf(run, depth);
    return true;
  };
  const auto done = DiagnoseParts(path, options);
  EXPECT_TRUE(done.ok()) << done.status();
  if (!done.ok()) return "";
  return lines + Rest(done->grouping, done->group_findings, done->problems, depth);
}

void ExpectSame(const std::string& path, const model::GroupingOptions& grouping = {}) {
  for (const Depth depth : {Depth::kDiagnosed, Depth::kRead}) {
    const std::string expected = AtOnce(path, grouping, depth);
    EXPECT_FALSE(expected.empty());
    for (const uint64_t bytes : {uint64_t{1}, uint64_t{20000}, UINT64_MAX}) {
      EXPECT_EQ(InParts(path, grouping, bytes, depth), expected) << path << " by " << bytes;
    }
  }
}

TEST(DiagnoseParts, SaysWhatIsSaidOfAllAtOnce) {
  for (const char* path : {"demo", "demo/baseline", "faultbench/runs", "formats/tensorboard",
                           "formats/tensorboard/torch_purge_step"}) {
    ExpectSame(std::string(TELLTALE_SOURCE_DIR "/testdata/") + path);
  }
  ExpectSame(TELLTALE_SOURCE_DIR "/testdata/formats/tensorboard", {.group = false});
}

TEST(DiagnoseParts, FindsWhatBelongsTogetherWhereverItStands) {
  testing::TempDir dir;
  const auto write = [&](const std::string& run, const std::string& tag, float scale) {
    std::vector<std::pair<int64_t, float>> points;
    for (int64_t i = 0; i < 30; ++i) points.emplace_back(i, scale / static_cast<float>(i + 1));
    dir.Write(run + "/events.out.tfevents.1", testing::ScalarFile(tag, points));
  };
  float scale = 1;
  for (const char* run : {"seed0",
                          "seed1",
                          "seed2",
                          "a/train",
                          "a/validation",
                          "a-b/x",
                          "a-b/y",
                          "b_train",
                          "b_val",
                          "deep/er/one",
                          "deep/er/two",
                          "folders/train/x",
                          "folders/val/x",
                          "c",
                          "c.d",
                          "c/sub",
                          "c#1",
                          "d (2)",
                          "nested/sweep/lr_0.1",
                          "nested/sweep/lr_0.2",
                          "nested/sweep/lr_0.3"}) {
    write(run, "loss", scale += 0.1F);
  }
  for (const char* curve : {"train", "val"}) {
    write(std::string("charts/data/loss/") + curve, "data/loss", scale += 0.1F);
    write(std::string("charts/other/") + curve, "other", scale += 0.1F);
  }
  for (const auto& below : std::filesystem::directory_iterator(dir.path())) {
    ExpectSame(below.path().string());
  }
  // These names keep the whole in one part.
  ExpectSame(dir.path());
  for (const char* odd : {"c#1", "d (2)", "b_train", "b_val"}) {
    std::filesystem::remove_all(dir.Join(odd));
  }
  ExpectSame(dir.path());
}

// Of each file below `directory` its name and bytes.
std::map<std::string, std::string> FilesBelow(const std::string& directory) {
  std::map<std::string, std::string> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(directory)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream in(entry.path(), std::ios::binary);
    files[std::filesystem::relative(entry.path(), directory)] =
        std::string(std::istreambuf_iterator<char>(in), {});
  }
  return files;
}

// Annotating part by part writes what annotating all at once does.
TEST(DiagnoseParts, PartsAreWholeEnoughToBeAnnotated) {
  for (const char* name : {"demo", "faultbench/runs"}) {
    const std::string path = std::string(TELLTALE_SOURCE_DIR "/testdata/") + name;
    auto loaded = Load(path);
    ASSERT_TRUE(loaded.ok()) << loaded.status();
    Diagnose(*loaded);
    testing::TempDir at_once, in_parts;
    const report::PathReport whole = loaded->report();
    ASSERT_TRUE(annotate::Annotate(std::span(&whole, 1), {.out_dir = at_once.path()}).ok());

    annotate::Annotator annotator({.out_dir = in_parts.path()}, 1);
    size_t parts = 0;
    PartsOptions options{.bytes_at_once = 1};
    options.part = [&](const report::PathReport& part) {
      ++parts;
      const auto annotations = annotator.Annotate(part, 0);
      EXPECT_TRUE(annotations.ok()) << annotations.status();
      EXPECT_EQ(annotations->size(), part.grouping.training_runs.size());
      return true;
    };
    ASSERT_TRUE(DiagnoseParts(path, options).ok());
    EXPECT_GT(parts, 1u) << path;
    EXPECT_EQ(FilesBelow(in_parts.path()), FilesBelow(at_once.path())) << path;
    EXPECT_FALSE(FilesBelow(at_once.path()).empty());
  }
}

// However small they are: a run takes memory besides its points.
TEST(DiagnoseParts, ReadsFewSmallRunsAtATime) {
  testing::TempDir dir;
  const std::string file = testing::ScalarFile("loss", {{0, 1.0F}, {1, 0.5F}});
  for (int i = 0; i < 50; ++i) {
    dir.Write("run" + std::to_string(i) + "/events.out.tfevents.1", file);
  }
  size_t most = 0;
  size_t all = 0;
  PartsOptions options{.bytes_at_once = uint64_t{256} << 10};
  options.part = [&](const report::PathReport& part) {
    most = std::max(most, part.experiment.runs.size());
    all += part.experiment.runs.size();
    return true;
  };
  ASSERT_TRUE(DiagnoseParts(dir.path(), options).ok());
  EXPECT_EQ(all, 50u);
  EXPECT_LE(most, 16u);
  EXPECT_GT(most, 8u);
}

// A large training run is diagnosed by one thread: the others get one each.
TEST(DiagnoseParts, ReadsAsManyLargeRunsAtATimeAsThereAreThreads) {
  testing::TempDir dir;
  std::vector<std::pair<int64_t, float>> points;
  for (int64_t i = 0; i < 1000; ++i) points.emplace_back(i, 1.0F);
  const std::string file = testing::ScalarFile("loss", points);
  for (int i = 0; i < 12; ++i) {
    dir.Write("run" + std::to_string(i) + "/events.out.tfevents.1", file);
  }
  std::vector<size_t> runs;
  PartsOptions options{.jobs = 3, .bytes_at_once = file.size() + (size_t{20} << 10)};
  options.part = [&](const report::PathReport& part) {
    runs.push_back(part.experiment.runs.size());
    return true;
  };
  ASSERT_TRUE(DiagnoseParts(dir.path(), options).ok());
  EXPECT_EQ(runs, (std::vector<size_t>{3, 3, 3, 3}));
  runs.clear();
  options.bytes_at_once = (file.size() + (size_t{20} << 10)) / 2;  // four times that are two runs
  ASSERT_TRUE(DiagnoseParts(dir.path(), options).ok());
  EXPECT_EQ(runs, std::vector<size_t>(6, 2));
}

TEST(DiagnoseParts, EndsWhereNobodyWantsAnotherPart) {
  size_t parts = 0;
  PartsOptions options{.bytes_at_once = 1};
  options.part = [&](const report::PathReport&) { return ++parts < 2; };
  const auto done = DiagnoseParts(TELLTALE_SOURCE_DIR "/testdata/demo", options);
  ASSERT_TRUE(done.ok());
  EXPECT_TRUE(done->ended_early);
  EXPECT_EQ(parts, 2u);
}

TEST(DiagnoseParts, EndsWhereNobodyWantsMore) {
  size_t told = 0;
  PartsOptions options{.bytes_at_once = 1};
  options.training_run = [&](const report::RunReport&) { return ++told < 2; };
  const auto done = DiagnoseParts(TELLTALE_SOURCE_DIR "/testdata/demo", options);
  ASSERT_TRUE(done.ok());
  EXPECT_TRUE(done->ended_early);
  EXPECT_EQ(told, 2u);
}

TEST(DiagnoseParts, WhereNothingIsThatIsAnError) {
  testing::TempDir dir;
  EXPECT_FALSE(DiagnoseParts(dir.path()).ok());
  EXPECT_FALSE(DiagnoseParts(dir.path() + "/absent").ok());
}

}  // namespace
}  // namespace telltale::workflow
