#include "lib/edit/run_events.h"

#include <cmath>

#include "lib/base/bytes.h"
#include "lib/base/status_util.h"
#include "lib/base/str.h"
#include "lib/edit/open_log.h"

namespace telltale::edit {
namespace {

constexpr size_t kMostOpen = 512;

// Of an event as all writers lay it out: the wall time first. nullopt where there is none.
std::optional<double> WallTimeOf(std::string_view event) {
  constexpr char kWallTime = 1 << 3 | 1;
  if (event.size() < 1 + sizeof(double) || event[0] != kWallTime) return std::nullopt;
  const auto time = LoadLittleEndian<double>(event.data() + 1);
  return std::isfinite(time) ? std::optional(time) : std::nullopt;
}

}  // namespace

absl::StatusOr<RunEvents> RunEvents::Open(const std::vector<std::string>& files, Options options) {
  const bool by_time = options.by_time;
  if (by_time && files.size() > kMostOpen) {
    return absl::ResourceExhaustedError(StrCat(files.front(), ": the run has ", files.size(),
                                               " files; at most ", kMostOpen,
                                               " can be merged at once"));
  }
  RunEvents events(std::move(options));
  for (const std::string& path : files) events.files_.push_back({.path = path});
  for (size_t i = 0; by_time && i < files.size(); ++i) {
    TELLTALE_RETURN_IF_ERROR(events.Begin(i));
    TELLTALE_RETURN_IF_ERROR(events.Advance(i));
  }
  return events;
}

absl::Status RunEvents::Begin(size_t file) {
  File& each = files_[file];
  records::TfRecordOptions options;
  if (options_.on_problem) {
    options.on_problem = [sink = options_.on_problem, path = each.path](Problem problem) {
      problem.path = path;
      sink(std::move(problem));
    };
  }
  TELLTALE_ASSIGN_OR_RETURN(each.source, OpenLog(each.path, options.on_problem));
  each.reader = std::make_unique<records::TfRecordReader>(*each.source, std::move(options));
  return absl::OkStatus();
}

// The next record of one file; at its end the file is closed.
absl::StatusOr<std::optional<std::string_view>> RunEvents::Take(size_t file) {
  File& each = files_[file];
  if (each.ended) return std::nullopt;
  if (each.reader == nullptr) TELLTALE_RETURN_IF_ERROR(Begin(file));
  if (options_.records.empty() || each.records < options_.records[file]) {
    records::TfRecord record;
    if (!each.reader->TakeBuffered(record)) {
      TELLTALE_ASSIGN_OR_RETURN(const auto next, each.reader->Next());
      if (next) record = *next;
      each.ended = !next;
    }
    if (!each.ended) {
      ++each.records;
      return record.data;
    }
    torn_bytes_ += each.reader->pending_bytes();
    each.reader->Finish();
  }
  each.ended = true;
  each.reader.reset();
  each.source.reset();
  return std::nullopt;
}

absl::Status RunEvents::Advance(size_t file) {
  TELLTALE_ASSIGN_OR_RETURN(const auto next, Take(file));
  File& each = files_[file];
  each.next = next.value_or(std::string_view());
  if (next) each.time = WallTimeOf(*next).value_or(each.time);
  return absl::OkStatus();
}

absl::StatusOr<std::optional<RunRecord>> RunEvents::NextByTime() {
  if (used_) TELLTALE_RETURN_IF_ERROR(Advance(*used_));
  used_.reset();
  for (size_t i = 0; i < files_.size(); ++i) {
    if (!files_[i].ended && (!used_ || files_[i].time < files_[*used_].time)) used_ = i;
  }
  if (!used_) return std::nullopt;
  return RunRecord{files_[*used_].next, *used_};
}

absl::StatusOr<std::optional<RunRecord>> RunEvents::Next() {
  if (options_.by_time) return NextByTime();
  for (; at_ < files_.size(); ++at_) {
    TELLTALE_ASSIGN_OR_RETURN(const auto next, Take(at_));
    if (next) return RunRecord{*next, at_};
  }
  return std::nullopt;
}

std::vector<uint64_t> RunEvents::records() const {
  std::vector<uint64_t> records;
  for (const File& file : files_) records.push_back(file.records);
  return records;
}

}  // namespace telltale::edit
