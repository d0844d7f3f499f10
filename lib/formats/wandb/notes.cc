#include "lib/formats/wandb/notes.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <string_view>
#include <system_error>
#include <utility>

#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "lib/base/status_util.h"
#include "lib/base/str.h"
#include "lib/base/version.h"
#include "lib/formats/note_section.h"
#include "lib/formats/wandb/config.h"
#include "lib/formats/wandb/history_row.h"
#include "lib/formats/wandb/json.h"
#include "lib/formats/wandb/names.h"
#include "lib/formats/wandb/read_files.h"
#include "lib/formats/wandb/record_writer.h"
#include "lib/formats/wandb/write_runs.h"
#include "lib/io/byte_source.h"
#include "lib/io/staging_directory.h"
#include "lib/records/leveldb_log_reader.h"

namespace telltale::formats::wandb {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kOffline = "offline-";
constexpr std::string_view kSuffixOfNotes = "-telltale";

// What uploading a run once more would otherwise take from it: W&B replaces its config, summary and
// names by those of the file.
class Kept {
 public:
  absl::Status Read(const std::string& path) {
    TELLTALE_ASSIGN_OR_RETURN(const std::unique_ptr<io::ByteSource> source, io::OpenFile(path));
    records::LevelDbLogReader log(*source,
                                  {.magic = std::string(kMagic), .newest_version = kNewestVersion});
    HistoryRow row;
    while (true) {
      TELLTALE_ASSIGN_OR_RETURN(const auto record, log.Next());
      if (!record.has_value()) return absl::OkStatus();
      if (row.Scan(record->data, HistoryRow::Of::kHistory)) continue;
      proto::WandbRecord parsed;
      if (parsed.ParseFromArray(record->data.data(), static_cast<int>(record->data.size()))) {
        Add(std::move(parsed));
      }
    }
  }

  absl::Status Write(const RunNote& note, RecordWriter& writer) {
    TELLTALE_RETURN_IF_ERROR(writer.WriteHeader(StrCat(kNotesProducer, Version())));
    proto::WandbRecord record;
    run_.clear_config();
    run_.clear_summary();
    run_.set_notes(WithNoteSection(run_.notes(), note.markdown));
    *record.mutable_run() = run_;
    AddAll(config_, *record.mutable_run()->mutable_config());
    TELLTALE_RETURN_IF_ERROR(writer.Write(record));
    for (proto::WandbRecord& metric : metrics_) TELLTALE_RETURN_IF_ERROR(writer.Write(metric));
    proto::WandbRecord summary;
    AddAll(summary_, *summary.mutable_summary());
    AddItem(kVerdictKey, Quoted(note.verdict), *summary.mutable_summary());
    AddItem(kFindingsKey, Quoted(absl::StrJoin(note.findings, ", ")), *summary.mutable_summary());
    TELLTALE_RETURN_IF_ERROR(writer.Write(summary));
    return exit_.has_value() ? writer.Write(*exit_) : absl::OkStatus();
  }

  const std::string& id() const { return run_.run_id(); }

 private:
  void Add(proto::WandbRecord record) {
    switch (record.what_case()) {
      case proto::WandbRecord::kRun:
        config_.Apply(record.run().config());
        summary_.Apply(record.run().summary());
        run_ = std::move(*record.mutable_run());
        break;
      case proto::WandbRecord::kConfig:
        config_.Apply(record.config());
        break;
      case proto::WandbRecord::kSummary:
        summary_.Apply(record.summary());
        break;
      case proto::WandbRecord::kMetric:
        metrics_.push_back(std::move(record));
        break;
      case proto::WandbRecord::kEnding:
        exit_ = std::move(record);
        break;
      default:
        break;
    }
  }

  static void AddAll(const Values& values, proto::WandbItems& items) {
    values.ForEachText([&](const std::string& path, const std::string& json) {
      proto::WandbItem& item = *items.add_update();
      for (const absl::string_view part : absl::StrSplit(path, kPathSeparator)) {
        item.add_nested_key(std::string(part));
      }
      item.set_value_json(json);
    });
  }

