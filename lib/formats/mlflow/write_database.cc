#include "lib/formats/mlflow/write_database.h"

#include <sys/stat.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <filesystem>
#include <limits>
#include <string>
#include <system_error>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "lib/base/status_util.h"
#include "lib/base/str.h"
#include "lib/formats/mlflow/names.h"
#include "lib/formats/mlflow/run_builder.h"
#include "lib/formats/mlflow/schema.h"
#include "lib/io/atomic_file.h"
#include "lib/io/sqlite.h"
#include "lib/model/params.h"

namespace telltale::formats::mlflow {
namespace {

using io::SqliteDatabase;
using io::SqliteStatement;

constexpr uint64_t kPointsBetweenReports = 100000;
constexpr std::string_view kConvertedTag = "telltale.conversion";  // every converted run has it

// A value as its columns hold it.
struct Stored {
  double value = 0;
  bool nan = false;
};

Stored StoredOf(double value) {
  if (std::isnan(value)) return {.value = 0, .nan = true};
  constexpr double kGreatest = std::numeric_limits<double>::max();
  return {.value = std::clamp(value, -kGreatest, kGreatest)};
}

class Writer {
 public:
  Writer(const SqliteDatabase& database, std::string artifacts, const WriteOptions& options,
         Written& written)
      : database_(database),
        artifacts_(std::move(artifacts)),
        options_(options),
        written_(written) {}

  absl::Status Write(const model::Experiment& experiment) {
    TELLTALE_ASSIGN_OR_RETURN(const std::vector<std::string> columns,
                              database_.Columns("experiments"));
    dated_experiments_ =
        std::find(columns.begin(), columns.end(), "creation_time") != columns.end();
    TELLTALE_RETURN_IF_ERROR(RemoveOlder(experiment));
    for (const model::Run& run : experiment.runs) TELLTALE_RETURN_IF_ERROR(WriteRun(run));
    return absl::OkStatus();
  }

 private:
  // What earlier conversions of these runs wrote.
  absl::Status RemoveOlder(const model::Experiment& experiment) {
    TELLTALE_RETURN_IF_ERROR(database_.Execute("CREATE TEMP TABLE older (id PRIMARY KEY)"));
    TELLTALE_ASSIGN_OR_RETURN(
        SqliteStatement find,
        database_.Prepare("SELECT EXISTS (SELECT 1 FROM tags WHERE run_uuid = ?1 AND key = ?2) "
                          "FROM runs WHERE run_uuid = ?1"));
    TELLTALE_ASSIGN_OR_RETURN(SqliteStatement add,
                              database_.Prepare("INSERT INTO older VALUES (?1)"));
    find.Bind(2, kConvertedTag);
    for (const model::Run& run : experiment.runs) {
      const std::string id = RunIdOf(run.info);
      find.Bind(1, id);
      TELLTALE_ASSIGN_OR_RETURN(const bool there, find.Step());
      const bool ours = there && find.Int64(0) != 0;
      find.Reset();
      if (!there) continue;
      if (!ours) {
        return absl::FailedPreconditionError(
            StrCat(database_.path(), ": holds a run ", id,
                   " that Telltale did not convert; choose another destination"));
      }
      add.Bind(1, id);
      TELLTALE_RETURN_IF_ERROR(add.Run());
      ++written_.replaced_runs;
    }
    if (written_.replaced_runs == 0) return absl::OkStatus();
    for (const std::string_view table : {"metrics", "latest_metrics", "params", "tags", "runs"}) {
      TELLTALE_RETURN_IF_ERROR(database_.Execute(
          StrCat("DELETE FROM ", table, " WHERE run_uuid IN (SELECT id FROM older)")));
    }
    return absl::OkStatus();
  }

  absl::StatusOr<int64_t> ExperimentOf(const model::Run& run) {
    const std::string name = FitRunName(run.info.project);
    if (const auto known = experiments_.find(name); known != experiments_.end()) {
      return known->second;
    }
    TELLTALE_ASSIGN_OR_RETURN(
        SqliteStatement find,
        database_.Prepare(
            "SELECT experiment_id, lifecycle_stage FROM experiments WHERE name = ?1"));
    find.Bind(1, name);
    TELLTALE_ASSIGN_OR_RETURN(const bool there, find.Step());
    if (there && find.Text(1) == "deleted") {
      return absl::FailedPreconditionError(
          StrCat(database_.path(), ": the experiment '", name,
                 "' is deleted there; restore it, or choose another destination"));
    }
    int64_t id = 0;
    if (there) {
      id = find.Int64(0);
    } else {
      TELLTALE_ASSIGN_OR_RETURN(id, AddExperiment(name, Milliseconds(run.info.start_time)));
    }
    experiments_.emplace(name, id);
    return id;
  }

