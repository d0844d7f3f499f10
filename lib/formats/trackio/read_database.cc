#include "lib/formats/trackio/read_database.h"

#include <sys/stat.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <filesystem>
#include <limits>
#include <memory>
#include <system_error>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "lib/base/status_util.h"
#include "lib/base/str.h"
#include "lib/formats/trackio/metrics.h"
#include "lib/formats/trackio/names.h"
#include "lib/formats/trackio/schema.h"
#include "lib/io/sqlite.h"
#include "lib/model/wall_times.h"

namespace telltale::formats::trackio {
namespace {

namespace fs = std::filesystem;
using io::SqliteDatabase;
using io::SqliteStatement;

constexpr size_t kMostDatabases = 4096;  // of a directory
constexpr uint64_t kRowsBetweenProgress = 20000;
constexpr std::string_view kSystemPrefix = "system/";
constexpr std::string_view kAlertsTag = "alerts";

double Seconds(std::string_view text) {
  const auto time = ParseTime(text);
  return time ? static_cast<double>(*time) / 1e6 : std::numeric_limits<double>::quiet_NaN();
}

class Reader {
 public:
  // `prefix` is put before runs' names: that of the project, where several are read.
  Reader(const SqliteDatabase& database, std::string project, std::string prefix,
         const ReadOptions& options, model::Experiment& experiment)
      : database_(database),
        project_(std::move(project)),
        prefix_(std::move(prefix)),
        options_(options),
        experiment_(experiment) {}

  absl::Status Read() {
    TELLTALE_ASSIGN_OR_RETURN(const std::vector<std::string> columns, database_.Columns("metrics"));
    const auto has = [&](std::string_view name) {
      return std::find(columns.begin(), columns.end(), name) != columns.end();
    };
    if (!has("run_name") || !has("timestamp") || !has("metrics") || !has("step")) {
      return absl::InvalidArgumentError(
          StrCat(database_.path(),
                 ": a SQLite database, but none of Trackio's: it lacks the table "
                 "metrics with its columns"));
    }
    // From here on, what can be read is kept.
    Note(ReadConfigs());
    Note(ReadMetrics());
    Note(ReadSystemMetrics());
    Note(ReadAlerts());
    for (auto& [id, each] : runs_) Finish(*each);
    if (shared_.tags_left_out) {
      experiment_.problems.push_back({.path = database_.path(),
                                      .kind = ProblemKind::kLimitReached,
                                      .message = "there are more tags than are read"});
    }
    std::sort(order_.begin(), order_.end(), [](const Reading* a, const Reading* b) {
      return std::tie(a->run.name, a->run.info.id) < std::tie(b->run.name, b->run.info.id);
    });
    for (Reading* each : order_) experiment_.runs.push_back(std::move(each->run));
    return absl::OkStatus();
  }

 private:
  struct Reading {
    model::Run run = {};
    std::unique_ptr<MetricsReader> metrics = {};
    uint64_t records = 0;
    uint64_t lost = 0;  // rows that are no JSON
  };

  Reading& RunOf(std::string_view id, std::string_view name) {
    const auto found = runs_.find(ToAbsl(id));
    if (found != runs_.end()) return *found->second;
    auto reading = std::make_unique<Reading>();
    model::Run& run = reading->run;
    run.info.id = std::string(id);
    run.info.title = std::string(name);
    run.info.project = project_;
    run.name = StrCat(prefix_, name.empty() ? "run" : name);
    run.path = database_.path();
    run.whole = true;
    const std::string label = run.name;
    reading->metrics = std::make_unique<MetricsReader>(
        run,
        [this, label](std::string_view tag) {
          return !options_.select || options_.select(label, tag);
        },
        shared_);
    order_.push_back(reading.get());
    return *runs_.emplace(std::string(id), std::move(reading)).first->second;
  }

  // A statement over all rows of `table` in the order of their ids; the first two columns are the
  // run's id, which is its name before 0.24, and its name. Nothing where there is no such table.
  absl::StatusOr<std::optional<SqliteStatement>> Rows(std::string_view table,
                                                      std::string_view columns) {
    TELLTALE_ASSIGN_OR_RETURN(const std::vector<std::string> there, database_.Columns(table));
    if (there.empty()) return std::nullopt;
    const bool ids = std::find(there.begin(), there.end(), "run_id") != there.end();
    TELLTALE_ASSIGN_OR_RETURN(
        SqliteStatement rows,
        database_.Prepare(StrCat("SELECT ", ids ? "run_id" : "run_name", ", run_name, ", columns,
                                 " FROM ", table, " ORDER BY rowid")));
    return rows;
  }

