#include "lib/formats/table/read_tables.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "lib/base/parallel.h"
#include "lib/base/status_util.h"
#include "lib/base/str.h"
#include "lib/formats/table/builder.h"
#include "lib/formats/table/cell.h"
#include "lib/formats/table/json_rows.h"
#include "lib/formats/table/params_file.h"
#include "lib/formats/table/read_file.h"
#include "lib/formats/table/run_facts.h"
#include "lib/io/byte_source.h"
#include "lib/io/read_file.h"
#include "lib/io/walk.h"
#include "lib/records/csv_reader.h"

namespace telltale::formats::table {
namespace {

constexpr size_t kHeadBytes = 4096;

// What one file gives.
struct FileResult {
  std::vector<model::Run> runs = {};
  std::vector<Problem> problems = {};
};

std::string_view WithoutEnding(std::string_view name) {
  if (name.ends_with(".gz")) name.remove_suffix(3);
  const size_t dot = name.rfind('.');
  const size_t slash = name.rfind('/');
  return dot != std::string_view::npos && (slash == std::string_view::npos || dot > slash + 1)
             ? name.substr(0, dot)
             : name;
}

std::string_view ParentOf(std::string_view path) {
  const size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? std::string_view(".") : path.substr(0, slash);
}

std::string_view LastOf(std::string_view path) { return path.substr(path.rfind('/') + 1); }

// "checkpoint-500": a directory in which the Trainer keeps a copy of its state.
bool IsCheckpoint(std::string_view name) { return name.starts_with("checkpoint-"); }

// What people call the run whose table stands at `relative`, a path below what they named.
std::string RunNameOf(const std::string& relative, Kind kind) {
  std::string_view parent = ParentOf(relative);
  switch (kind) {
    case Kind::kLightning:
      return std::string(parent);
    case Kind::kUltralytics:
      return std::string(LastOf(relative) == "results.csv" ? parent : WithoutEnding(relative));
    case Kind::kHfTrainer:
      if (IsCheckpoint(LastOf(parent))) parent = ParentOf(parent);
      return std::string(parent);
    case Kind::kDvclive: {
      const size_t plots = StrCat("/", relative).find("/plots/metrics/");
      if (plots == std::string::npos || plots == 0) return ".";
      return relative.substr(0, plots - 1);
    }
    case Kind::kTensorBoard: {
      const TensorBoardName name = ParseTensorBoardName(relative);
      if (name.run.empty()) return std::string(parent);
      return parent == "." ? name.run : StrCat(parent, "/", name.run);
    }
    default:
      return std::string(WithoutEnding(relative));
  }
}

bool IsJson(std::string_view head) {
  const size_t first = head.find_first_not_of(" \t\r\n");
  return first != std::string_view::npos && (head[first] == '{' || head[first] == '[');
}

// Who the runs of a CSV that Telltale wrote are.
void ApplySidecar(const std::string& path, TableBuilder& builder, std::vector<Problem>& problems) {
  const absl::StatusOr<Sidecar> sidecar = ReadSidecar(path);
  if (absl::IsNotFound(sidecar.status())) return;
  const auto remark = [&](std::string_view message) {
    problems.push_back({.path = SidecarPath(path),
                        .kind = ProblemKind::kUnsupported,
                        .message = std::string(message)});
  };
  if (!sidecar.ok()) return remark(ToStd(sidecar.status().message()));
  const auto hash = HashOfFile(path);
  if (!hash.ok() ||
      std::find(sidecar->tables.begin(), sidecar->tables.end(), *hash) == sidecar->tables.end()) {
    return remark("speaks of a table that has been changed since, and is left out");
  }
  for (const Sidecar::Run& run : sidecar->runs) {
    if (!ApplyRunFacts(run.facts, builder.RunOf(run.name)).ok()) remark("is damaged");
  }
}

class TablesReader {
 public:
  TablesReader(std::string path, const ReadOptions& options, Kind kind)
      : path_(std::move(path)), options_(options), kind_(kind) {}

