#include "lib/formats/mlflow/notes.h"

#include <string>

#include "absl/strings/str_join.h"
#include "lib/base/status_util.h"
#include "lib/base/str.h"
#include "lib/formats/mlflow/names.h"
#include "lib/formats/note_section.h"
#include "lib/io/sqlite.h"

namespace telltale::formats::mlflow {
namespace {

using io::SqliteDatabase;
using io::SqliteStatement;

class Notes {
 public:
  static absl::StatusOr<Notes> Of(const SqliteDatabase& database) {
    TELLTALE_ASSIGN_OR_RETURN(
        SqliteStatement get,
        database.Prepare("SELECT value FROM tags WHERE run_uuid = ?1 AND key = ?2"));
    TELLTALE_ASSIGN_OR_RETURN(
        SqliteStatement set,
        database.Prepare("INSERT OR REPLACE INTO tags (run_uuid, key, value) VALUES (?1, ?2, ?3)"));
    return Notes(std::move(get), std::move(set));
  }

  absl::StatusOr<NoteOutcome> Write(const std::string& id, const RunNote& note) {
    TELLTALE_ASSIGN_OR_RETURN(const std::string old_verdict, Get(id, kVerdictTag));
    TELLTALE_ASSIGN_OR_RETURN(const std::string old_findings, Get(id, kFindingsTag));
    TELLTALE_ASSIGN_OR_RETURN(const std::string old_note, Get(id, kNoteTag));
    const std::string findings = absl::StrJoin(note.findings, ", ");
    const std::string text = WithNoteSection(old_note, note.markdown);
    if (old_verdict == note.verdict && old_findings == findings && old_note == text) {
      return NoteOutcome::kUnchanged;
    }
    TELLTALE_RETURN_IF_ERROR(Set(id, kVerdictTag, note.verdict));
    TELLTALE_RETURN_IF_ERROR(Set(id, kFindingsTag, findings));
    TELLTALE_RETURN_IF_ERROR(Set(id, kNoteTag, text));
    return old_verdict.empty() ? NoteOutcome::kWritten : NoteOutcome::kReplaced;
  }

 private:
  Notes(SqliteStatement get, SqliteStatement set) : get_(std::move(get)), set_(std::move(set)) {}

  absl::StatusOr<std::string> Get(const std::string& id, std::string_view key) {
    get_.Bind(1, id);
    get_.Bind(2, key);
    TELLTALE_ASSIGN_OR_RETURN(const bool there, get_.Step());
    std::string value(there ? get_.Text(0) : "");
    get_.Reset();
    return value;
  }

  absl::Status Set(const std::string& id, std::string_view key, std::string_view value) {
    set_.Bind(1, id);
    set_.Bind(2, key);
    set_.Bind(3, value);
    return set_.Run();
  }

  SqliteStatement get_;
  SqliteStatement set_;
};

}  // namespace

absl::StatusOr<std::vector<NoteResult>> WriteDatabaseNotes(const model::Experiment& experiment,
                                                           std::span<const RunNote> notes) {
  std::vector<NoteResult> results;
  if (notes.empty()) return results;
  const std::string& path = experiment.runs[notes.front().run].path;
  TELLTALE_ASSIGN_OR_RETURN(const SqliteDatabase database,
                            SqliteDatabase::Open(path, SqliteDatabase::Mode::kUpdate));
  TELLTALE_RETURN_IF_ERROR(database.Execute("BEGIN IMMEDIATE"));
  TELLTALE_ASSIGN_OR_RETURN(Notes writer, Notes::Of(database));
  for (const RunNote& note : notes) {
    const model::Run& run = experiment.runs[note.run];
    TELLTALE_ASSIGN_OR_RETURN(const NoteOutcome outcome, writer.Write(run.info.id, note));
    results.push_back({.outcome = outcome, .place = StrCat(path, " (run ", run.info.id, ")")});
  }
  TELLTALE_RETURN_IF_ERROR(database.Execute("COMMIT"));
  return results;
}

}  // namespace telltale::formats::mlflow
