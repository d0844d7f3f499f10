#include <xxhash.h>
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
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_join.h"
#include "lib/base/parallel.h"
#include "lib/base/status_util.h"
#include "lib/base/str.h"
#include "lib/formats/mlflow/file_store.h"
#include "lib/formats/mlflow/names.h"
#include "lib/formats/mlflow/notes.h"
#include "lib/formats/mlflow/run_builder.h"
#include "lib/formats/note_section.h"
#include "lib/io/atomic_file.h"
#include "lib/io/read_file.h"
#include "lib/io/staging_directory.h"
#include "lib/model/params.h"

namespace telltale::formats::mlflow {
namespace {

namespace fs = std::filesystem;

constexpr uint64_t kMostYamlBytes = 64 << 10;
constexpr uint64_t kMostNoteBytes = 16 << 20;
constexpr std::string_view kConvertedFile = "tags/telltale.conversion";  // of every converted run

// A meta.yaml: keys in the order given, text in quotes.
class Meta {
 public:
  Meta() { out_ << YAML::BeginMap; }
  Meta& Text(const char* key, const std::string& value) {
    out_ << YAML::Key << key << YAML::Value << YAML::DoubleQuoted << value;
    return *this;
  }
  Meta& Number(const char* key, int64_t value) {
    out_ << YAML::Key << key << YAML::Value << std::to_string(value);
    return *this;
  }
  std::string Done() {
    out_ << YAML::EndMap;
    return StrCat(std::string_view(out_.c_str()), "\n");
  }

 private:
  YAML::Emitter out_;
};

void AppendDigits(std::string& out, auto value) {
  char digits[32];
  const auto end = std::to_chars(std::begin(digits), std::end(digits), value);
  out.append(digits, end.ptr);
}

std::string MetricLines(const model::Series& series) {
  std::string out;
  out.reserve(series.size() * 40);
  for (size_t i = 0; i < series.size(); ++i) {
    AppendDigits(out, Milliseconds(series.wall_times[i]));
    out += ' ';
    if (std::isnan(series.values[i])) {
      out += "nan";  // a negative one would be "-nan", which Python does not read
    } else {
      AppendDigits(out, series.values[i]);
    }
    out += ' ';
    AppendDigits(out, series.steps[i]);
    out += '\n';
  }
  return out;
}

// Gives out names of files that are no directory's and no other's, and remembers what they stand
// for.
class FileNames {
 public:
  std::string Give(const std::string& name) {
    std::string given = FitKey(name);
    if (!IsFree(given)) {
      // Flat: what is in the way may be a file where a directory would have to be.
      std::string flat = given.substr(0, 240);
      std::replace(flat.begin(), flat.end(), '/', '_');
      for (int n = 2; !IsFree(given); ++n) given = StrCat(flat, "_", n);
    }
    for (size_t at = given.find('/'); at != std::string::npos; at = given.find('/', at + 1)) {
      directories_.insert(given.substr(0, at));
    }
    taken_.insert(given);
    if (given != name) changed_[given] = name;
    return given;
  }

  // JSON of all names that were changed, or "".
  std::string Changed() const {
    if (changed_.empty()) return "";
    return changed_.dump(-1, ' ', true, nlohmann::json::error_handler_t::replace);
  }
  void Merge(const FileNames& other) { changed_.update(other.changed_); }

 private:
  bool IsFree(const std::string& name) const {
    if (taken_.contains(name) || directories_.contains(name)) return false;
    for (size_t at = name.find('/'); at != std::string::npos; at = name.find('/', at + 1)) {
      if (taken_.contains(name.substr(0, at))) return false;
    }
    return true;
  }

  absl::flat_hash_set<std::string> taken_;
  absl::flat_hash_set<std::string> directories_;
  nlohmann::json changed_ = nlohmann::json::object();
};

class StoreWriter {
 public:
  explicit StoreWriter(const std::string& root) : root_(root) {}

  // The experiments that are there.
  absl::Status Open() {
    std::error_code error;
    const bool there = fs::exists(root_, error);
    if (there && !fs::is_directory(root_, error)) {
      return absl::FailedPreconditionError(StrCat(root_, ": is no directory"));
    }
    if (!there) return absl::OkStatus();
    for (fs::directory_iterator entry(root_, error), end; !error && entry != end;
         entry.increment(error)) {
      const std::string meta = StrCat(entry->path().string(), "/", kMetaFile);
      const auto text = io::ReadFile(meta, kMostYamlBytes);
      if (!text.ok()) continue;
      const auto parsed = ParseMeta(meta, *text);
      if (!parsed.ok()) continue;
      if (const auto name = parsed->find("name"); name != parsed->end()) {
        experiments_.emplace(name->second, entry->path().filename().string());
      }
    }
    if (error) return ErrnoStatus(error.value(), root_, "cannot list");
    return absl::OkStatus();
  }

