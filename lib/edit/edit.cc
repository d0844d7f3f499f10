#include "lib/edit/edit.h"

#include <cmath>
#include <memory>
#include <nlohmann/json.hpp>
#include <utility>

#include "absl/container/btree_map.h"
#include "absl/container/flat_hash_map.h"
#include "lib/base/parallel.h"
#include "lib/base/status_util.h"
#include "lib/base/str.h"
#include "lib/base/text.h"
#include "lib/edit/destination.h"
#include "lib/edit/edited_files.h"
#include "lib/edit/event_edit.h"
#include "lib/edit/log_files.h"
#include "lib/edit/point_filter.h"
#include "lib/edit/run_events.h"
#include "lib/edit/tag_edits.h"

namespace telltale::edit {
namespace {

struct RunPlan {
  std::string run = {};                 // as it is called in the copy
  std::vector<std::string> files = {};  // relative to the destination, before restarts are split
  EditedRun edited = {};
};

bool OneFileARun(const EditOptions& options) {
  return options.merge_files || options.restarts == Restarts::kMerge;
}

std::pair<std::string, std::string> DirectoryAndName(const std::string& relative) {
  const size_t slash = relative.rfind('/');
  if (slash == std::string::npos) return {".", relative};
  return {relative.substr(0, slash), relative.substr(slash + 1)};
}

std::string FileOf(std::string_view run, std::string_view name) {
  return run == "." ? std::string(name) : StrCat(run, "/", name);
}

// Which files become which, before any is read. Runs that are left out have none.
absl::StatusOr<std::vector<RunPlan>> PlanRuns(const std::vector<LogFile>& found,
                                              const EditOptions& options) {
  std::vector<RunPlan> plans;
  absl::flat_hash_map<std::string, size_t> places;  // in plans
  absl::flat_hash_map<std::string, const LogFile*> taken;
  for (const LogFile& file : found) {
    if (file.kind != LogKind::kEvents) {
      return absl::InvalidArgumentError(StrCat(
          Printable(file.path), ": only event files are edited; convert this one to them first"));
    }
    const auto [directory, name] = DirectoryAndName(file.relative);
    std::string run = convert::Renamed(options.rename_runs, directory);
    if (run.empty()) run = ".";
    // Merged runs are one; others stay apart even where they come to stand in one directory.
    const std::string key = OneFileARun(options) ? StrCat("=", run) : StrCat("<", directory);
    const auto [place, is_new] = places.emplace(key, plans.size());
    if (is_new) plans.push_back({.run = run, .edited = {.run = directory}});
    RunPlan& plan = plans[place->second];
    plan.edited.read.push_back(file.path);
    if (!KeepsRun(options, directory)) continue;
    if (OneFileARun(options) && !plan.files.empty()) continue;
    plan.files.push_back(FileOf(run, name));
    if (const auto [other, free] = taken.emplace(plan.files.back(), &file); !free) {
      return absl::InvalidArgumentError(StrCat(
          Printable(other->second->path), " and ", Printable(file.path), " would both become ",
          Printable(plan.files.back()), "; --merge-files makes one file of them"));
    }
  }
  return plans;
}

class RunEdit {
 public:
  RunEdit(const EditOptions& options, RunPlan& plan, const io::StagingDirectory* staging)
      : options_(options), plan_(plan), staging_(staging) {}

  absl::Status Run() {
    if (plan_.files.empty()) return absl::OkStatus();  // left out
    if (options_.restarts == Restarts::kMerge) {
      TELLTALE_RETURN_IF_ERROR(Learn(std::make_unique<RestartFilter>()));
    }
    if (options_.points > 0) {
      TELLTALE_RETURN_IF_ERROR(Learn(std::make_unique<ThinFilter>(options_.points)));
    }
    if (options_.restarts == Restarts::kSplit) {
      EditedRun ignored{.run = plan_.edited.run, .read = plan_.edited.read};
      TELLTALE_RETURN_IF_ERROR(Pass(ignored, nullptr, nullptr));
    }
    EditedFiles files(
        staging_, {.names = FileNames(), .add_versions = options_.restarts == Restarts::kSplit});
    TELLTALE_RETURN_IF_ERROR(Pass(plan_.edited, nullptr, &files));
    TELLTALE_RETURN_IF_ERROR(files.Close());
    plan_.edited.written = files.written();
    if (options_.restarts == Restarts::kMerge) {
      plan_.edited.overlaps = static_cast<RestartFilter&>(*filters_.front()).overlaps();
    }
    return absl::OkStatus();
  }