  absl::StatusOr<int64_t> AddExperiment(const std::string& name, int64_t time) {
    TELLTALE_ASSIGN_OR_RETURN(
        SqliteStatement next,
        database_.Prepare("SELECT coalesce(max(experiment_id), 0) + 1 FROM experiments"));
    TELLTALE_RETURN_IF_ERROR(next.Step().status());
    const int64_t id = next.Int64(0);
    TELLTALE_ASSIGN_OR_RETURN(
        SqliteStatement insert,
        database_.Prepare(StrCat(
            "INSERT INTO experiments (experiment_id, name, artifact_location, lifecycle_stage",
            dated_experiments_ ? ", creation_time, last_update_time) VALUES (?1, ?2, ?3, 'active', "
                                 "?4, ?4)"
                               : ") VALUES (?1, ?2, ?3, 'active')")));
    insert.Bind(1, id);
    insert.Bind(2, name);
    insert.Bind(3, StrCat(artifacts_, "/", id));
    if (dated_experiments_) insert.Bind(4, time);
    TELLTALE_RETURN_IF_ERROR(insert.Run());
    return id;
  }

  absl::Status WriteRun(const model::Run& run) {
    TELLTALE_ASSIGN_OR_RETURN(const int64_t experiment, ExperimentOf(run));
    const std::string id = RunIdOf(run.info);
    TELLTALE_ASSIGN_OR_RETURN(
        SqliteStatement insert,
        database_.Prepare(
            "INSERT INTO runs (run_uuid, name, source_type, source_name, entry_point_name, "
            "user_id, status, start_time, end_time, source_version, lifecycle_stage, "
            "artifact_uri, experiment_id) VALUES (?1, ?2, 'LOCAL', '', '', '', ?3, ?4, ?5, '', "
            "'active', ?6, ?7)"));
    insert.Bind(1, id);
    insert.Bind(2, TitleOf(run));
    insert.Bind(3, StatusName(run.info.status));
    insert.Bind(4, Milliseconds(run.info.start_time));
    insert.Bind(5, Milliseconds(run.info.end_time));
    insert.Bind(6, StrCat(artifacts_, "/", experiment, "/", id, "/artifacts"));
    insert.Bind(7, experiment);
    TELLTALE_RETURN_IF_ERROR(insert.Run());
    TELLTALE_RETURN_IF_ERROR(WritePairs("params", id, run.params));
    std::vector<model::Param> tags = run.tags;
    tags.push_back({std::string(kNameTag), TitleOf(run)});
    if (!run.info.note.empty()) tags.push_back({std::string(kNoteTag), run.info.note});
    TELLTALE_RETURN_IF_ERROR(WritePairs("tags", id, tags));
    for (const model::Series& series : run.series) {
      TELLTALE_RETURN_IF_ERROR(WriteSeries(id, series));
    }
    ++written_.runs;
    return absl::OkStatus();
  }

  absl::Status WritePairs(std::string_view table, const std::string& id,
                          const std::vector<model::Param>& pairs) {
    TELLTALE_ASSIGN_OR_RETURN(
        SqliteStatement insert,
        database_.Prepare(StrCat("INSERT OR REPLACE INTO ", table,
                                 " (key, value, run_uuid) VALUES (?1, ?2, ?3)")));
    insert.Bind(3, id);
    for (const model::Param& pair : pairs) {
      insert.Bind(1, pair.name);
      insert.Bind(2, model::ParamText(pair.value));
      TELLTALE_RETURN_IF_ERROR(insert.Run());
    }
    return absl::OkStatus();
  }

  absl::Status WriteSeries(const std::string& id, const model::Series& series) {
    if (series.size() == 0) return absl::OkStatus();
    TELLTALE_ASSIGN_OR_RETURN(
        SqliteStatement insert,
        database_.Prepare("INSERT INTO metrics (key, value, timestamp, run_uuid, step, is_nan) "
                          "VALUES (?1, ?2, ?3, ?4, ?5, ?6)"));
    insert.Bind(1, series.tag);
    insert.Bind(4, id);
    size_t latest = 0;
    for (size_t i = 0; i < series.size(); ++i) {
      BindPoint(series, i, insert);
      TELLTALE_RETURN_IF_ERROR(insert.Run());
      if (!Precedes(series, i, latest)) latest = i;
      if (++written_.points % kPointsBetweenReports == 0 && options_.progress) {
        options_.progress({.points = written_.points});
      }
    }
    // What MLflow's table of runs shows.
    TELLTALE_ASSIGN_OR_RETURN(
        SqliteStatement last,
        database_.Prepare("INSERT INTO latest_metrics (key, value, timestamp, run_uuid, step, "
                          "is_nan) VALUES (?1, ?2, ?3, ?4, ?5, ?6)"));
    last.Bind(1, series.tag);
    last.Bind(4, id);
    BindPoint(series, latest, last);
    return last.Run();
  }

  static void BindPoint(const model::Series& series, size_t i, SqliteStatement& insert) {
    const Stored stored = StoredOf(series.values[i]);
    insert.Bind(2, stored.value);
    insert.Bind(3, Milliseconds(series.wall_times[i]));
    insert.Bind(5, series.steps[i]);
    insert.Bind(6, int64_t{stored.nan});
  }

