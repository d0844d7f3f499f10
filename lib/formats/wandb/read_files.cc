#include "lib/formats/wandb/read_files.h"

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <mutex>
#include <optional>
#include <string_view>
#include <system_error>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "lib/base/parallel.h"
#include "lib/base/status_util.h"
#include "lib/base/str.h"
#include "lib/formats/wandb/names.h"
#include "lib/formats/wandb/run_builder.h"
#include "lib/io/byte_source.h"
#include "lib/io/walk.h"
#include "lib/model/run_names.h"
#include "lib/records/leveldb_log_reader.h"

namespace telltale::formats::wandb {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kLatest = "latest-run";  // a link that W&B makes to the last run

// The files of one run, in the order in which they were written.
struct RunFiles {
  std::vector<io::FoundFile> files = {};
  uint64_t bytes = 0;
};

struct RunResult {
  std::vector<model::Run> runs = {};  // none, the run, or notes about it
  std::vector<Problem> problems = {};
};

bool IsHidden(std::string_view directory) {  // staging directories
  return StrCat("/", directory).find("/.telltale-") != std::string::npos;
}

// "offline-run-20240101_000000-id" and "run-20240101_000000-id" sort by their time.
std::string_view TimeInName(std::string_view directory) {
  std::string_view name = model::LastNameComponent(directory);
  const size_t at = name.find("run-");
  return at == std::string_view::npos ? name : name.substr(at);
}

// What was found through the link to the last run belongs to the directory that it leads to.
void ResolveLatest(const std::string& root, io::FoundFile& file) {
  if (model::LastNameComponent(file.directory) != kLatest) return;
  std::error_code error;
  const std::string link = StrCat(root, "/", file.directory);
  const fs::path target = fs::read_symlink(link, error);
  if (error || target.has_parent_path()) return;
  const std::string parent(model::ParentName(file.directory));
  file.directory = model::JoinName(parent, target.string());
  file.path = StrCat(root, "/", file.directory, "/", file.name);
}

std::vector<RunFiles> GroupByRun(std::vector<io::FoundFile> found) {
  std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) {
    return TimeInName(a.directory) < TimeInName(b.directory);
  });
  std::vector<RunFiles> runs;
  absl::flat_hash_map<std::string, size_t> index;
  for (io::FoundFile& file : found) {
    const std::string id = IdOfFile(file.name);
    const std::string key =
        id.empty() ? file.path : StrCat(model::ParentName(file.directory), "\n", id);
    const auto [at, added] = index.emplace(key, runs.size());
    if (added) runs.emplace_back();
    RunFiles& run = runs[at->second];
    run.bytes += file.bytes;
    run.files.push_back(std::move(file));
  }
  std::stable_sort(runs.begin(), runs.end(),
                   [](const RunFiles& a, const RunFiles& b) { return a.bytes > b.bytes; });
  return runs;
}

class Reader {
 public:
  Reader(const ReadOptions& options, uint64_t total) : options_(options), total_(total) {}

  RunResult Read(const RunFiles& files) {
    std::vector<io::FoundFile> own;
    RunResult result;
    if (!ReadAll(files.files, RunBuilder::Axes::kWhenDefined, own, result)) {
      result = {};
      std::vector<io::FoundFile> again;
      ReadAll(own, RunBuilder::Axes::kKept, again, result);
    }
    return result;
  }

 private:
  // False where the run has to be read again; `own` are its files less those with notes.
  bool ReadAll(const std::vector<io::FoundFile>& files, RunBuilder::Axes axes,
               std::vector<io::FoundFile>& own, RunResult& result) {
    RunBuilder builder(options_, axes);
    std::vector<model::RunFile> read;
    for (const io::FoundFile& file : files) {
      model::RunFile info{.path = file.path, .bytes = file.bytes};
      switch (ReadFile(file, builder, info, result)) {
        case Outcome::kNotes:
          result.runs.push_back(Notes(file, info));
          continue;
        case Outcome::kUnreadable:
          continue;
        case Outcome::kRead:
          break;
      }
      own.push_back(file);
      read.push_back(std::move(info));
    }
    if (read.empty()) return true;
    if (builder.needs_axes()) {
      own = files;
      return false;
    }
    uint64_t bad_values = 0;
    const bool anything = std::any_of(read.begin(), read.end(),
                                      [](const model::RunFile& each) { return each.records > 0; });
    model::Run run = builder.Finish(bad_values);
    if (bad_values > 0) {
      result.problems.push_back(
          {.path = read.front().path,
           .kind = ProblemKind::kUnparsable,
           .message = StrCat(bad_values, " values of config or summary are no JSON")});
    }
    if (!anything && run.series.empty()) return true;
    if (run.info.id.empty()) run.info.id = IdOfFile(own.front().name);
    run.path = read.front().path;
    run.files = std::move(read);
    result.runs.push_back(std::move(run));
    return true;
  }

  enum class Outcome { kRead, kNotes, kUnreadable };