 private:
  absl::Status Learn(std::unique_ptr<PointFilter> filter) {
    EditedRun ignored{.run = plan_.edited.run, .read = plan_.edited.read};
    TELLTALE_RETURN_IF_ERROR(Pass(ignored, filter.get(), nullptr));
    filter->Learned();
    filters_.push_back(std::move(filter));
    return absl::OkStatus();
  }

  // Reads all of the run. `files` null: what comes out is not wanted.
  absl::Status Pass(EditedRun& counts, PointFilter* learn, EditedFiles* files) {
    RunEvents::Options reading{.by_time = options_.merge_files, .records = records_};
    if (files != nullptr) {
      reading.on_problem = [&counts](Problem problem) {
        counts.problems.push_back(std::move(problem));
      };
    }
    for (const auto& filter : filters_) filter->Begin();
    TELLTALE_ASSIGN_OR_RETURN(RunEvents events, RunEvents::Open(counts.read, std::move(reading)));
    std::optional<RunRecord> record;
    const EventEdit* at = nullptr;
    EventEdit edit(options_, {filters_, learn}, counts, [&](std::string_view bytes) {
      return files == nullptr ? absl::OkStatus() : files->Write(FileIndex(*at, *record), bytes);
    });
    at = &edit;
    while (true) {
      TELLTALE_ASSIGN_OR_RETURN(record, events.Next());
      if (!record) break;
      TELLTALE_RETURN_IF_ERROR(edit.Take(*record));
    }
    sessions_ = edit.session() + 1;
    if (records_.empty()) records_ = events.records();
    if (events.torn_bytes() > 0) {
      counts.changes.emplace("bytes left out of last records without an end", events.torn_bytes());
    }
    return absl::OkStatus();
  }

  size_t FileIndex(const EventEdit& edit, const RunRecord& record) const {
    if (OneFileARun(options_)) return 0;
    return options_.restarts == Restarts::kSplit ? edit.session() : record.file;
  }

  std::vector<std::string> FileNames() const {
    if (options_.restarts != Restarts::kSplit || sessions_ == 1) return plan_.files;
    std::vector<std::string> names;
    const std::string name = DirectoryAndName(plan_.files.front()).second;
    for (size_t i = 1; i <= sessions_; ++i) {
      names.push_back(FileOf(plan_.run, StrCat(i, "/", name)));
    }
    return names;
  }

  const EditOptions& options_;
  RunPlan& plan_;
  const io::StagingDirectory* staging_;  // null: nothing is written
  std::vector<std::unique_ptr<PointFilter>> filters_;
  std::vector<uint64_t> records_;  // of each file, that the first pass read
  size_t sessions_ = 1;
};

std::string WrittenJson(const EditReport& report) {
  auto files = nlohmann::ordered_json::array();
  for (const EditedRun& run : report.runs) {
    for (const std::string& file : run.written) files.push_back(file);
  }
  return files.dump(1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace

absl::StatusOr<EditReport> Edit(const std::string& source, const std::string& destination,
                                const EditOptions& options) {
  if (options.merge_files && options.restarts != Restarts::kKeep) {
    return absl::InvalidArgumentError(
        "--merge-files and --restarts both say what becomes of a run's files; give one of them");
  }
  if (!std::isfinite(options.scale_steps) || !std::isfinite(options.scale_time) ||
      !std::isfinite(options.shift_time)) {
    return absl::InvalidArgumentError("steps and times are scaled and shifted by finite numbers");
  }
  TELLTALE_ASSIGN_OR_RETURN(const std::vector<LogFile> found, FindLogFiles(source));
  TELLTALE_ASSIGN_OR_RETURN(const Destination place,
                            Destination::Check("edit", source, destination));
  TELLTALE_ASSIGN_OR_RETURN(std::vector<RunPlan> plans, PlanRuns(found, options));
  std::optional<io::StagingDirectory> staging;
  if (!options.dry_run) {
    TELLTALE_ASSIGN_OR_RETURN(auto begun, place.Begin());
    staging.emplace(std::move(begun));
  }
  std::vector<absl::Status> done(plans.size());
  ParallelFor(plans.size(), options.jobs, [&](size_t i) {
    done[i] = RunEdit(options, plans[i], staging ? &*staging : nullptr).Run();
  });
  for (const absl::Status& status : done) TELLTALE_RETURN_IF_ERROR(status);
  EditReport report;
  for (RunPlan& plan : plans) report.runs.push_back(std::move(plan.edited));
  if (staging) TELLTALE_RETURN_IF_ERROR(place.Commit(std::move(*staging), WrittenJson(report)));
  return report;
}

}  // namespace telltale::edit
