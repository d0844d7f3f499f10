// Trackio's tables (0.43), as far as a new database needs them: Trackio adds the others when it
// opens it.
#pragma once

#include <string_view>

namespace telltale::formats::trackio {

// Of runs that a conversion wrote: a tag that they all have.
inline constexpr std::string_view kConvertedTag = "telltale.conversion";
// Members of a run's configuration: Trackio's own, and those in which we keep what it has no place
// for. Trackio takes what begins with an underscore for its own business.
inline constexpr std::string_view kCreated = "_Created";
inline constexpr std::string_view kGroup = "_Group";
inline constexpr std::string_view kTags = "_Tags";
inline constexpr std::string_view kParams = "_Params";
// Ids of alerts that Telltale wrote begin so.
inline constexpr std::string_view kAlertPrefix = "telltale-";

inline constexpr std::string_view kTables = R"sql(
CREATE TABLE metrics (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  run_id TEXT NOT NULL,
  timestamp TEXT NOT NULL,
  run_name TEXT NOT NULL,
  step INTEGER NOT NULL,
  metrics TEXT NOT NULL,
  log_id TEXT,
  space_id TEXT);
CREATE TABLE configs (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  run_id TEXT NOT NULL,
  run_name TEXT NOT NULL,
  config TEXT NOT NULL,
  created_at TEXT NOT NULL,
  UNIQUE(run_id));
CREATE TABLE system_metrics (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  run_id TEXT NOT NULL,
  timestamp TEXT NOT NULL,
  run_name TEXT NOT NULL,
  metrics TEXT NOT NULL,
  log_id TEXT,
  space_id TEXT);
)sql";

// A database of Trackio's before 0.9 has no such table.
inline constexpr std::string_view kAlertTable = R"sql(
CREATE TABLE IF NOT EXISTS alerts (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  run_id TEXT NOT NULL,
  timestamp TEXT NOT NULL,
  run_name TEXT NOT NULL,
  title TEXT NOT NULL,
  text TEXT,
  level TEXT NOT NULL DEFAULT 'warn',
  step INTEGER,
  alert_id TEXT);
CREATE UNIQUE INDEX IF NOT EXISTS idx_alerts_alert_id ON alerts(alert_id) WHERE alert_id IS NOT NULL;
)sql";

// Those by which Trackio looks for things; made last, when all rows are there.
inline constexpr std::string_view kIndexes = R"sql(
CREATE INDEX IF NOT EXISTS idx_metrics_run_step ON metrics(run_id, step);
CREATE INDEX IF NOT EXISTS idx_metrics_run_timestamp ON metrics(run_id, timestamp);
CREATE INDEX IF NOT EXISTS idx_metrics_run_record ON metrics(run_id, run_name, timestamp);
CREATE INDEX IF NOT EXISTS idx_configs_run_name ON configs(run_name);
)sql";

}  // namespace telltale::formats::trackio