  Outcome ReadFile(const io::FoundFile& file, RunBuilder& builder, model::RunFile& info,
                   RunResult& result) {
    const auto unreadable = [&](const absl::Status& status) {
      result.problems.push_back({.path = file.path,
                                 .kind = ProblemKind::kUnreadableFile,
                                 .message = std::string(status.message())});
      return Outcome::kUnreadable;
    };
    auto source = io::OpenFile(file.path);
    if (!source.ok()) return unreadable(source.status());
    records::LevelDbLogReader log(**source, {.max_payload = options_.max_record_bytes,
                                             .magic = std::string(kMagic),
                                             .newest_version = kNewestVersion,
                                             .on_problem = [&](Problem problem) {
                                               problem.path = file.path;
                                               result.problems.push_back(std::move(problem));
                                             }});
    builder.BeginFile();
    uint64_t told = 0;
    while (true) {
      const auto record = log.Next();
      if (!record.ok()) {
        unreadable(record.status());
        break;
      }
      if (!record->has_value()) break;
      const records::LevelDbLogRecord& found = **record;
      if (!options_.verify_only && !builder.Add(found.data)) {
        result.problems.push_back({.path = file.path,
                                   .begin = found.offset,
                                   .end = log.offset(),
                                   .kind = ProblemKind::kUnparsable,
                                   .message = "no record of W&B",
                                   .records_lost = 1});
      }
      if (builder.is_notes()) return Outcome::kNotes;
      constexpr uint64_t kTellEvery = uint64_t{1} << 20;
      if (log.offset() - told >= kTellEvery) Tell(std::exchange(told, log.offset()), log.offset());
    }
    log.Finish();
    Tell(told, file.bytes);
    info.records = log.records();
    info.pending_bytes = log.pending_bytes();
    return Outcome::kRead;
  }

  // What annotate wrote: listed, so that nobody wonders, and otherwise left alone.
  static model::Run Notes(const io::FoundFile& file, const model::RunFile& info) {
    model::Run run;
    run.path = file.path;
    run.files.push_back(info);
    run.written_by_telltale = true;
    run.whole = true;
    run.info.id = IdOfFile(file.name);
    return run;
  }

  void Tell(uint64_t from, uint64_t to) {
    if (!options_.progress || to < from) return;
    const std::lock_guard lock(mutex_);
    done_ = std::min(done_ + to - from, total_);
    options_.progress({.bytes_done = done_, .bytes_total = total_});
  }

  const ReadOptions& options_;
  const uint64_t total_;
  std::mutex mutex_;
  uint64_t done_ = 0;
};

std::string NameOf(const model::Run& run) {
  if (run.written_by_telltale) return StrCat("telltale/", run.info.id);
  const model::RunInfo& info = run.info;
  const std::string& title = info.title.empty() ? info.id : info.title;
  return StrCat(info.project.empty() ? "uncategorized" : info.project, "/",
                title.empty() ? "run" : title);
}

// "<project>/<display name>", with the id where two would be the same; sorted.
void NameRuns(std::vector<model::Run>& runs) {
  absl::flat_hash_map<std::string, int> count;
  for (model::Run& run : runs) {
    run.name = NameOf(run);
    ++count[run.name];
  }
  for (model::Run& run : runs) {
    if (count[run.name] > 1 && !run.info.id.empty()) StrAppend(&run.name, " ", run.info.id);
  }
  std::stable_sort(runs.begin(), runs.end(), [](const model::Run& a, const model::Run& b) {
    return std::tie(a.name, a.path) < std::tie(b.name, b.path);
  });
  // Copies of one run in several places.
  absl::flat_hash_set<std::string> taken;
  for (model::Run& run : runs) {
    const std::string stem = run.name;
    for (int n = 2; !taken.insert(run.name).second; ++n) run.name = StrCat(stem, " (", n, ")");
  }
  std::sort(runs.begin(), runs.end(),
            [](const model::Run& a, const model::Run& b) { return a.name < b.name; });
}

}  // namespace

absl::StatusOr<model::Experiment> ReadFiles(const std::string& path, const ReadOptions& options) {
  model::Experiment experiment{.format = "wandb", .path = path};
  const bool is_file = fs::is_regular_file(path);
  io::WalkOptions walk;
  walk.on_error = [&](const std::string& directory, const absl::Status& why) {
    experiment.problems.push_back({.path = directory,
                                   .kind = ProblemKind::kUnreadableFile,
                                   .message = std::string(why.message())});
  };
  TELLTALE_ASSIGN_OR_RETURN(
      std::vector<io::FoundFile> found,
      io::Walk(
          path, [&](const std::string& name) { return is_file || name.ends_with(kSuffix); }, walk));
  std::erase_if(found, [](const io::FoundFile& file) { return IsHidden(file.directory); });
  if (found.empty()) {
    return absl::NotFoundError(StrCat(path, ": no .wandb file in it or below it"));
  }
  uint64_t bytes = 0;
  for (io::FoundFile& file : found) {
    ResolveLatest(path, file);
    bytes += file.bytes;
  }
  const std::vector<RunFiles> runs = GroupByRun(std::move(found));
  std::vector<RunResult> results(runs.size());
  Reader reader(options, bytes);
  ParallelFor(runs.size(), options.jobs, [&](size_t i) { results[i] = reader.Read(runs[i]); });
  for (RunResult& result : results) {
    std::move(result.runs.begin(), result.runs.end(), std::back_inserter(experiment.runs));
    std::move(result.problems.begin(), result.problems.end(),
              std::back_inserter(experiment.problems));
  }
  NameRuns(experiment.runs);
  SortProblems(experiment.problems);
  return experiment;
}

}  // namespace telltale::formats::wandb
