#include "lib/formats/wandb/write_runs.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <filesystem>
#include <mutex>
#include <optional>
#include <system_error>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/time/time.h"
#include "lib/base/parallel.h"
#include "lib/base/status_util.h"
#include "lib/base/str.h"
#include "lib/base/version.h"
#include "lib/formats/wandb/config.h"
#include "lib/formats/wandb/names.h"
#include "lib/formats/wandb/read_files.h"
#include "lib/formats/wandb/record_writer.h"
#include "lib/formats/wandb/rows.h"
#include "lib/io/atomic_file.h"
#include "lib/io/byte_source.h"
#include "lib/io/staging_directory.h"
#include "lib/records/leveldb_log_reader.h"

namespace telltale::formats::wandb {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kDirectoryPrefix = "offline-run-";

// Every record of one run.
class RunWriter {
 public:
  RunWriter(const model::Run& run, std::string id, io::ByteSink sink)
      : run_(run), id_(std::move(id)), rows_(run), writer_(std::move(sink)) {}

  absl::Status WriteAll() {
    TELLTALE_RETURN_IF_ERROR(writer_.WriteHeader(StrCat(kRunProducer, Version())));
    TELLTALE_RETURN_IF_ERROR(WriteRun());
    TELLTALE_RETURN_IF_ERROR(WriteStats());
    TELLTALE_RETURN_IF_ERROR(WriteMetrics());
    TELLTALE_RETURN_IF_ERROR(WriteHistory());
    TELLTALE_RETURN_IF_ERROR(WriteSummary());
    return WriteExit();
  }

 private:
  absl::Status WriteRun() {
    proto::WandbRecord record;
    proto::WandbRun& run = *record.mutable_run();
    run.set_run_id(id_);
    run.set_project(FitProject(run_.info.project));
    run.set_display_name(run_.name);
    run.set_run_group(run_.info.group);
    run.set_notes(run_.info.note);
    for (const model::Param& tag : run_.tags) {
      if (IsLabel(tag)) run.add_tags(tag.name);
    }
    const bool numbered = rows_.form() == Rows::Form::kNumbered;
    for (auto& [key, json] : ConfigOf(run_, numbered ? kStepsMetric : "")) {
      AddItem(key, std::move(json), *run.mutable_config());
    }
    *run.mutable_start_time() = TimeOf(run_.info.start_time);
    return writer_.Write(record);
  }

  // Points of system metrics that were sampled together share a record.
  absl::Status WriteStats() {
    std::vector<const model::Series*> system;
    size_t longest = 0;
    for (const model::Series& series : run_.series) {
      if (!IsSystem(series)) continue;
      system.push_back(&series);
      longest = std::max(longest, series.size());
    }
    for (size_t i = 0; i < longest; ++i) {
      std::vector<std::pair<double, proto::WandbRecord>> records;
      for (const model::Series* series : system) {
        if (i >= series->size()) continue;
        const double time = series->wall_times[i];
        if (records.empty() || records.back().first != time) {
          records.emplace_back(time, proto::WandbRecord());
          *records.back().second.mutable_stats()->mutable_timestamp() = TimeOf(time);
        }
        proto::WandbItem& item = *records.back().second.mutable_stats()->add_item();
        item.set_key(series->tag.substr(kSystemPrefix.size()));
        std::string json;
        AppendNumber(json, series->values[i]);
        item.set_value_json(std::move(json));
      }
      for (auto& [time, record] : records) TELLTALE_RETURN_IF_ERROR(writer_.Write(record));
    }
    return absl::OkStatus();
  }

  absl::Status WriteMetric(proto::WandbMetric metric) {
    metric.mutable_options()->set_defined(true);
    proto::WandbRecord record;
    *record.mutable_metric() = std::move(metric);
    return writer_.Write(record);
  }

  // Which metric is drawn over which other.
  absl::Status WriteMetrics() {
    absl::flat_hash_set<std::string> axes;
    std::vector<proto::WandbMetric> metrics;
    for (const model::Series& series : run_.series) {
      if (IsSystem(series)) continue;
      const std::string axis = rows_.AxisKey(series);
      if (axis.empty()) continue;
      if (!axis.starts_with('_') && axes.insert(axis).second) {
        proto::WandbMetric defined;
        defined.set_name(axis);
        TELLTALE_RETURN_IF_ERROR(WriteMetric(std::move(defined)));
      }
      if (axis == kStepsMetric) continue;  // that of all others
      proto::WandbMetric metric;
      metric.set_name(JoinedEscaped(series.tag));
      metric.set_step_metric(axis);
      metrics.push_back(std::move(metric));
    }
    if (axes.contains(std::string(kStepsMetric))) {
      proto::WandbMetric all;
      all.set_glob_name("*");
      all.set_step_metric(std::string(kStepsMetric));
      TELLTALE_RETURN_IF_ERROR(WriteMetric(std::move(all)));
    }
    for (proto::WandbMetric& metric : metrics) {
      TELLTALE_RETURN_IF_ERROR(WriteMetric(std::move(metric)));
    }
    return absl::OkStatus();
  }

