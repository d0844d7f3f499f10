#include "lib/formats/trackio/write_database.h"

#include <sys/stat.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <string_view>
#include <system_error>
#include <utility>
#include <variant>
#include <vector>

#include "lib/base/status_util.h"
#include "lib/base/str.h"
#include "lib/formats/run_id.h"
#include "lib/formats/trackio/json_object.h"
#include "lib/formats/trackio/metrics.h"
#include "lib/formats/trackio/names.h"
#include "lib/formats/trackio/rows.h"
#include "lib/formats/trackio/schema.h"
#include "lib/io/atomic_file.h"
#include "lib/io/sqlite.h"
#include "lib/model/params.h"

namespace telltale::formats::trackio {
namespace {

namespace fs = std::filesystem;
using io::SqliteDatabase;
using io::SqliteStatement;
using Json = nlohmann::ordered_json;

constexpr uint64_t kPointsBetweenProgress = 100000;

Json JsonOf(const model::ParamValue& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  if (const auto* truth = std::get_if<bool>(&value)) return *truth;
  const double number = std::get<double>(value);
  if (std::isnan(number)) return "NaN";
  if (std::isinf(number)) return number > 0 ? "Infinity" : "-Infinity";
  return number;
}

// Whether Trackio would take the parameter for something else where it keeps parameters.
bool NeedsOwnPlace(const model::Param& param) {
  const auto* text = std::get_if<std::string>(&param.value);
  return param.name.starts_with('_') || (text != nullptr && WordValue(*text).has_value());
}

std::string ConfigOf(const model::Run& run) {
  Json config = Json::object();
  Json tags = Json::object();
  Json params = Json::object();
  for (const model::Param& param : run.params) {
    (NeedsOwnPlace(param) ? params : config)[param.name] = JsonOf(param.value);
  }
  for (const model::Param& tag : run.tags) tags[tag.name] = JsonOf(tag.value);
  config["_Username"] = nullptr;
  config[std::string(kCreated)] = FormatTime(Microseconds(run.info.start_time));
  config[std::string(kGroup)] = run.info.group.empty() ? Json() : Json(run.info.group);
  if (!params.empty()) config[std::string(kParams)] = std::move(params);
  if (!tags.empty()) config[std::string(kTags)] = std::move(tags);
  return config.dump(-1, ' ', false, Json::error_handler_t::replace);
}

bool IsConverted(std::string_view config) {
  model::Run run;
  if (!ReadConfig(config, run)) return false;
  return std::any_of(run.tags.begin(), run.tags.end(),
                     [](const model::Param& tag) { return tag.name == kConvertedTag; });
}

class Writer {
 public:
  Writer(const SqliteDatabase& database, const WriteOptions& options, Written& written)
      : database_(database), options_(options), written_(written) {}

  absl::Status Write(const std::vector<const model::Run*>& runs) {
    for (const model::Run* run : runs) TELLTALE_RETURN_IF_ERROR(RemoveOlder(*run));
    for (const model::Run* run : runs) TELLTALE_RETURN_IF_ERROR(WriteRun(*run));
    return absl::OkStatus();
  }

 private:
  absl::StatusOr<SqliteStatement> Prepare(std::string_view sql, std::string_view id) {
    TELLTALE_ASSIGN_OR_RETURN(SqliteStatement statement, database_.Prepare(sql));
    statement.Bind(1, id);
    return statement;
  }

  // What an earlier conversion of the run wrote.
  absl::Status RemoveOlder(const model::Run& run) {
    const std::string id = HexRunId(run.info.id);
    TELLTALE_ASSIGN_OR_RETURN(SqliteStatement config,
                              Prepare("SELECT config FROM configs WHERE run_id = ?1", id));
    TELLTALE_ASSIGN_OR_RETURN(const bool configured, config.Step());
    TELLTALE_ASSIGN_OR_RETURN(SqliteStatement metrics,
                              Prepare("SELECT 1 FROM metrics WHERE run_id = ?1 LIMIT 1", id));
    TELLTALE_ASSIGN_OR_RETURN(const bool measured, metrics.Step());
    if (!configured && !measured) return absl::OkStatus();
    if (!configured || !IsConverted(config.Text(0))) {
      return absl::FailedPreconditionError(
          StrCat(database_.path(), ": holds a run ", id,
                 " that Telltale did not convert; choose another destination"));
    }
    ++written_.replaced_runs;
    config.Reset();
    metrics.Reset();
    for (const std::string_view table : {"metrics", "configs"}) {
      TELLTALE_ASSIGN_OR_RETURN(SqliteStatement remove,
                                Prepare(StrCat("DELETE FROM ", table, " WHERE run_id = ?1"), id));
      TELLTALE_RETURN_IF_ERROR(remove.Run());
    }
    return absl::OkStatus();
  }