  proto::WandbRun run_;
  Values config_;
  Values summary_;
  std::vector<proto::WandbRecord> metrics_;
  std::optional<proto::WandbRecord> exit_;
};

struct NotesPlace {
  std::string parent = {};
  std::string directory = {};
  std::string file = {};  // in it
};

// Beside the directory of the run's last file, or, where that stands in none of W&B's, beside it.
NotesPlace PlaceOf(const model::Run& run, const std::string& id) {
  const fs::path file(run.files.back().path);
  const fs::path directory = file.has_parent_path() ? file.parent_path() : fs::path(".");
  std::string name = directory.filename().string();
  NotesPlace place;
  if (name.starts_with("run-") || name.starts_with(StrCat(kOffline, "run-"))) {
    place.parent = directory.has_parent_path() ? directory.parent_path().string() : ".";
    if (!name.starts_with(kOffline)) name = StrCat(kOffline, name);
  } else {
    place.parent = directory.string();
    name = StrCat(kOffline, "run-", DirectoryTime(run.info.start_time), "-", id);
  }
  place.directory = StrCat(place.parent, "/", name, kSuffixOfNotes);
  place.file = StrCat("run-", id, kSuffix);
  return place;
}

absl::StatusOr<std::string> ReadWhole(const std::string& path) {
  TELLTALE_ASSIGN_OR_RETURN(const std::unique_ptr<io::ByteSource> source, io::OpenFile(path));
  std::string bytes;
  while (true) {
    constexpr size_t kPiece = size_t{64} << 10;
    const size_t before = bytes.size();
    bytes.resize(before + kPiece);
    TELLTALE_ASSIGN_OR_RETURN(const size_t got, source->Read(bytes.data() + before, kPiece));
    bytes.resize(before + got);
    if (got == 0) return bytes;
  }
}

absl::StatusOr<NoteOutcome> WriteNote(const model::Run& run, const RunNote& note,
                                      std::string& shown) {
  Kept kept;
  for (const model::RunFile& file : run.files) {
    shown = file.path;
    TELLTALE_RETURN_IF_ERROR(kept.Read(file.path));
  }
  const std::string id = kept.id().empty() ? run.info.id : kept.id();
  if (!IsRunId(id)) {
    return absl::FailedPreconditionError(StrCat(shown, ": its run has no id to add notes to"));
  }
  const NotesPlace place = PlaceOf(run, id);
  shown = place.directory;
  std::string bytes;
  RecordWriter writer(io::AppendTo(bytes));
  TELLTALE_RETURN_IF_ERROR(kept.Write(note, writer));

  const std::string file = StrCat(place.directory, "/", place.file);
  std::error_code error;
  const bool there = fs::exists(place.directory, error);
  if (there && !ProducerOf(file).starts_with(kNotesProducer)) {
    return absl::FailedPreconditionError(
        StrCat(place.directory, ": stands where the notes would, and Telltale did not write it"));
  }
  if (there) {
    TELLTALE_ASSIGN_OR_RETURN(const std::string old, ReadWhole(file));
    if (old == bytes) return NoteOutcome::kUnchanged;
  }
  TELLTALE_ASSIGN_OR_RETURN(io::StagingDirectory staging,
                            io::StagingDirectory::Create(place.parent));
  TELLTALE_RETURN_IF_ERROR(staging.WriteFile(place.file, bytes));
  fs::create_directory(StrCat(staging.path(), "/files"), error);
  if (error) return ErrnoStatus(error.value(), place.directory, "cannot make its directories");
  TELLTALE_RETURN_IF_ERROR(staging.Commit(place.directory));
  return there ? NoteOutcome::kReplaced : NoteOutcome::kWritten;
}

}  // namespace

absl::StatusOr<std::vector<NoteResult>> WriteNotes(const model::Experiment& experiment,
                                                   std::span<const RunNote> notes) {
  std::vector<NoteResult> results;
  for (const RunNote& note : notes) {
    NoteResult& result = results.emplace_back();
    const auto outcome = WriteNote(experiment.runs[note.run], note, result.place);
    result.outcome = outcome.value_or(NoteOutcome::kFailed);
    result.why = outcome.status();
  }
  return results;
}

}  // namespace telltale::formats::wandb
