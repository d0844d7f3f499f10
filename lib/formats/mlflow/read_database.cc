#include "lib/formats/mlflow/read_database.h"

#include <sys/stat.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "lib/base/status_util.h"
#include "lib/base/str.h"
#include "lib/formats/mlflow/names.h"
#include "lib/formats/mlflow/run_builder.h"
#include "lib/io/sqlite.h"

namespace telltale::formats::mlflow {
namespace {

using io::SqliteDatabase;
using io::SqliteStatement;

constexpr uint64_t kPointsBetweenProgress = 100000;

// The columns of a table that are there; what a schema does not have yet reads as something else.
class Columns {
 public:
  static absl::StatusOr<Columns> Of(const SqliteDatabase& database, std::string_view table) {
    TELLTALE_ASSIGN_OR_RETURN(std::vector<std::string> names, database.Columns(table));
    return Columns(std::move(names));
  }
  bool any() const { return !names_.empty(); }
  std::string Or(std::string_view name, std::string_view otherwise) const {
    const bool there = std::find(names_.begin(), names_.end(), name) != names_.end();
    return std::string(there ? name : otherwise);
  }

 private:
  explicit Columns(std::vector<std::string> names) : names_(std::move(names)) {}
  std::vector<std::string> names_;
};

class DatabaseReader {
 public:
  DatabaseReader(const std::string& root, const SqliteDatabase& database,
                 const ReadOptions& options)
      : database_(database), options_(options) {
    experiment_.format = "mlflow";
    experiment_.path = root;
  }

  absl::StatusOr<model::Experiment> Read() {
    TELLTALE_RETURN_IF_ERROR(ReadRuns());
    // From here on, what can be read is kept.
    Note(ReadPairs("params", [](std::string name, std::string value, model::Run& run) {
      run.params.push_back({std::move(name), std::move(value)});
    }));
    Note(ReadPairs("tags", AddTag));
    if (!options_.verify_only) Note(ReadMetrics());
    Finish(experiment_.runs);
    return std::move(experiment_);
  }

 private:
  absl::Status ReadRuns() {
    TELLTALE_ASSIGN_OR_RETURN(const Columns runs, Columns::Of(database_, "runs"));
    TELLTALE_ASSIGN_OR_RETURN(const Columns experiments, Columns::Of(database_, "experiments"));
    TELLTALE_ASSIGN_OR_RETURN(const Columns metrics, Columns::Of(database_, "metrics"));
    if (!runs.any() || !experiments.any() || !metrics.any()) {
      return absl::InvalidArgumentError(
          StrCat(database_.path(),
                 ": a SQLite database, but none of MLflow's: it lacks the tables "
                 "runs, experiments and metrics"));
    }
    const std::string sql = StrCat(
        "SELECT r.run_uuid, ", runs.Or("name", "''"), ", r.status, r.start_time, r.end_time, ",
        "(SELECT e.name FROM experiments AS e WHERE e.experiment_id = r.experiment_id), ",
        "coalesce(r.lifecycle_stage, 'active') <> 'active' OR ",
        "coalesce((SELECT e.lifecycle_stage FROM experiments AS e WHERE e.experiment_id = ",
        "r.experiment_id), 'active') <> 'active' FROM runs AS r");
    TELLTALE_ASSIGN_OR_RETURN(SqliteStatement row, database_.Prepare(sql));
    uint64_t deleted = 0;
    while (true) {
      const absl::StatusOr<bool> more = row.Step();
      if (!more.ok()) {
        Note(more.status());
        break;
      }
      if (!*more) break;
      if (row.Int64(6) != 0) {
        ++deleted;
      } else {
        AddRun(row);
      }
    }
    if (deleted > 0) {
      Remark(StrCat(deleted, deleted == 1 ? " deleted run is" : " deleted runs are", " left out"));
    }
    return absl::OkStatus();
  }

  void AddRun(const SqliteStatement& row) {
    const std::string id(row.Text(0));
    if (!by_id_.try_emplace(id, experiment_.runs.size()).second) return;
    model::Run& run = experiment_.runs.emplace_back();
    run.path = database_.path();
    run.info.id = id;
    run.info.title = std::string(row.Text(1));
    run.info.status = StatusOf(row.Text(2));
    run.info.start_time = row.IsNull(3) ? 0 : Seconds(row.Int64(3));
    run.info.end_time = row.IsNull(4) ? 0 : Seconds(row.Int64(4));
    run.info.project = std::string(row.Text(5));
  }

  template <typename Add>
  absl::Status ReadPairs(std::string_view table, Add add) {
    TELLTALE_ASSIGN_OR_RETURN(const Columns columns, Columns::Of(database_, table));
    if (!columns.any()) return absl::OkStatus();
    TELLTALE_ASSIGN_OR_RETURN(
        SqliteStatement row,
        database_.Prepare(StrCat("SELECT run_uuid, key, value FROM ", table, " ORDER BY rowid")));
    while (true) {
      TELLTALE_ASSIGN_OR_RETURN(const bool more, row.Step());
      if (!more) return absl::OkStatus();
      const auto run = by_id_.find(ToAbsl(row.Text(0)));
      if (run == by_id_.end()) continue;
      add(std::string(row.Text(1)), std::string(row.Text(2)), experiment_.runs[run->second]);
    }
  }