  // The directory of the experiment `name`, which is made if it is missing.
  absl::StatusOr<std::string> ExperimentOf(const model::Run& run) {
    const std::string name = FitRunName(run.info.project);
    if (const auto known = experiments_.find(name); known != experiments_.end()) {
      return known->second;
    }
    // MLflow draws 18 digits by lot; ours follow from the name.
    constexpr uint64_t kIds = 1000000000000000000;
    uint64_t id = XXH3_64bits(name.data(), name.size()) % kIds;
    std::error_code error;
    while (fs::exists(StrCat(root_, "/", id), error)) ++id;
    const std::string directory = StrCat(id);
    const int64_t time = Milliseconds(run.info.start_time);
    TELLTALE_RETURN_IF_ERROR(io::WriteFileAtomically(
        StrCat(root_, "/", directory, "/", kMetaFile),
        Meta()
            .Text("artifact_location", StrCat("file://", Absolute(), "/", directory))
            .Number("creation_time", time)
            .Text("experiment_id", directory)
            .Number("last_update_time", time)
            .Text("lifecycle_stage", "active")
            .Text("name", name)
            .Done()));
    experiments_.emplace(name, directory);
    return directory;
  }

  // Whether a run stands at `place` that may be replaced.
  static absl::StatusOr<bool> MayReplace(const std::string& place) {
    std::error_code error;
    if (!fs::exists(place, error)) return false;
    if (fs::exists(StrCat(place, "/", kConvertedFile), error)) return true;
    return absl::FailedPreconditionError(
        StrCat(place, ": a run that Telltale did not convert; choose another destination"));
  }

  absl::Status WriteRun(const model::Run& run, const std::string& experiment,
                        const std::string& place) const {
    TELLTALE_ASSIGN_OR_RETURN(io::StagingDirectory staging, io::StagingDirectory::Create(root_));
    const std::string id = RunIdOf(run.info);
    TELLTALE_RETURN_IF_ERROR(staging.WriteFile(
        kMetaFile, Meta()
                       .Text("artifact_uri",
                             StrCat("file://", Absolute(), "/", experiment, "/", id, "/artifacts"))
                       .Number("end_time", Milliseconds(run.info.end_time))
                       .Text("entry_point_name", "")
                       .Text("experiment_id", experiment)
                       .Text("lifecycle_stage", "active")
                       .Text("run_id", id)
                       .Text("TitleOf(run)", run.name)
                       .Text("source_name", "")
                       .Number("source_type", 4)  // LOCAL
                       .Text("source_version", "")
                       .Number("start_time", Milliseconds(run.info.start_time))
                       .Number("status", StatusNumber(run.info.status))
                       .Text("user_id", "")
                       .Done()));
    // MLflow takes a directory without these for no run.
    std::error_code error;
    for (const std::string_view needed : {"metrics", "params", "tags", "artifacts"}) {
      fs::create_directory(StrCat(staging.path(), "/", needed), error);
      if (error) return ErrnoStatus(error.value(), place, "cannot make its directories");
    }
    TELLTALE_RETURN_IF_ERROR(WriteTexts(run, staging));
    for (const model::Series& series : run.series) {
      if (series.size() == 0) continue;
      TELLTALE_RETURN_IF_ERROR(
          staging.WriteFile(StrCat("metrics/", series.tag), MetricLines(series)));
    }
    return staging.Commit(place);
  }

 private:
  std::string Absolute() const {
    std::error_code error;
    const fs::path absolute = fs::absolute(root_, error);
    return error ? root_ : absolute.lexically_normal().string();
  }

  static int64_t StatusNumber(model::RunStatus status) {
    switch (status) {
      case model::RunStatus::kRunning:
        return 1;
      case model::RunStatus::kFailed:
        return 4;
      case model::RunStatus::kKilled:
        return 5;
      case model::RunStatus::kUnknown:
      case model::RunStatus::kFinished:
        break;
    }
    return 3;
  }

