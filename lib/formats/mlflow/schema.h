// The tables that Telltale makes in a new MLflow database.
//
// They are those of revision 89d4b8295536 (MLflow 1.8): from there every later MLflow brings the
// database to its own schema when it first opens it, so that a new database is good for all of
// them. Taking part in the newest schema itself would fit one version only.
#pragma once

#include <string_view>

namespace telltale::formats::mlflow {

inline constexpr std::string_view kNewRevision = "89d4b8295536";
// Of MLflow 3.17: what that makes of it.
inline constexpr std::string_view kCurrentRevision = "dc11669786a5";

inline constexpr std::string_view kTables = R"sql(
CREATE TABLE experiments (
  experiment_id INTEGER NOT NULL,
  name VARCHAR(256) NOT NULL UNIQUE,
  artifact_location VARCHAR(256),
  lifecycle_stage VARCHAR(32),
  CONSTRAINT experiment_pk PRIMARY KEY (experiment_id),
  CONSTRAINT experiments_lifecycle_stage CHECK (lifecycle_stage IN ('active', 'deleted')));
CREATE TABLE experiment_tags (
  key VARCHAR(250) NOT NULL,
  value VARCHAR(5000),
  experiment_id INTEGER NOT NULL REFERENCES experiments (experiment_id),
  CONSTRAINT experiment_tag_pk PRIMARY KEY (key, experiment_id));
CREATE TABLE runs (
  run_uuid VARCHAR(32) NOT NULL,
  name VARCHAR(250),
  source_type VARCHAR(20),
  source_name VARCHAR(500),
  entry_point_name VARCHAR(50),
  user_id VARCHAR(256),
  status VARCHAR(20),
  start_time BIGINT,
  end_time BIGINT,
  source_version VARCHAR(50),
  lifecycle_stage VARCHAR(20),
  artifact_uri VARCHAR(200),
  experiment_id INTEGER REFERENCES experiments (experiment_id),
  CONSTRAINT run_pk PRIMARY KEY (run_uuid),
  CONSTRAINT source_type CHECK (source_type IN ('NOTEBOOK', 'JOB', 'LOCAL', 'UNKNOWN', 'PROJECT')),
  CONSTRAINT runs_lifecycle_stage CHECK (lifecycle_stage IN ('active', 'deleted')),
  CONSTRAINT status CHECK (status IN ('SCHEDULED', 'FAILED', 'FINISHED', 'RUNNING', 'KILLED')));
CREATE TABLE metrics (
  key VARCHAR(250) NOT NULL,
  value FLOAT NOT NULL,
  timestamp BIGINT NOT NULL,
  run_uuid VARCHAR(32) NOT NULL REFERENCES runs (run_uuid),
  step BIGINT NOT NULL DEFAULT '0',
  is_nan BOOLEAN NOT NULL DEFAULT '0',
  CONSTRAINT metric_pk PRIMARY KEY (key, timestamp, step, run_uuid, value, is_nan),
  CHECK (is_nan IN (0, 1)));
CREATE TABLE latest_metrics (
  key VARCHAR(250) NOT NULL,
  value FLOAT NOT NULL,
  timestamp BIGINT,
  step BIGINT NOT NULL,
  is_nan BOOLEAN NOT NULL,
  run_uuid VARCHAR(32) NOT NULL REFERENCES runs (run_uuid),
  CONSTRAINT latest_metric_pk PRIMARY KEY (key, run_uuid),
  CHECK (is_nan IN (0, 1)));
CREATE TABLE params (
  key VARCHAR(250) NOT NULL,
  value VARCHAR(250) NOT NULL,
  run_uuid VARCHAR(32) NOT NULL REFERENCES runs (run_uuid),
  CONSTRAINT param_pk PRIMARY KEY (key, run_uuid));
CREATE TABLE tags (
  key VARCHAR(250) NOT NULL,
  value VARCHAR(5000),
  run_uuid VARCHAR(32) NOT NULL REFERENCES runs (run_uuid),
  CONSTRAINT tag_pk PRIMARY KEY (key, run_uuid));
CREATE TABLE alembic_version (
  version_num VARCHAR(32) NOT NULL,
  CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num));
INSERT INTO alembic_version VALUES ('89d4b8295536');
)sql";

}  // namespace telltale::formats::mlflow