  absl::Status WriteHistory() {
    const bool has_times = run_.last_wall_time > 0;
    Row row;
    while (rows_.Next(row)) {
      TELLTALE_RETURN_IF_ERROR(
          writer_.WriteRow(row, {.run = run_, .form = rows_.form(), .has_times = has_times}));
      last_step_ = row.step;
      if (has_times && std::isfinite(row.time)) last_time_ = std::max(last_time_, row.time);
    }
    return absl::OkStatus();
  }

  // `wandb sync` does not make it from the rows.
  absl::Status WriteSummary() {
    proto::WandbRecord record;
    proto::WandbItems& items = *record.mutable_summary();
    for (const model::Series& series : run_.series) {
      if (series.size() == 0 || IsSystem(series)) continue;
      std::string json;
      AppendNumber(json, series.values.back());
      AddItem(series.tag, std::move(json), items);
    }
    for (const model::Param& tag : run_.tags) {
      if (!IsSummary(tag)) continue;
      AddItem(tag.name.substr(kSummaryPrefix.size()), JsonOf(tag.value), items);
    }
    if (last_step_.has_value()) AddItem(kStepKey, std::to_string(*last_step_), items);
    const auto add_number = [&](std::string_view key, double value) {
      std::string json;
      AppendNumber(json, value);
      AddItem(key, std::move(json), items);
    };
    if (last_time_ > 0) {
      add_number(kTimeKey, last_time_);
      if (const double runtime = RuntimeAt(last_time_, run_.info); std::isfinite(runtime)) {
        add_number(kRuntimeKey, runtime);
      }
    }
    if (items.update().empty()) return absl::OkStatus();
    return writer_.Write(record);
  }

  // Without it W&B takes the run for one that goes on, and once uploaded for one that failed.
  absl::Status WriteExit() {
    if (run_.info.status == model::RunStatus::kRunning) return absl::OkStatus();
    proto::WandbRecord record;
    const bool well = run_.info.status == model::RunStatus::kFinished ||
                      run_.info.status == model::RunStatus::kUnknown;
    record.mutable_ending()->set_exit_code(well ? 0 : 1);
    const double runtime = RuntimeAt(run_.info.end_time, run_.info);
    if (std::isfinite(runtime)) {
      record.mutable_ending()->set_runtime(static_cast<int32_t>(std::min(runtime, 2e9)));
    }
    return writer_.Write(record);
  }

  const model::Run& run_;
  std::string id_;
  Rows rows_;
  RecordWriter writer_;
  std::optional<int64_t> last_step_;
  double last_time_ = 0;
};

// Where a run goes, and what stands there.
struct Place {
  std::string id = {};
  std::string directory = {};
  bool replaces = false;
};

class Places {
 public:
  explicit Places(const std::string& destination) : destination_(destination) {}

  // The run directories that are there.
  absl::Status Open() {
    std::error_code error;
    if (!fs::exists(destination_, error)) return absl::OkStatus();
    if (!fs::is_directory(destination_, error)) {
      return absl::FailedPreconditionError(StrCat(destination_, ": is no directory"));
    }
    for (fs::directory_iterator entry(destination_, error), end; !error && entry != end;
         entry.increment(error)) {
      const std::string name = entry->path().filename().string();
      std::error_code ignored;
      if (name.find("run-") == std::string::npos || name.starts_with('.') ||
          !entry->is_directory(ignored) || entry->is_symlink(ignored)) {
        continue;
      }
      Look(name);
    }
    if (error) return ErrnoStatus(error.value(), destination_, "cannot list");
    return absl::OkStatus();
  }

