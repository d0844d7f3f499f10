#include "lib/formats/tensorboard/event_file.h"

#include <utility>

#include "lib/base/status_util.h"
#include "lib/formats/tensorboard/append_run.h"
#include "lib/formats/tensorboard/event_decoder.h"
#include "lib/formats/tensorboard/run_builder.h"
#include "lib/records/tfrecord_reader.h"

namespace telltale::formats::tensorboard {
namespace {

constexpr uint64_t kProgressEvery = uint64_t{1} << 20;  // bytes

class Loader {
 public:
  Loader(io::ByteSource& source, const EventFileOptions& options, const PartOptions& part)
      : options_(options),
        part_(part),
        reader_(source,
                {.max_payload = options.read->max_record_bytes,
                 .begin = part.begin,
                 .find_first = part.find_first,
                 .find_before = part.end,
                 .on_problem = [this](Problem problem) { problems_.Add(std::move(problem)); }}),
        builder_(*options.read, options.run_name, [this](ProblemKind kind, std::string message) {
          AddHere(kind, std::move(message), {});
        }) {
    if (part.spare != nullptr) builder_.Recycle(*part.spare);
    if (part.known != nullptr) builder_.Assume(*part.known);
  }

  absl::StatusOr<FilePart> Load() {
    absl::Status failed = ReadEvents();
    if (!failed.ok()) {
      if (reader_.records() == 0) return failed;
      AddHere(ProblemKind::kUnreadableFile, std::string(failed.message()), {});
    }
    if (!next_.has_value()) reader_.Finish();
    const uint64_t end = next_.value_or(reader_.offset());
    ReportProgress(end);
    FilePart part{.end = part_.end, .first = first_, .next = next_};
    part.depends_on_before = builder_.depends_on_before();
    if (part_.end != UINT64_MAX || part_.known != nullptr) part.tags = builder_.Facts();
    part.file.run = builder_.Finish();
    part.problems = std::move(problems_);
    part.file.events = events_;
    const uint64_t pending = next_.has_value() ? 0 : reader_.pending_bytes();
    part.file.run.files.push_back({.path = options_.path,
                                   .bytes = end + pending,
                                   .records = reader_.records() - (next_.has_value() ? 1 : 0),
                                   .pending_bytes = pending});
    return part;
  }

 private:
  // Up to the end of the part or of the file.
  absl::Status ReadEvents() {
    records::TfRecord buffered;
    const auto& cancelled = options_.read->cancelled;
    while (true) {
      if (cancelled && cancelled()) return absl::CancelledError("the read was cancelled");
      TELLTALE_ASSIGN_OR_RETURN(const std::optional<records::TfRecord> record, reader_.Next());
      if (!record.has_value()) return absl::OkStatus();
      if (!first_.has_value()) first_ = record->offset;
      if (IsBehind(*record)) return absl::OkStatus();
      Take(*record);
      while (reader_.TakeBuffered(buffered)) {
        if (IsBehind(buffered)) return absl::OkStatus();
        Take(buffered);
      }
    }
  }

  // Whether the part ends before `record`.
  bool IsBehind(const records::TfRecord& record) {
    if (record.offset < part_.end) return false;
    next_ = record.offset;
    return true;
  }

  void Take(const records::TfRecord& record) {
    here_begin_ = record.offset;
    here_end_ = reader_.offset();
    if (!decoder_.Decode(record.data, builder_)) {
      AddHere(ProblemKind::kUnparsable, kNoEvent, 1);
      return;
    }
    ++events_;
    if (here_end_ - reported_bytes_ >= kProgressEvery) ReportProgress(here_end_);
  }

  void AddHere(ProblemKind kind, std::string message, std::optional<uint64_t> lost) {
    problems_.Add({.begin = here_begin_,
                   .end = here_end_,
                   .kind = kind,
                   .message = std::move(message),
                   .records_lost = lost});
  }

  void ReportProgress(uint64_t bytes) {
    if (reported_bytes_ == part_.begin && part_.spare == nullptr) {
      const uint64_t total = reader_.offset() + reader_.pending_bytes() - part_.begin;
      const uint64_t read = bytes - part_.begin;
      if (read > 0 && total / 2 > read) {
        ExpectPoints(builder_.run(), static_cast<double>(total) / static_cast<double>(read));
      }
    }
    if (options_.progress)
      options_.progress(bytes - reported_bytes_, builder_.points() - reported_points_);
    reported_bytes_ = bytes;
    reported_points_ = builder_.points();
  }

  const EventFileOptions& options_;
  const PartOptions& part_;
  std::optional<uint64_t> first_;
  std::optional<uint64_t> next_;
  ProblemList problems_;
  records::TfRecordReader reader_;
  RunBuilder builder_;
  EventDecoder decoder_;
  uint64_t here_begin_ = 0;
  uint64_t here_end_ = 0;
  uint64_t events_ = 0;
  uint64_t reported_bytes_ = part_.begin;
  uint64_t reported_points_ = 0;
};

}  // namespace

bool IsEventFileName(std::string_view name) {
  return name.find("tfevents") != std::string_view::npos;
}

absl::StatusOr<FilePart> ReadFilePart(io::ByteSource& source, const EventFileOptions& options,
                                      const PartOptions& part) {
  return Loader(source, options, part).Load();
}

absl::StatusOr<EventFile> ReadEventFile(io::ByteSource& source, const EventFileOptions& options) {
  const PartOptions all;
  TELLTALE_ASSIGN_OR_RETURN(FilePart part, Loader(source, options, all).Load());
  part.file.problems = part.problems.Take(options.path);
  return std::move(part.file);
}

}  // namespace telltale::formats::tensorboard
