#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <filesystem>
#include <mutex>
#include <nlohmann/json.hpp>
#include <string>
#include <system_error>
#include <tuple>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/numbers.h"
#include "lib/base/parallel.h"
#include "lib/base/status_util.h"
#include "lib/base/str.h"
#include "lib/formats/mlflow/file_store.h"
#include "lib/formats/mlflow/metric_lines.h"
#include "lib/formats/mlflow/names.h"
#include "lib/formats/mlflow/run_builder.h"
#include "lib/io/byte_source.h"
#include "lib/io/read_file.h"
#include "lib/io/walk.h"
#include "lib/model/run_names.h"

namespace telltale::formats::mlflow {
namespace {

constexpr uint64_t kMostMetaBytes = 64 << 10;
constexpr uint64_t kMostTextBytes = 16 << 20;  // of a parameter or tag

// What stands in a run's directory.
struct Files {
  io::FoundFile meta = {};
  std::vector<std::pair<std::string, io::FoundFile>> metrics = {};  // by key
  std::vector<std::pair<std::string, io::FoundFile>> params = {};
  std::vector<std::pair<std::string, io::FoundFile>> tags = {};
};

struct Store {
  std::vector<Files> runs = {};
  uint64_t trashed = 0;
};

bool InTrash(std::string_view directory) {
  return StrCat("/", directory, "/").find("/.trash/") != std::string::npos;
}
bool IsHidden(std::string_view directory) {  // staging directories
  return StrCat("/", directory).find("/.telltale-") != std::string::npos;
}

// A run's directory holds a meta.yaml with the run's id.
bool IsRunMeta(const std::string& path) {
  const auto text = io::ReadFile(path, kMostMetaBytes);
  if (!text.ok()) return false;
  return text->find("run_id:") != std::string::npos || text->find("run_uuid:") != std::string::npos;
}

// Puts `file` where it belongs, if one of the directories above it is a run's.
void Place(const io::FoundFile& file, const absl::flat_hash_map<std::string, size_t>& runs,
           Store& store) {
  for (size_t end = file.directory.size(); end != std::string::npos && end > 0;
       end = file.directory.rfind('/', end - 1)) {
    const std::string_view within = std::string_view(file.directory).substr(0, end);
    const size_t slash = within.rfind('/');
    const std::string run =
        slash == std::string_view::npos ? "." : std::string(within.substr(0, slash));
    const auto found = runs.find(run);
    if (found == runs.end()) continue;
    const std::string_view section =
        slash == std::string_view::npos ? within : within.substr(slash + 1);
    std::string key = file.directory.substr(std::min(end + 1, file.directory.size()));
    key = key.empty() ? file.name : StrCat(key, "/", file.name);
    Files& files = store.runs[found->second];
    if (section == "metrics") files.metrics.emplace_back(std::move(key), file);
    if (section == "params") files.params.emplace_back(std::move(key), file);
    if (section == "tags") files.tags.emplace_back(std::move(key), file);
    return;
  }
}

Store Sort(const std::vector<io::FoundFile>& found) {
  Store store;
  absl::flat_hash_map<std::string, size_t> runs;
  for (const io::FoundFile& file : found) {
    if (file.name != kMetaFile || IsHidden(file.directory) || !IsRunMeta(file.path)) continue;
    if (InTrash(file.directory)) {
      ++store.trashed;
      continue;
    }
    runs.emplace(file.directory, store.runs.size());
    store.runs.push_back({.meta = file});
  }
  for (const io::FoundFile& file : found) Place(file, runs, store);
  return store;
}

Problem Unparsable(const io::FoundFile& file, std::string message, uint64_t begin = 0,
                   uint64_t end = 0) {
  return {.path = file.path,
          .begin = begin,
          .end = end,
          .kind = ProblemKind::kUnparsable,
          .message = std::move(message)};
}

class RunReader {
 public:
  RunReader(const Files& files, const ReadOptions& options) : files_(files), options_(options) {}