  // That of `run`: where an earlier conversion put it, else a directory of its own.
  absl::StatusOr<Place> Of(const model::Run& run) {
    Place place{.id = RunIdOf(run.info)};
    if (!given_.insert(place.id).second) {  // copies of one run
      place.id = RunIdOf({.id = StrCat(run.info.id, "\n", run.name)});
      given_.insert(place.id);
    }
    if (const auto known = known_.find(place.id); known != known_.end()) {
      if (!known->second.ours) {
        return absl::FailedPreconditionError(
            StrCat(destination_, "/", known->second.directory,
                   ": a run with this id that Telltale did not convert; choose another "
                   "destination"));
      }
      place.replaces = true;
      place.directory = StrCat(destination_, "/", known->second.directory);
      return place;
    }
    place.directory = StrCat(destination_, "/", kDirectoryPrefix,
                             DirectoryTime(run.info.start_time), "-", place.id);
    std::error_code error;
    if (fs::exists(place.directory, error)) {
      return absl::FailedPreconditionError(
          StrCat(place.directory, ": is there and holds no run that Telltale converted"));
    }
    return place;
  }

 private:
  struct Known {
    std::string directory;
    bool ours;
  };

  void Look(const std::string& name) {
    std::error_code error;
    for (fs::directory_iterator entry(StrCat(destination_, "/", name), error), end;
         !error && entry != end; entry.increment(error)) {
      const std::string id = IdOfFile(entry->path().filename().string());
      if (id.empty()) continue;
      const std::string producer = ProducerOf(entry->path().string());
      if (producer.starts_with(kNotesProducer)) continue;
      const bool ours = producer.starts_with(kRunProducer);
      const auto [known, added] = known_.emplace(id, Known{name, ours});
      if (!added) known->second.ours = known->second.ours && ours;
    }
  }

  const std::string& destination_;
  absl::flat_hash_map<std::string, Known> known_;  // by id
  absl::flat_hash_set<std::string> given_;
};

absl::Status WriteRun(const model::Run& run, const Place& place, const std::string& destination) {
  TELLTALE_ASSIGN_OR_RETURN(io::StagingDirectory staging,
                            io::StagingDirectory::Create(destination));
  std::error_code error;
  fs::create_directory(StrCat(staging.path(), "/files"), error);
  if (error) return ErrnoStatus(error.value(), place.directory, "cannot make its directories");
  TELLTALE_ASSIGN_OR_RETURN(io::AtomicFile file, io::AtomicFile::Create(StrCat(
                                                     staging.path(), "/run-", place.id, kSuffix)));
  RunWriter writer(run, place.id, [&](std::string_view bytes) { return file.Write(bytes); });
  TELLTALE_RETURN_IF_ERROR(writer.WriteAll());
  TELLTALE_RETURN_IF_ERROR(file.Commit());
  return staging.Commit(place.directory);
}

}  // namespace

std::string DirectoryTime(double seconds) {
  constexpr double kLatest = 253402300799;  // the year 9999: later ones take more digits
  const double known = std::isfinite(seconds) ? std::clamp(seconds, 0.0, kLatest) : 0;
  const std::string text = absl::FormatTime(
      "%Y%m%d_%H%M%S", absl::FromUnixSeconds(static_cast<int64_t>(known)), absl::UTCTimeZone());
  return text;
}

std::string ProducerOf(const std::string& path) {
  auto source = io::OpenFile(path);
  if (!source.ok()) return "";
  records::LevelDbLogReader log(**source,
                                {.max_payload = uint64_t{64} << 10, .magic = std::string(kMagic)});
  const auto first = log.Next();
  proto::WandbRecord record;
  if (!first.ok() || !first->has_value() ||
      !record.ParseFromArray((*first)->data.data(), static_cast<int>((*first)->data.size()))) {
    return "";
  }
  return record.header().version_info().producer();
}

absl::StatusOr<Written> WriteRuns(const model::Experiment& experiment,
                                  const std::string& destination, const WriteOptions& options) {
  Places known(destination);
  TELLTALE_RETURN_IF_ERROR(known.Open());
  Written written{.places = {destination}};
  // What stands in the way of one run must not show after others are written.
  std::vector<Place> places;
  for (const model::Run& run : experiment.runs) {
    TELLTALE_ASSIGN_OR_RETURN(places.emplace_back(), known.Of(run));
    written.replaced_runs += places.back().replaces ? 1 : 0;
  }
  std::mutex mutex;
  absl::Status failure;
  ParallelFor(places.size(), options.jobs, [&](size_t i) {
    const model::Run& run = experiment.runs[i];
    const absl::Status status = WriteRun(run, places[i], destination);
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

}  // namespace telltale::formats::wandb
