#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "lib/base/status_util.h"
#include "lib/formats/format.h"
#include "lib/formats/mlflow/address.h"
#include "lib/formats/mlflow/names.h"
#include "lib/formats/mlflow/notes.h"
#include "lib/formats/mlflow/read_database.h"
#include "lib/formats/mlflow/read_server.h"
#include "lib/formats/mlflow/server.h"
#include "lib/formats/mlflow/write_database.h"
#include "lib/formats/mlflow/write_server.h"
#include "lib/io/sqlite.h"

namespace telltale::formats {
namespace mlflow {
namespace {

constexpr std::string_view kFileName = "mlflow.db";

bool IsNamed(std::string_view path) { return path.substr(path.rfind('/') + 1) == kFileName; }

// A damaged database may still show by its first page.
bool HeadIsOurs(std::string_view head) {
  return head.find("alembic_version") != std::string_view::npos ||
         head.find("latest_metrics") != std::string_view::npos ||
         head.find("experiments_lifecycle_stage") != std::string_view::npos;
}

Claim SniffDatabase(const SniffInput& input, const std::string& file, std::string_view head) {
  if (!io::IsSqlite(head)) return Claim::kNo;
  if (HeadIsOurs(head)) return Claim::kYes;
  const std::vector<std::string> tables =
      input.tables_of ? input.tables_of(file) : std::vector<std::string>();
  const auto has = [&](std::string_view table) {
    return std::find(tables.begin(), tables.end(), table) != tables.end();
  };
  if (has("experiments") && has("runs")) return Claim::kYes;
  return tables.empty() && IsNamed(file.empty() ? input.path : file) ? Claim::kYes : Claim::kMaybe;
}

Claim Sniff(const SniffInput& input) {
  if (IsAddress(input.path)) return Claim::kYes;
  if (!input.directory) return SniffDatabase(input, "", input.head);
  const std::string file(kFileName);
  const bool there = std::find(input.files.begin(), input.files.end(), file) != input.files.end();
  return there ? SniffDatabase(input, file, input.head_of(file)) : Claim::kNo;
}

absl::StatusOr<Server> ServerAt(const std::string& text) {
  TELLTALE_ASSIGN_OR_RETURN(Address address, ParseAddress(text));
  return Server::Connect(std::move(address));
}

absl::StatusOr<model::Experiment> Read(const std::string& path, const ReadOptions& options) {
  if (!IsAddress(path)) return ReadDatabase(path, DatabaseAt(path), options);
  TELLTALE_ASSIGN_OR_RETURN(Server server, ServerAt(path));
  return ReadServer(server, options);
}

absl::StatusOr<Written> Write(const model::Experiment& experiment, const std::string& destination,
                              const WriteOptions& options) {
  if (!IsAddress(destination)) return WriteDatabase(experiment, destination, options);
  TELLTALE_ASSIGN_OR_RETURN(Server server, ServerAt(destination));
  return WriteServer(server, experiment, options);
}

absl::StatusOr<std::vector<NoteResult>> Note(const model::Experiment& experiment,
                                             std::span<const RunNote> notes) {
  if (!IsAddress(experiment.path)) return WriteDatabaseNotes(experiment, notes);
  TELLTALE_ASSIGN_OR_RETURN(Server server, ServerAt(experiment.path));
  return WriteServerNotes(server, experiment, notes);
}

bool Claims(std::string_view destination) { return IsAddress(destination) || IsNamed(destination); }

constexpr Sink kSink{.capacity = {.negative_zero = false,
                                  .greatest_double = false,
                                  .time_unit = 1e-3,
                                  .odd_wall_times = false,
                                  .repeated_points = false,
                                  .params = true,
                                  .param_bytes = 6000,
                                  .tags = true,
                                  .tag_bytes = 5000,
                                  .notes = true},
                     .claims = Claims,
                     .fit_tag = FitKey,
                     .fit_run = FitRunName,
                     .write = Write};

}  // namespace
}  // namespace mlflow

extern const Format mlflow_format;
const Format mlflow_format{
    .id = "mlflow",
    .summary =
        "MLflow database (SQLite: mlflow.db, or the directory that holds it) or tracking server "
        "(http://...)",
    .sniff = mlflow::Sniff,
    .read = mlflow::Read,
    .sink = &mlflow::kSink,
    .write_notes = mlflow::Note,
    .notes_shown =
        "in `mlflow ui`: tags telltale.verdict and telltale.findings, and each run's description",
};

}  // namespace telltale::formats