  // Nothing where the run is deleted, or its meta.yaml cannot be read.
  void Read(const std::map<std::string, std::string>& experiment) {
    const auto text = io::ReadFile(files_.meta.path, kMostMetaBytes);
    const auto meta = text.ok() ? ParseMeta(files_.meta.path, *text)
                                : absl::StatusOr<std::map<std::string, std::string>>(text.status());
    if (!meta.ok()) {
      problems.push_back(Unparsable(files_.meta, std::string(meta.status().message())));
      return;
    }
    const auto get = [&](std::string_view key) {
      const auto found = meta->find(std::string(key));
      return found == meta->end() ? std::string() : found->second;
    };
    deleted = get("lifecycle_stage") == "deleted";
    if (deleted) return;
    there = true;
    run.path = std::filesystem::path(files_.meta.path).parent_path().string();
    run.info.id = get("run_id").empty() ? get("run_uuid") : get("run_id");
    run.info.title = get("run_name");
    run.info.status = StatusNumbered(get("status"));
    run.info.start_time = TimeOf(get("start_time"));
    run.info.end_time = TimeOf(get("end_time"));
    const auto name = experiment.find("name");
    run.info.project = name == experiment.end() ? "" : name->second;
    AddFile(files_.meta, 0);
    ReadTexts();
    for (const auto& [key, file] : files_.metrics) ReadMetric(key, file);
  }

  model::Run run;
  std::vector<Problem> problems;
  bool there = false;
  bool deleted = false;
  uint64_t points = 0;

 private:
  static double TimeOf(const std::string& text) {
    int64_t timestamp = 0;
    return absl::SimpleAtoi(text, &timestamp) ? Seconds(timestamp) : 0;
  }

  // Numbers since 1.0, before that words.
  static model::RunStatus StatusNumbered(const std::string& text) {
    static constexpr std::string_view kNames[] = {"",         "RUNNING", "SCHEDULED",
                                                  "FINISHED", "FAILED",  "KILLED"};
    size_t number = 0;
    if (!absl::SimpleAtoi(text, &number)) return StatusOf(text);
    return number < std::size(kNames) ? StatusOf(kNames[number]) : model::RunStatus::kUnknown;
  }

  void AddFile(const io::FoundFile& file, uint64_t records) {
    run.files.push_back({.path = file.path, .bytes = file.bytes, .records = records});
  }

  void ReadTexts() {
    std::map<std::string, std::string> names;  // of files that could not bear theirs
    std::vector<std::pair<std::string, std::string>> tags;
    for (const auto& [key, file] : files_.tags) {
      auto value = io::ReadFile(file.path, kMostTextBytes);
      if (!value.ok()) {
        Unreadable(file, value.status());
      } else if (key == kNamesTag) {
        names = ParseNames(*value);
      } else {
        tags.emplace_back(key, *std::move(value));
      }
    }
    const auto name_of = [&](const std::string& key) {
      const auto found = names.find(key);
      return found == names.end() ? key : found->second;
    };
    for (auto& [key, value] : tags) AddTag(name_of(key), std::move(value), run);
    for (const auto& [key, file] : files_.params) {
      auto value = io::ReadFile(file.path, kMostTextBytes);
      if (!value.ok()) {
        Unreadable(file, value.status());
      } else {
        run.params.push_back({name_of(key), *std::move(value)});
      }
    }
  }

  static std::map<std::string, std::string> ParseNames(const std::string& json) {
    std::map<std::string, std::string> names;
    const auto parsed = nlohmann::json::parse(json, nullptr, false);
    if (!parsed.is_object()) return names;
    for (const auto& [key, value] : parsed.items()) {
      if (value.is_string()) names.emplace(key, value.get<std::string>());
    }
    return names;
  }