  absl::StatusOr<model::Experiment> Read() {
    experiment_.format = std::string(IdOf(kind_));
    experiment_.path = path_;
    TELLTALE_RETURN_IF_ERROR(FindFiles());
    std::vector<absl::StatusOr<FileResult>> results(files_.size(), absl::UnknownError(""));
    ParallelFor(files_.size(), options_.jobs, [&](size_t i) { results[i] = ReadOne(files_[i]); });
    if (single_ && !results.front().ok()) return results.front().status();
    for (size_t i = 0; i < files_.size(); ++i) Collect(files_[i], std::move(results[i]));
    Settle();
    return std::move(experiment_);
  }

 private:
  struct File {
    std::string path = {};
    std::string run = {};  // that the table is, or belongs to
    uint64_t bytes = 0;
    bool json = false;
    char delimiter = ',';
  };

  absl::Status FindFiles() {
    const io::WalkOptions walk{.on_error = [&](const std::string& where, const absl::Status& why) {
      experiment_.problems.push_back({.path = where,
                                      .kind = ProblemKind::kUnreadableFile,
                                      .message = std::string(why.message())});
    }};
    TELLTALE_ASSIGN_OR_RETURN(const auto found,
                              io::Walk(
                                  path_, [](const std::string&) { return true; }, walk));
    single_ = found.size() == 1 && found.front().path == path_;
    std::map<Kind, size_t> others;
    for (const io::FoundFile& file : found) {
      if (!single_ && !IsTableName(file.name)) continue;
      const std::string head = io::ReadHead(file.path, kHeadBytes).value_or("");
      const std::string relative =
          file.directory == "." ? file.name : StrCat(file.directory, "/", file.name);
      const Guess guess = KindOf(single_ ? path_ : relative, head);
      if (!single_ && guess.kind != kind_) {
        if (guess.sure) ++others[guess.kind];
        continue;
      }
      files_.push_back(
          {.path = file.path,
           .run = single_ && kind_ != Kind::kTensorBoard ? "." : RunNameOf(relative, kind_),
           .bytes = file.bytes,
           .json = IsJson(head),
           .delimiter = records::GuessDelimiter(head)});
    }
    if (kind_ == Kind::kHfTrainer) KeepLastCheckpoints();
    for (const auto& [kind, count] : others) {
      experiment_.problems.push_back(
          {.path = path_,
           .kind = ProblemKind::kUnsupported,
           .message = StrCat(count, count == 1 ? " table" : " tables",
                             " of another kind here, not read: name ", count == 1 ? "it" : "them",
                             " alone, or say --from")});
    }
    if (files_.empty()) {
      return absl::NotFoundError(StrCat(path_, ": no tables of this kind here or below"));
    }
    return absl::OkStatus();
  }

  // Each checkpoint's state holds the history up to it: the last one holds all.
  void KeepLastCheckpoints() {
    std::map<std::string, size_t> largest;
    for (size_t i = 0; i < files_.size(); ++i) {
      const auto [it, inserted] = largest.try_emplace(files_[i].run, i);
      const auto rank = [&](size_t at) {
        // The longer history; of equals the one in the run's own directory.
        return std::tuple(files_[at].bytes, !IsCheckpoint(LastOf(ParentOf(files_[at].path))));
      };
      if (!inserted && rank(i) > rank(it->second)) it->second = i;
    }
    std::vector<File> kept;
    for (const auto& [run, i] : largest) kept.push_back(files_[i]);
    files_ = std::move(kept);
  }