  static absl::Status WriteTexts(const model::Run& run, const io::StagingDirectory& staging) {
    FileNames params;
    for (const model::Param& param : run.params) {
      TELLTALE_RETURN_IF_ERROR(staging.WriteFile(StrCat("params/", params.Give(param.name)),
                                                 model::ParamText(param.value)));
    }
    FileNames tags;
    const auto write = [&](const std::string& name, const std::string& value) {
      return staging.WriteFile(StrCat("tags/", tags.Give(name)), value);
    };
    for (const std::string_view own : {kNamesTag, kNameTag, kNoteTag}) tags.Give(std::string(own));
    for (const model::Param& tag : run.tags) {
      TELLTALE_RETURN_IF_ERROR(write(tag.name, model::ParamText(tag.value)));
    }
    tags.Merge(params);
    if (const std::string changed = tags.Changed(); !changed.empty()) {
      TELLTALE_RETURN_IF_ERROR(staging.WriteFile(StrCat("tags/", kNamesTag), changed));
    }
    if (!run.info.note.empty()) {
      TELLTALE_RETURN_IF_ERROR(staging.WriteFile(StrCat("tags/", kNoteTag), run.info.note));
    }
    return staging.WriteFile(StrCat("tags/", kNameTag), TitleOf(run));
  }

  const std::string& root_;
  absl::flat_hash_map<std::string, std::string> experiments_;  // directories by name
};

// The tags of one run, a file each.
class TagFiles {
 public:
  explicit TagFiles(std::string directory) : directory_(std::move(directory)) {}

  absl::StatusOr<std::string> Get(std::string_view tag) const {
    std::error_code error;
    const std::string path = StrCat(directory_, "/", tag);
    if (!fs::exists(path, error)) return std::string();
    return io::ReadFile(path, kMostNoteBytes);
  }
  absl::Status Set(std::string_view tag, std::string_view value) const {
    return io::WriteFileAtomically(StrCat(directory_, "/", tag), value);
  }

 private:
  std::string directory_;
};

absl::StatusOr<NoteOutcome> WriteNote(const TagFiles& tags, const RunNote& note) {
  TELLTALE_ASSIGN_OR_RETURN(const std::string old_verdict, tags.Get(kVerdictTag));
  TELLTALE_ASSIGN_OR_RETURN(const std::string old_findings, tags.Get(kFindingsTag));
  TELLTALE_ASSIGN_OR_RETURN(const std::string old_note, tags.Get(kNoteTag));
  const std::string findings = absl::StrJoin(note.findings, ", ");
  const std::string text = WithNoteSection(old_note, note.markdown);
  if (old_verdict == note.verdict && old_findings == findings && old_note == text) {
    return NoteOutcome::kUnchanged;
  }
  TELLTALE_RETURN_IF_ERROR(tags.Set(kNoteTag, text));
  TELLTALE_RETURN_IF_ERROR(tags.Set(kFindingsTag, findings));
  TELLTALE_RETURN_IF_ERROR(tags.Set(kVerdictTag, note.verdict));
  return old_verdict.empty() ? NoteOutcome::kWritten : NoteOutcome::kReplaced;
}

}  // namespace

absl::StatusOr<Written> WriteFileStore(const model::Experiment& experiment,
                                       const std::string& destination,
                                       const WriteOptions& options) {
  StoreWriter store(destination);
  TELLTALE_RETURN_IF_ERROR(store.Open());
  Written written{.places = {destination}};
  // What stands in the way of one run must not show after others are written.
  std::vector<std::string> experiments;
  std::vector<std::string> places;
  for (const model::Run& run : experiment.runs) {
    TELLTALE_ASSIGN_OR_RETURN(experiments.emplace_back(), store.ExperimentOf(run));
    places.push_back(StrCat(destination, "/", experiments.back(), "/", RunIdOf(run.info)));
    TELLTALE_ASSIGN_OR_RETURN(const bool replaces, StoreWriter::MayReplace(places.back()));
    written.replaced_runs += replaces ? 1 : 0;
  }
  std::mutex mutex;
  absl::Status failure;
  ParallelFor(places.size(), options.jobs, [&](size_t i) {
    const model::Run& run = experiment.runs[i];
    const absl::Status status = store.WriteRun(run, experiments[i], places[i]);
    const std::lock_guard lock(mutex);
    if (failure.ok()) failure = status;
    if (!status.ok()) return;
    ++written.runs;
    for (const model::Series& series : run.series) written.points += series.size();
    if (options.progress) options.progress({.points = written.points});
  });
  if (!failure.ok()) return failure;
  return written;
}

absl::StatusOr<std::vector<NoteResult>> WriteFileStoreNotes(const model::Experiment& experiment,
                                                            std::span<const RunNote> notes) {
  std::vector<NoteResult> results;
  for (const RunNote& note : notes) {
    const std::string& place = experiment.runs[note.run].path;
    const auto outcome = WriteNote(TagFiles(StrCat(place, "/tags")), note);
    results.push_back({.outcome = outcome.value_or(NoteOutcome::kFailed),
                       .place = place,
                       .why = outcome.status()});
  }
  return results;
}

}  // namespace telltale::formats::mlflow