  void ReadMetric(const std::string& key, const io::FoundFile& file) {
    if (options_.select && !options_.select(LabelOf(run), key)) return;
    const auto source = io::OpenFile(file.path);
    if (!source.ok()) return Unreadable(file, source.status());
    model::Series series;
    series.tag = key;
    BadLines bad;
    const absl::Status status = ReadMetricLines(**source, series, bad);
    if (!status.ok()) Unreadable(file, status);
    if (bad.count > 0) {
      Problem problem =
          Unparsable(file, "no line of the form \"timestamp value step\"", bad.begin, bad.end);
      problem.records_lost = bad.count;
      problems.push_back(std::move(problem));
    }
    points += series.size();
    AddFile(file, series.size());
    if (!options_.verify_only) run.series.push_back(std::move(series));
  }

  void Unreadable(const io::FoundFile& file, const absl::Status& why) {
    problems.push_back({.path = file.path,
                        .kind = ProblemKind::kUnreadableFile,
                        .message = std::string(why.message())});
  }

  const Files& files_;
  const ReadOptions& options_;
};

}  // namespace

absl::StatusOr<std::map<std::string, std::string>> ParseMeta(const std::string& path,
                                                             const std::string& text) {
  std::map<std::string, std::string> out;
  try {
    const YAML::Node node = YAML::Load(text);
    if (!node.IsMap()) return absl::InvalidArgumentError(StrCat(path, ": no YAML map"));
    for (const auto& pair : node) {
      if (pair.first.IsScalar() && pair.second.IsScalar()) {
        out.emplace(pair.first.Scalar(), pair.second.Scalar());
      }
    }
  } catch (const YAML::Exception& error) {
    return absl::InvalidArgumentError(
        StrCat(path, ": line ", error.mark.line + 1, ": ", error.msg));
  }
  return out;
}

absl::StatusOr<model::Experiment> ReadFileStore(const std::string& path,
                                                const ReadOptions& options) {
  model::Experiment experiment{.format = "mlruns", .path = path};
  const io::WalkOptions walk{.on_error = [&](const std::string& where, const absl::Status& why) {
    experiment.problems.push_back({.path = where,
                                   .kind = ProblemKind::kUnreadableFile,
                                   .message = std::string(why.message())});
  }};
  const auto everything = [](const std::string&) { return true; };
  TELLTALE_ASSIGN_OR_RETURN(const std::vector<io::FoundFile> found,
                            io::Walk(path, everything, walk));
  const Store store = Sort(found);
  if (store.runs.empty() && store.trashed == 0 &&
      std::none_of(found.begin(), found.end(), [](const auto& f) { return f.name == kMetaFile; })) {
    return absl::NotFoundError(StrCat(path, ": no run of MLflow here or below"));
  }
  // The experiment's own meta.yaml stands above the run's directory, where it may not have been
  // walked to.
  const auto experiment_of = [&](const Files& files) {
    const std::string above = std::filesystem::path(files.meta.path).parent_path().string();
    const std::string meta = StrCat(above, "/../", kMetaFile);
    const auto text = io::ReadFile(meta, kMostMetaBytes);
    const auto parsed = text.ok() ? ParseMeta(meta, *text) : text.status();
    return parsed.value_or(std::map<std::string, std::string>());
  };
  std::mutex mutex;
  uint64_t points = 0;
  uint64_t deleted = store.trashed;
  ParallelFor(store.runs.size(), options.jobs, [&](size_t i) {
    RunReader reader(store.runs[i], options);
    reader.Read(experiment_of(store.runs[i]));
    const std::lock_guard lock(mutex);
    deleted += reader.deleted ? 1 : 0;
    for (Problem& problem : reader.problems) experiment.problems.push_back(std::move(problem));
    if (reader.there) experiment.runs.push_back(std::move(reader.run));
    points += reader.points;
    if (options.progress) options.progress({.points = points});
  });
  if (deleted > 0) {
    experiment.problems.push_back(
        {.path = path,
         .kind = ProblemKind::kUnsupported,
         .message =
             StrCat(deleted, deleted == 1 ? " deleted run is" : " deleted runs are", " left out")});
  }
  Finish(experiment.runs);
  SortProblems(experiment.problems);
  return experiment;
}

}  // namespace telltale::formats::mlflow