  absl::StatusOr<FileResult> ReadOne(const File& file) const {
    FileResult result;
    TableBuilder builder(options_, file.run);
    if (kind_ == Kind::kHfTrainer) {
      TELLTALE_RETURN_IF_ERROR(ReadTrainerState(file.path, builder, result.problems));
    } else if (file.json) {
      TELLTALE_RETURN_IF_ERROR(ReadJsonFile(file.path, kind_, builder, result.problems));
    } else {
      TELLTALE_RETURN_IF_ERROR(
          ReadCsvFile(file.path, kind_, file.delimiter, builder, result.problems));
    }
    if (kind_ == Kind::kCsv || kind_ == Kind::kCsvWide) {
      ApplySidecar(file.path, builder, result.problems);
    }
    if (kind_ == Kind::kLightning) {
      ReadParamsFile(file.path, "hparams.yaml", 0, builder.RunOf(""), result.problems);
    } else if (kind_ == Kind::kUltralytics) {
      ReadParamsFile(file.path, "args.yaml", 0, builder.RunOf(""), result.problems);
    } else if (kind_ == Kind::kDvclive) {
      ReadParamsFile(file.path, "params.yaml", 8, builder.RunOf(""), result.problems);
    }
    result.runs = builder.Finish();
    return result;
  }

  void Collect(const File& file, absl::StatusOr<FileResult> result) {
    if (!result.ok()) {
      experiment_.problems.push_back({.path = file.path,
                                      .kind = ProblemKind::kUnreadableFile,
                                      .message = std::string(result.status().message())});
      return;
    }
    std::move(result->problems.begin(), result->problems.end(),
              std::back_inserter(experiment_.problems));
    for (model::Run& run : result->runs) {
      run.path = file.path;
      uint64_t points = 0;
      for (const model::Series& series : run.series) points += series.size();
      run.files.push_back({.path = file.path, .bytes = file.bytes, .records = points});
      // A file that names its runs is alone, or stands before them.
      const bool own = run.name.empty() || kind_ == Kind::kTensorBoard;
      if (own || run.name == ".") {
        run.name = own || file.run == "." ? file.run : StrCat(file.run, "/.");
      } else if (file.run != ".") {
        run.name = StrCat(file.run, "/", run.name);
      }
      experiment_.runs.push_back(std::move(run));
    }
  }

  // Files of one run become one run; names are distinct and sorted.
  void Settle() {
    std::vector<model::Run>& runs = experiment_.runs;
    std::stable_sort(runs.begin(), runs.end(),
                     [](const model::Run& a, const model::Run& b) { return a.name < b.name; });
    const bool join = kind_ == Kind::kTensorBoard || kind_ == Kind::kDvclive;
    std::vector<model::Run> settled;
    for (model::Run& run : runs) {
      if (!settled.empty() && settled.back().name == run.name && join) {
        Join(settled.back(), std::move(run));
        continue;
      }
      while (!settled.empty() && run.name <= settled.back().name) {
        run.name = StrCat(settled.back().name, "'");
      }
      settled.push_back(std::move(run));
    }
    runs = std::move(settled);
    SortProblems(experiment_.problems);
  }

  static void Join(model::Run& to, model::Run from) {
    absl::flat_hash_set<std::string> tags;
    for (const model::Series& series : to.series) tags.insert(series.tag);
    for (model::Series& series : from.series) {
      while (!tags.insert(series.tag).second) series.tag += "'";
      to.series.push_back(std::move(series));
    }
    std::move(from.files.begin(), from.files.end(), std::back_inserter(to.files));
    if (to.params.empty()) to.params = std::move(from.params);
    if (from.first_wall_time != 0) {
      to.first_wall_time = to.first_wall_time == 0
                               ? from.first_wall_time
                               : std::min(to.first_wall_time, from.first_wall_time);
    }
    to.last_wall_time = std::max(to.last_wall_time, from.last_wall_time);
  }

  std::string path_;
  const ReadOptions& options_;
  Kind kind_;
  bool single_ = false;
  std::vector<File> files_;
  model::Experiment experiment_;
};

}  // namespace

absl::StatusOr<model::Experiment> ReadTables(const std::string& path, const ReadOptions& options,
                                             Kind kind) {
  return TablesReader(path, options, kind).Read();
}

}  // namespace telltale::formats::table