  // MLflow's order of "latest": step, then time, then value.
  static bool Precedes(const model::Series& series, size_t a, size_t b) {
    const auto key = [&](size_t i) {
      return std::tuple(series.steps[i], Milliseconds(series.wall_times[i]),
                        StoredOf(series.values[i]).value);
    };
    return key(a) < key(b);
  }

  const SqliteDatabase& database_;
  std::string artifacts_;  // where MLflow would keep files of these runs; nothing is written there
  const WriteOptions& options_;
  Written& written_;
  bool dated_experiments_ = false;
  absl::flat_hash_map<std::string, int64_t> experiments_;
};

std::string ArtifactsOf(const std::string& path) {
  std::error_code error;
  const std::filesystem::path absolute = std::filesystem::absolute(path, error);
  return (error ? std::filesystem::path(path) : absolute).parent_path().string() + "/mlruns";
}

absl::Status CheckRevision(const SqliteDatabase& database) {
  TELLTALE_ASSIGN_OR_RETURN(const std::vector<std::string> columns,
                            database.Columns("alembic_version"));
  std::string revision;
  if (!columns.empty()) {
    TELLTALE_ASSIGN_OR_RETURN(SqliteStatement row,
                              database.Prepare("SELECT version_num FROM alembic_version"));
    TELLTALE_ASSIGN_OR_RETURN(const bool there, row.Step());
    if (there) revision = std::string(row.Text(0));
  }
  if (revision == kNewRevision || revision == kCurrentRevision) return absl::OkStatus();
  return absl::FailedPreconditionError(StrCat(
      database.path(), ": has the schema ", revision.empty() ? "of no MLflow" : revision,
      ", and runs can only be added to ", kCurrentRevision, " (MLflow 3.17) and ", kNewRevision,
      "; `mlflow db upgrade sqlite:///", database.path(), "` brings an older one there"));
}

absl::StatusOr<Written> WriteNew(const model::Experiment& experiment, const std::string& path,
                                 const WriteOptions& options) {
  Written written{.places = {path}};
  TELLTALE_ASSIGN_OR_RETURN(io::AtomicFile file, io::AtomicFile::Create(path));
  {
    TELLTALE_ASSIGN_OR_RETURN(
        const SqliteDatabase database,
        SqliteDatabase::Open(file.temporary(), SqliteDatabase::Mode::kCreate));
    const std::string artifacts = ArtifactsOf(path);
    TELLTALE_RETURN_IF_ERROR(database.Execute(StrCat("BEGIN;", kTables)));
    TELLTALE_ASSIGN_OR_RETURN(
        SqliteStatement first,
        database.Prepare("INSERT INTO experiments VALUES (0, 'Default', ?1, 'active')"));
    first.Bind(1, StrCat(artifacts, "/0"));
    TELLTALE_RETURN_IF_ERROR(first.Run());
    TELLTALE_RETURN_IF_ERROR(Writer(database, artifacts, options, written).Write(experiment));
    TELLTALE_RETURN_IF_ERROR(database.Execute("COMMIT"));
  }
  TELLTALE_RETURN_IF_ERROR(file.Commit());
  return written;
}

absl::StatusOr<Written> Append(const model::Experiment& experiment, const std::string& path,
                               const WriteOptions& options) {
  Written written{.places = {path}};
  TELLTALE_ASSIGN_OR_RETURN(const SqliteDatabase database,
                            SqliteDatabase::Open(path, SqliteDatabase::Mode::kUpdate));
  TELLTALE_RETURN_IF_ERROR(CheckRevision(database));
  TELLTALE_RETURN_IF_ERROR(database.Execute("BEGIN IMMEDIATE"));
  TELLTALE_RETURN_IF_ERROR(Writer(database, ArtifactsOf(path), options, written).Write(experiment));
  TELLTALE_RETURN_IF_ERROR(database.Execute("COMMIT"));
  return written;
}

}  // namespace

std::string DatabaseAt(const std::string& destination) {
  const std::filesystem::path path(destination);
  const std::string extension = path.extension().string();
  std::error_code error;
  if (std::filesystem::is_regular_file(path, error)) return destination;
  const bool named = extension == ".db" || extension == ".sqlite" || extension == ".sqlite3";
  if (named && !std::filesystem::is_directory(path, error)) return destination;
  return StrCat(destination, destination.ends_with('/') ? "" : "/", "mlflow.db");
}

absl::StatusOr<Written> WriteDatabase(const model::Experiment& experiment,
                                      const std::string& destination, const WriteOptions& options) {
  const std::string path = DatabaseAt(destination);
  struct stat info;
  if (::stat(path.c_str(), &info) == 0) return Append(experiment, path, options);
  return WriteNew(experiment, path, options);
}

}  // namespace telltale::formats::mlflow
