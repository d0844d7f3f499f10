#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_join.h"
#include "lib/base/parallel.h"
#include "lib/base/status_util.h"
#include "lib/base/str.h"
#include "lib/formats/mlflow/names.h"
#include "lib/formats/mlflow/notes.h"
#include "lib/formats/mlflow/write_server.h"
#include "lib/formats/note_section.h"

namespace telltale::formats::mlflow {
namespace {

constexpr size_t kMostTagBytes = 8000;  // a server cuts off what is longer, and with it our mark
constexpr size_t kNotesAtOnce = 8;

// WithNoteSection(), the section being shortened to what the server holds.
absl::StatusOr<std::string> NoteWithin(std::string_view note, std::string_view markdown) {
  constexpr std::string_view kMore = "\n\n…\n";
  std::string text = WithNoteSection(note, markdown);
  if (text.size() <= kMostTagBytes) return text;
  const size_t excess = text.size() - kMostTagBytes + kMore.size();
  const size_t end =
      excess < markdown.size() ? markdown.rfind('\n', markdown.size() - excess) : std::string::npos;
  if (end == std::string_view::npos) {
    return absl::ResourceExhaustedError(
        "the run's description is so long that the server has no room for findings in it");
  }
  return WithNoteSection(note, StrCat(markdown.substr(0, end), kMore));
}

absl::StatusOr<NoteOutcome> PutNote(Server& server, const std::string& id, const RunNote& note) {
  TELLTALE_ASSIGN_OR_RETURN(const Answer answer, server.Get("runs/get", {{"run_id", id}}));
  absl::flat_hash_map<std::string, std::string> old;
  const auto run = ObjectOf(answer.root, "run");
  const auto data = run ? ObjectOf(*run, "data") : std::nullopt;
  if (data) {
    for (const simdjson::dom::element tag : ListOf(*data, "tags")) {
      old.emplace(TextOf(tag, "key"), TextOf(tag, "value"));
    }
  }
  TELLTALE_ASSIGN_OR_RETURN(const std::string text,
                            NoteWithin(old[std::string(kNoteTag)], note.markdown));
  // The verdict last: where it is, the rest is.
  const std::pair<std::string_view, std::string> tags[] = {
      {kNoteTag, text},
      {kFindingsTag, absl::StrJoin(note.findings, ", ")},
      {kVerdictTag, note.verdict}};
  const bool first = old[std::string(kVerdictTag)].empty();
  bool changed = false;
  for (const auto& [key, value] : tags) {
    if (old[std::string(key)] == value) continue;
    changed = true;
    TELLTALE_RETURN_IF_ERROR(
        server.Post("runs/set-tag", {{"run_id", id}, {"key", key}, {"value", value}}).status());
  }
  if (!changed) return NoteOutcome::kUnchanged;
  return first ? NoteOutcome::kWritten : NoteOutcome::kReplaced;
}

}  // namespace

std::vector<NoteResult> WriteServerNotes(Server& server, const model::Experiment& experiment,
                                         std::span<const RunNote> notes) {
  std::vector<NoteResult> results(notes.size());
  ParallelFor(notes.size(), kNotesAtOnce, [&](size_t i) {
    const model::Run& run = experiment.runs[notes[i].run];
    results[i].place = run.path;
    const absl::StatusOr<NoteOutcome> outcome = PutNote(server, run.info.id, notes[i]);
    if (outcome.ok()) {
      results[i].outcome = *outcome;
    } else {
      results[i].why = outcome.status();
    }
  });
  return results;
}

}  // namespace telltale::formats::mlflow
