#include "lib/edit/repair.h"

#include <memory>
#include <nlohmann/json.hpp>
#include <utility>

#include "lib/base/status_util.h"
#include "lib/base/str.h"
#include "lib/edit/destination.h"
#include "lib/edit/event_repair.h"
#include "lib/edit/log_files.h"
#include "lib/edit/open_log.h"
#include "lib/formats/wandb/read_files.h"
#include "lib/io/staging_directory.h"
#include "lib/records/leveldb_log_reader.h"
#include "lib/records/leveldb_log_writer.h"
#include "lib/records/tfrecord_reader.h"
#include "lib/records/tfrecord_writer.h"

namespace telltale::edit {
namespace {

constexpr std::string_view kFileVersion = "brain.Event:2";

// Damage as it is met, and the steps around it.
class Losses {
 public:
  explicit Losses(RepairedFile& file) : file_(file) {}

  ProblemSink Sink() {
    return [this](Problem problem) {
      problem.path = file_.path;
      file_.lost.push_back({.problem = std::move(problem), .step_before = step_});
    };
  }
  // The next intact event's step.
  void Step(int64_t step) {
    for (; answered_ < file_.lost.size(); ++answered_) file_.lost[answered_].step_behind = step;
    step_ = step;
  }

 private:
  RepairedFile& file_;
  std::optional<int64_t> step_;
  size_t answered_ = 0;  // losses whose step behind is known
};

class EventFileRepair {
 public:
  EventFileRepair(RepairedFile& file, io::ByteSink sink)
      : file_(file), losses_(file), writer_(std::move(sink)) {}

  absl::Status Run() {
    TELLTALE_ASSIGN_OR_RETURN(const auto source, OpenLog(file_.path, losses_.Sink()));
    records::TfRecordReader reader(*source, {.on_problem = losses_.Sink()});
    while (true) {
      TELLTALE_ASSIGN_OR_RETURN(const auto record, reader.Next());
      if (!record.has_value()) break;
      TELLTALE_RETURN_IF_ERROR(Take(record->data));
    }
    file_.torn_bytes = reader.pending_bytes();
    reader.Finish();
    file_.records = reader.records();
    for (const auto& [what, count] : repair_.changes()) file_.changes.emplace_back(what, count);
    return absl::OkStatus();
  }

 private:
  absl::Status Take(std::string_view data) {
    proto::Event event;
    if (!event.ParseFromArray(data.data(), static_cast<int>(data.size()))) {
      // No event: no reader takes it, and what stands behind it is not read by all of them.
      file_.lost.push_back({.problem = {.path = file_.path,
                                        .kind = ProblemKind::kUnparsable,
                                        .message = "an intact record is no event",
                                        .records_lost = 1}});
      return absl::OkStatus();
    }
    losses_.Step(event.step());
    bool changed = repair_.Apply(event);
    if (std::exchange(first_, false) && event.file_version() != kFileVersion) {
      if (event.has_file_version()) {
        event.set_file_version(std::string(kFileVersion));
        changed = true;
        file_.changes.emplace_back("an old file version became the one that readers expect", 1);
      } else {
        TELLTALE_RETURN_IF_ERROR(Begin(event.wall_time()));
      }
    }
    if (!changed) return writer_.Write(data);  // byte for byte
    std::string bytes;
    event.SerializeToString(&bytes);
    return writer_.Write(bytes);
  }

  // Without it TensorBoard drops points whose steps go back.
  absl::Status Begin(double wall_time) {
    proto::Event version;
    version.set_wall_time(wall_time);
    version.set_file_version(std::string(kFileVersion));
    file_.changes.emplace_back("a file version was put in front, as readers expect it", 1);
    std::string bytes;
    version.SerializeToString(&bytes);
    return writer_.Write(bytes);
  }

  RepairedFile& file_;
  Losses losses_;
  records::TfRecordWriter writer_;
  EventRepair repair_;
  bool first_ = true;
};

absl::Status RepairWandb(RepairedFile& file, io::ByteSink sink) {
  Losses losses(file);
  TELLTALE_ASSIGN_OR_RETURN(const auto source, OpenLog(file.path, losses.Sink()));
  records::LevelDbLogReader reader(*source, {.magic = std::string(formats::wandb::kMagic),
                                             .newest_version = formats::wandb::kNewestVersion,
                                             .on_problem = losses.Sink()});
  records::LevelDbLogWriter writer(std::move(sink),
                                   StrCat(formats::wandb::kMagic, std::string_view("\0", 1)));
  while (true) {
    TELLTALE_ASSIGN_OR_RETURN(const auto record, reader.Next());
    if (!record.has_value()) break;
    TELLTALE_RETURN_IF_ERROR(writer.Write(record->data));
  }
  file.torn_bytes = reader.pending_bytes();
  reader.Finish();
  file.records = reader.records();
  return absl::OkStatus();
}

absl::Status RepairInto(RepairedFile& file, LogKind kind, io::ByteSink sink) {
  if (kind == LogKind::kWandb) return RepairWandb(file, std::move(sink));
  return EventFileRepair(file, std::move(sink)).Run();
}

std::string FilesJson(const RepairReport& report) {
  auto files = nlohmann::ordered_json::array();
  for (const RepairedFile& file : report.files) {
    files.push_back({{"file", file.written},
                     {"records", file.records},
                     {"ranges_lost", file.lost.size()},
                     {"torn_bytes", file.torn_bytes}});
  }
  return files.dump(1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace

absl::StatusOr<RepairReport> Repair(const std::string& source, const std::string& destination,
                                    const RepairOptions& options) {
  TELLTALE_ASSIGN_OR_RETURN(const std::vector<LogFile> found, FindLogFiles(source));
  TELLTALE_ASSIGN_OR_RETURN(const Destination place,
                            Destination::Check("repair", source, destination));
  RepairReport report;
  for (const LogFile& log : found) {
    report.files.push_back({.path = log.path, .written = log.relative});
  }
  if (options.dry_run) {
    const auto nowhere = [](std::string_view) { return absl::OkStatus(); };
    for (size_t i = 0; i < found.size(); ++i) {
      TELLTALE_RETURN_IF_ERROR(RepairInto(report.files[i], found[i].kind, nowhere));
    }
    return report;
  }
  TELLTALE_ASSIGN_OR_RETURN(auto staging, place.Begin());
  for (size_t i = 0; i < found.size(); ++i) {
    RepairedFile& file = report.files[i];
    TELLTALE_ASSIGN_OR_RETURN(io::StagedFile out, staging.CreateFile(file.written));
    TELLTALE_RETURN_IF_ERROR(RepairInto(
        file, found[i].kind, [&out](std::string_view bytes) { return out.Write(bytes); }));
    TELLTALE_RETURN_IF_ERROR(out.Close());
  }
  TELLTALE_RETURN_IF_ERROR(place.Commit(std::move(staging), FilesJson(report)));
  return report;
}

}  // namespace telltale::edit