  absl::Status ReadConfigs() {
    TELLTALE_ASSIGN_OR_RETURN(auto row, Rows("configs", "config"));
    while (row) {
      TELLTALE_ASSIGN_OR_RETURN(const bool more, row->Step());
      if (!more) break;
      Reading& reading = RunOf(row->Text(0), row->Text(1));
      if (!ReadConfig(row->Text(2), reading.run)) ++reading.lost;
    }
    return absl::OkStatus();
  }

  absl::Status ReadMetrics() {
    TELLTALE_ASSIGN_OR_RETURN(auto row, Rows("metrics", "timestamp, step, metrics"));
    while (row) {
      TELLTALE_ASSIGN_OR_RETURN(const bool more, row->Step());
      if (!more) break;
      Reading& reading = RunOf(row->Text(0), row->Text(1));
      const double time = Seconds(row->Text(2));
      ++reading.records;
      if (!reading.metrics->Add(row->Text(4), "", row->Int64(3), time)) ++reading.lost;
      if (++rows_ % kRowsBetweenProgress == 0) Tell();
    }
    Tell();
    return absl::OkStatus();
  }

  absl::Status ReadSystemMetrics() {
    TELLTALE_ASSIGN_OR_RETURN(auto row, Rows("system_metrics", "timestamp, metrics"));
    while (row) {
      TELLTALE_ASSIGN_OR_RETURN(const bool more, row->Step());
      if (!more) break;
      Reading& reading = RunOf(row->Text(0), row->Text(1));
      ++reading.records;
      const double time = Seconds(row->Text(2));
      if (!reading.metrics->AddNumbered(row->Text(3), kSystemPrefix, time)) ++reading.lost;
    }
    return absl::OkStatus();
  }

  absl::Status ReadAlerts() {
    TELLTALE_ASSIGN_OR_RETURN(const std::vector<std::string> columns, database_.Columns("alerts"));
    const bool ids = std::find(columns.begin(), columns.end(), "alert_id") != columns.end();
    TELLTALE_ASSIGN_OR_RETURN(auto row,
                              Rows("alerts", StrCat("timestamp, step, level, title, text, ",
                                                    ids ? "coalesce(alert_id, '')" : "''")));
    while (row) {
      TELLTALE_ASSIGN_OR_RETURN(const bool more, row->Step());
      if (!more) break;
      if (row->Text(7).starts_with(kAlertPrefix)) continue;
      model::Run& run = RunOf(row->Text(0), row->Text(1)).run;
      auto alerts = std::find_if(run.texts.begin(), run.texts.end(),
                                 [](const auto& each) { return each.tag == kAlertsTag; });
      if (alerts == run.texts.end()) {
        alerts = run.texts.emplace(run.texts.end());
        alerts->tag = std::string(kAlertsTag);
      }
      std::string text = StrCat("**", row->Text(5), "** (", row->Text(4), ")");
      if (!row->IsNull(6)) StrAppend(&text, ": ", row->Text(6));
      alerts->points.push_back({.step = row->Int64(3),
                                .wall_time = Seconds(row->Text(2)),
                                .strings = {std::move(text)}});
    }
    return absl::OkStatus();
  }

  void Finish(Reading& reading) {
    model::Run& run = reading.run;
    if (options_.verify_only) run.series.clear();
    model::SetWallTimes(run);
    for (model::Series& series : run.series) {
      series.steps.shrink_to_fit();
      series.wall_times.shrink_to_fit();
      series.values.shrink_to_fit();
    }
    struct stat info;
    const bool there = ::stat(database_.path().c_str(), &info) == 0;
    run.files.push_back({.path = database_.path(),
                         .bytes = there ? static_cast<uint64_t>(info.st_size) : 0,
                         .records = reading.records});
    if (reading.lost == 0) return;
    experiment_.problems.push_back(
        {.path = database_.path(),
         .kind = ProblemKind::kUnparsable,
         .message = StrCat("run ", run.info.title, ": ", reading.lost, " rows are no JSON objects"),
         .records_lost = reading.lost});
  }

