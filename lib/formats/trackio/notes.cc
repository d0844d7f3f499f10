#include "lib/formats/trackio/notes.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "lib/base/status_util.h"
#include "lib/base/str.h"
#include "lib/formats/trackio/names.h"
#include "lib/formats/trackio/schema.h"
#include "lib/io/sqlite.h"

namespace telltale::formats::trackio {
namespace {

using io::SqliteDatabase;
using io::SqliteStatement;

std::string_view LevelName(AlertLevel level) {
  switch (level) {
    case AlertLevel::kInfo:
      return "info";
    case AlertLevel::kWarning:
      return "warn";
    case AlertLevel::kError:
      return "error";
  }
  return "warn";
}

bool Same(const Alert& a, const Alert& b) {
  return a.level == b.level && a.title == b.title && a.text == b.text && a.step == b.step;
}

AlertLevel LevelOf(std::string_view name) {
  if (name == "error") return AlertLevel::kError;
  return name == "info" ? AlertLevel::kInfo : AlertLevel::kWarning;
}

// The alerts of one database, in whose rows a run is known by its id, before Trackio 0.24 by its
// name.
class Alerts {
 public:
  static absl::StatusOr<Alerts> Of(const SqliteDatabase& database) {
    TELLTALE_ASSIGN_OR_RETURN(std::vector<std::string> columns, database.Columns("alerts"));
    if (columns.empty()) {
      TELLTALE_RETURN_IF_ERROR(database.Execute(std::string(kAlertTable)));
      TELLTALE_ASSIGN_OR_RETURN(columns, database.Columns("alerts"));
    }
    const auto has = [&](std::string_view name) {
      return std::find(columns.begin(), columns.end(), name) != columns.end();
    };
    if (!has("alert_id") || !has("run_name") || !has("title")) {
      return absl::FailedPreconditionError(
          StrCat(database.path(), ": its table of alerts is not one that this version knows"));
    }
    return Alerts(database, has("run_id"));
  }

  absl::StatusOr<NoteOutcome> Write(const model::Run& run, const RunNote& note) {
    TELLTALE_ASSIGN_OR_RETURN(const std::vector<Alert> old, Existing(run));
    if (std::equal(old.begin(), old.end(), note.alerts.begin(), note.alerts.end(), Same)) {
      return NoteOutcome::kUnchanged;
    }
    TELLTALE_ASSIGN_OR_RETURN(SqliteStatement remove,
                              database_.Prepare(StrCat("DELETE FROM alerts WHERE ", ours_)));
    Bind(run, remove);
    TELLTALE_RETURN_IF_ERROR(remove.Run());
    TELLTALE_ASSIGN_OR_RETURN(
        SqliteStatement insert,
        database_.Prepare(
            StrCat("INSERT INTO alerts (", ids_ ? "run_id, " : "",
                   "run_name, timestamp, title, text, level, step, alert_id) VALUES (",
                   ids_ ? "?1, " : "", "?2, ?3, ?4, ?5, ?6, ?7, ?8)")));
    const std::string time = FormatTime(Microseconds(run.last_wall_time));
    for (size_t i = 0; i < note.alerts.size(); ++i) {
      const Alert& alert = note.alerts[i];
      if (ids_) insert.Bind(1, run.info.id);
      insert.Bind(2, run.info.title);
      insert.Bind(3, time);
      insert.Bind(4, alert.title);
      insert.Bind(5, alert.text);
      insert.Bind(6, LevelName(alert.level));
      if (alert.step) {
        insert.Bind(7, *alert.step);
      } else {
        insert.BindNull(7);
      }
      insert.Bind(8, StrCat(kAlertPrefix, run.info.id, "-", i + 1));
      TELLTALE_RETURN_IF_ERROR(insert.Run());
    }
    return old.empty() ? NoteOutcome::kWritten : NoteOutcome::kReplaced;
  }

 private:
  Alerts(const SqliteDatabase& database, bool ids) : database_(database), ids_(ids) {
    ours_ = StrCat(ids ? "run_id" : "run_name", " = ?1 AND substr(alert_id, 1, ",
                   kAlertPrefix.size(), ") = '", kAlertPrefix, "'");
  }

  void Bind(const model::Run& run, SqliteStatement& statement) const {
    statement.Bind(1, ids_ ? run.info.id : run.info.title);
  }

  absl::StatusOr<std::vector<Alert>> Existing(const model::Run& run) {
    TELLTALE_ASSIGN_OR_RETURN(
        SqliteStatement row,
        database_.Prepare(
            StrCat("SELECT level, title, text, step FROM alerts WHERE ", ours_, " ORDER BY id")));
    Bind(run, row);
    std::vector<Alert> alerts;
    while (true) {
      TELLTALE_ASSIGN_OR_RETURN(const bool more, row.Step());
      if (!more) return alerts;
      alerts.push_back({.level = LevelOf(row.Text(0)),
                        .title = std::string(row.Text(1)),
                        .text = std::string(row.Text(2)),
                        .step = row.IsNull(3) ? std::nullopt : std::optional(row.Int64(3))});
    }
  }

  const SqliteDatabase& database_;
  bool ids_;
  std::string ours_;  // which rows are a run's of ours
};

absl::Status WriteInto(const std::string& path, const model::Experiment& experiment,
                       std::span<const RunNote> notes, const std::vector<size_t>& which,
                       std::vector<NoteResult>& results) {
  TELLTALE_ASSIGN_OR_RETURN(const SqliteDatabase database,
                            SqliteDatabase::Open(path, SqliteDatabase::Mode::kUpdate));
  TELLTALE_RETURN_IF_ERROR(database.Execute("BEGIN IMMEDIATE"));
  TELLTALE_ASSIGN_OR_RETURN(Alerts alerts, Alerts::Of(database));
  for (const size_t i : which) {
    const model::Run& run = experiment.runs[notes[i].run];
    TELLTALE_ASSIGN_OR_RETURN(results[i].outcome, alerts.Write(run, notes[i]));
  }
  return database.Execute("COMMIT");
}

}  // namespace

absl::StatusOr<std::vector<NoteResult>> WriteNotes(const model::Experiment& experiment,
                                                   std::span<const RunNote> notes) {
  std::vector<NoteResult> results(notes.size());
  std::map<std::string, std::vector<size_t>> by_path;
  for (size_t i = 0; i < notes.size(); ++i) {
    const model::Run& run = experiment.runs[notes[i].run];
    by_path[run.path].push_back(i);
    results[i].place = StrCat(run.path, " (run ", run.info.title, ")");
  }
  for (const auto& [path, which] : by_path) {
    const absl::Status status = WriteInto(path, experiment, notes, which, results);
    if (status.ok()) continue;
    for (const size_t i : which) {
      results[i].outcome = NoteOutcome::kFailed;
      results[i].why = status;
    }
  }
  return results;
}

}  // namespace telltale::formats::trackio