  // In the order of their rowids, which is that in which they were logged.
  absl::Status ReadMetrics() {
    TELLTALE_ASSIGN_OR_RETURN(const Columns columns, Columns::Of(database_, "metrics"));
    has_steps_ = columns.Or("step", "") == "step";
    TELLTALE_ASSIGN_OR_RETURN(
        SqliteStatement row,
        database_.Prepare(StrCat("SELECT run_uuid, key, timestamp, value, ",
                                 columns.Or("step", "0"), ", ", columns.Or("is_nan", "0"),
                                 " FROM metrics ORDER BY rowid")));
    if (!has_steps_) {
      Remark(
          "written by MLflow before 1.0, which stored no steps: points are numbered in their "
          "order");
    }
    while (true) {
      TELLTALE_ASSIGN_OR_RETURN(const bool more, row.Step());
      if (!more) break;
      model::Series* series = SeriesOf(row.Text(0), row.Text(1));
      if (series == nullptr) continue;
      AddPoint(row, *series);
    }
    Tell();
    return absl::OkStatus();
  }

  void AddPoint(const SqliteStatement& row, model::Series& series) {
    series.steps.push_back(has_steps_ ? row.Int64(4) : static_cast<int64_t>(series.size()));
    series.wall_times.push_back(has_steps_ ? Seconds(row.Int64(2)) : OldSeconds(row.Int64(2)));
    double value = row.Double(3);
    // MLflow stores infinities as the greatest finite doubles.
    constexpr double kGreatest = std::numeric_limits<double>::max();
    if (std::abs(value) == kGreatest) {
      value = std::copysign(std::numeric_limits<double>::infinity(), value);
    }
    if (row.Int64(5) != 0) value = std::numeric_limits<double>::quiet_NaN();
    series.values.push_back(value);
    if (++points_ % kPointsBetweenProgress == 0) Tell();
  }

  // Rows of one series mostly follow one another, or alternate between few.
  model::Series* SeriesOf(std::string_view id, std::string_view key) {
    if (id != last_id_) {
      const auto run = by_id_.find(ToAbsl(id));
      last_id_ = std::string(id);
      last_run_ = run == by_id_.end() ? nullptr : &experiment_.runs[run->second];
      last_tags_ = last_run_ == nullptr ? nullptr : &tags_[run->second];
    }
    if (last_run_ == nullptr) return nullptr;
    const auto found = last_tags_->find(ToAbsl(key));
    if (found != last_tags_->end()) {
      return found->second == kLeftOut ? nullptr : &last_run_->series[found->second];
    }
    if (options_.select && !options_.select(LabelOf(*last_run_), key)) {
      last_tags_->emplace(std::string(key), kLeftOut);
      return nullptr;
    }
    last_tags_->emplace(std::string(key), last_run_->series.size());
    last_run_->series.emplace_back().tag = std::string(key);
    return &last_run_->series.back();
  }

  void Tell() {
    if (options_.progress) options_.progress({.points = points_});
  }

  void Note(const absl::Status& status) {
    if (status.ok()) return;
    experiment_.problems.push_back({.path = database_.path(),
                                    .kind = ProblemKind::kUnreadableFile,
                                    .message = std::string(status.message())});
  }
  void Remark(std::string message) {
    experiment_.problems.push_back({.path = database_.path(),
                                    .kind = ProblemKind::kUnsupported,
                                    .message = std::move(message)});
  }

  static constexpr size_t kLeftOut = SIZE_MAX;

  const SqliteDatabase& database_;
  const ReadOptions& options_;
  model::Experiment experiment_;
  absl::flat_hash_map<std::string, size_t> by_id_;
  absl::flat_hash_map<size_t, absl::flat_hash_map<std::string, size_t>> tags_;  // by run
  bool has_steps_ = true;
  uint64_t points_ = 0;
  std::string last_id_;
  model::Run* last_run_ = nullptr;
  absl::flat_hash_map<std::string, size_t>* last_tags_ = nullptr;
};

}  // namespace

absl::StatusOr<model::Experiment> ReadDatabase(const std::string& root, const std::string& path,
                                               const ReadOptions& options) {
  TELLTALE_ASSIGN_OR_RETURN(const SqliteDatabase database,
                            SqliteDatabase::Open(path, SqliteDatabase::Mode::kRead));
  TELLTALE_ASSIGN_OR_RETURN(model::Experiment experiment,
                            DatabaseReader(root, database, options).Read());
  struct stat info;
  const uint64_t bytes = ::stat(path.c_str(), &info) == 0 ? static_cast<uint64_t>(info.st_size) : 0;
  for (model::Run& run : experiment.runs) {
    uint64_t points = 0;
    for (const model::Series& series : run.series) points += series.size();
    run.files.push_back({.path = path, .bytes = bytes, .records = points});
  }
  return experiment;
}

}  // namespace telltale::formats::mlflow