  void Tell() {
    if (!options_.progress) return;
    uint64_t points = 0;
    for (const auto& [id, reading] : runs_) points += reading->metrics->points();
    options_.progress({.points = points});
  }

  void Note(const absl::Status& status) {
    if (status.ok()) return;
    experiment_.problems.push_back({.path = database_.path(),
                                    .kind = ProblemKind::kUnreadableFile,
                                    .message = std::string(status.message())});
  }

  const SqliteDatabase& database_;
  std::string project_;
  std::string prefix_;
  const ReadOptions& options_;
  model::Experiment& experiment_;
  absl::flat_hash_map<std::string, std::unique_ptr<Reading>> runs_;  // by id
  std::vector<Reading*> order_;
  MetricsShared shared_;
  uint64_t rows_ = 0;
};

absl::Status ReadOne(const std::string& path, std::string_view prefix, const ReadOptions& options,
                     model::Experiment& experiment) {
  TELLTALE_ASSIGN_OR_RETURN(const SqliteDatabase database,
                            SqliteDatabase::Open(path, SqliteDatabase::Mode::kRead));
  return Reader(database, fs::path(path).stem().string(), std::string(prefix), options, experiment)
      .Read();
}

// Names once: those of several runs of one name get the beginning of their ids.
void SettleNames(std::vector<model::Run>& runs) {
  absl::flat_hash_map<std::string, int> count;
  for (const model::Run& run : runs) ++count[run.name];
  for (model::Run& run : runs) {
    if (count[run.name] > 1) StrAppend(&run.name, " ", run.info.id.substr(0, 8));
  }
  std::sort(runs.begin(), runs.end(), [](const model::Run& a, const model::Run& b) {
    return std::tie(a.name, a.info.id) < std::tie(b.name, b.info.id);
  });
  // Ids that begin alike: whoever made them up wanted this.
  for (size_t i = 1; i < runs.size(); ++i) {
    if (runs[i].name <= runs[i - 1].name) runs[i].name = StrCat(runs[i - 1].name, "'");
  }
}

absl::StatusOr<std::vector<std::string>> DatabasesIn(const std::string& directory) {
  std::vector<std::string> paths;
  std::error_code error;
  for (fs::directory_iterator entry(directory, error), end; !error && entry != end;
       entry.increment(error)) {
    std::error_code ignored;
    if (entry->path().extension() != ".db" || !entry->is_regular_file(ignored)) continue;
    if (paths.size() == kMostDatabases) break;
    paths.push_back(
        StrCat(directory, directory.ends_with('/') ? "" : "/", entry->path().filename().string()));
  }
  if (error) return ErrnoStatus(error.value(), directory, "cannot list");
  std::sort(paths.begin(), paths.end());
  return paths;
}

}  // namespace

bool IsOurs(const std::vector<std::string>& tables) {
  const auto has = [&](std::string_view table) {
    return std::find(tables.begin(), tables.end(), table) != tables.end();
  };
  // The first release had metrics alone, and a table of that name is anybody's.
  return has("metrics") && has("configs") && !has("experiments") && !has("runs");
}

absl::StatusOr<model::Experiment> Read(const std::string& path, const ReadOptions& options) {
  model::Experiment experiment{.format = "trackio", .path = path};
  std::error_code error;
  if (!fs::is_directory(path, error)) {
    TELLTALE_RETURN_IF_ERROR(ReadOne(path, "", options, experiment));
    SettleNames(experiment.runs);
    return experiment;
  }
  TELLTALE_ASSIGN_OR_RETURN(const std::vector<std::string> paths, DatabasesIn(path));
  size_t read = 0;
  for (const std::string& each : paths) {
    const std::string prefix = StrCat(fs::path(each).stem().string(), "/");
    const absl::Status status = ReadOne(each, prefix, options, experiment);
    read += status.ok() ? 1 : 0;
    if (status.ok() || absl::IsInvalidArgument(status)) continue;  // somebody else's
    experiment.problems.push_back({.path = each,
                                   .kind = ProblemKind::kUnreadableFile,
                                   .message = std::string(status.message())});
  }
  if (read == 0) {
    return absl::NotFoundError(StrCat(path, ": holds no database of Trackio's that can be read"));
  }
  SettleNames(experiment.runs);
  return experiment;
}

}  // namespace telltale::formats::trackio