  absl::Status WriteRun(const model::Run& run) {
    const std::string id = HexRunId(run.info.id);
    const std::string name = TitleOf(run);
    TELLTALE_ASSIGN_OR_RETURN(SqliteStatement config,
                              Prepare("INSERT INTO configs (run_id, run_name, config, created_at) "
                                      "VALUES (?1, ?2, ?3, ?4)",
                                      id));
    config.Bind(2, name);
    config.Bind(3, ConfigOf(run));
    config.Bind(4, FormatTime(Microseconds(run.info.start_time)));
    TELLTALE_RETURN_IF_ERROR(config.Run());
    TELLTALE_ASSIGN_OR_RETURN(
        SqliteStatement insert,
        Prepare("INSERT INTO metrics (run_id, run_name, timestamp, step, metrics) "
                "VALUES (?1, ?2, ?3, ?4, ?5)",
                id));
    insert.Bind(2, name);
    ++written_.runs;
    return EachRow(run, [&](const Row& row) {
      insert.Bind(3, FormatTime(row.microseconds));
      insert.Bind(4, row.step);
      insert.Bind(5, row.metrics);
      Tell(row.points);
      return insert.Run();
    });
  }

  void Tell(uint64_t points) {
    const uint64_t before = written_.points;
    written_.points += points;
    const bool due = before / kPointsBetweenProgress != written_.points / kPointsBetweenProgress;
    if (due && options_.progress) options_.progress({.points = written_.points});
  }

  const SqliteDatabase& database_;
  const WriteOptions& options_;
  Written& written_;
};

absl::Status CheckSchema(const SqliteDatabase& database) {
  for (const char* table : {"metrics", "configs"}) {
    TELLTALE_ASSIGN_OR_RETURN(const std::vector<std::string> columns, database.Columns(table));
    const auto has = [&](std::string_view name) {
      return std::find(columns.begin(), columns.end(), name) != columns.end();
    };
    if (!has("run_name")) {
      return absl::FailedPreconditionError(
          StrCat(database.path(), ": is no database of Trackio's; choose another destination"));
    }
    if (!has("run_id")) {
      return absl::FailedPreconditionError(
          StrCat(database.path(),
                 ": is of a Trackio before 0.24; a newer one brings it up to date "
                 "when it first shows it"));
    }
  }
  return absl::OkStatus();
}

using Runs = std::vector<const model::Run*>;

absl::Status WriteNew(const Runs& runs, const std::string& path, const WriteOptions& options,
                      Written& written) {
  TELLTALE_ASSIGN_OR_RETURN(io::AtomicFile file, io::AtomicFile::Create(path));
  {
    TELLTALE_ASSIGN_OR_RETURN(
        const SqliteDatabase database,
        SqliteDatabase::Open(file.temporary(), SqliteDatabase::Mode::kCreate));
    TELLTALE_RETURN_IF_ERROR(database.Execute(StrCat("BEGIN;", kTables, kAlertTable)));
    TELLTALE_RETURN_IF_ERROR(Writer(database, options, written).Write(runs));
    TELLTALE_RETURN_IF_ERROR(database.Execute(StrCat(kIndexes, "COMMIT")));
  }
  return file.Commit();
}

absl::Status Append(const Runs& runs, const std::string& path, const WriteOptions& options,
                    Written& written) {
  TELLTALE_ASSIGN_OR_RETURN(const SqliteDatabase database,
                            SqliteDatabase::Open(path, SqliteDatabase::Mode::kUpdate));
  TELLTALE_RETURN_IF_ERROR(CheckSchema(database));
  TELLTALE_RETURN_IF_ERROR(database.Execute("BEGIN IMMEDIATE"));
  TELLTALE_RETURN_IF_ERROR(Writer(database, options, written).Write(runs));
  return database.Execute("COMMIT");
}

// The databases that `destination` means, with their runs.
std::map<std::string, Runs> Places(const model::Experiment& experiment,
                                   const std::string& destination) {
  std::error_code error;
  const bool file = fs::is_regular_file(destination, error) ||
                    (destination.ends_with(".db") && !fs::is_directory(destination, error));
  std::map<std::string, Runs> places;
  for (const model::Run& run : experiment.runs) {
    const std::string directory = StrCat(destination, destination.ends_with('/') ? "" : "/");
    places[file ? destination : StrCat(directory, FileNameOf(run.info.project))].push_back(&run);
  }
  return places;
}

}  // namespace

absl::StatusOr<Written> Write(const model::Experiment& experiment, const std::string& destination,
                              const WriteOptions& options) {
  Written written;
  for (const auto& [path, runs] : Places(experiment, destination)) {
    struct stat info;
    const bool there = ::stat(path.c_str(), &info) == 0;
    TELLTALE_RETURN_IF_ERROR((there ? Append : WriteNew)(runs, path, options, written));
    written.places.push_back(path);
  }
  return written;
}

}  // namespace telltale::formats::trackio
