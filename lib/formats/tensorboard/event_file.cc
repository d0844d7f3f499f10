#include "lib/formats/tensorboard/event_file.h"

#include <utility>

#include "lib/base/status_util.h"
#include "lib/base/str.h"
#include "lib/formats/tensorboard/event_decoder.h"
#include "lib/formats/tensorboard/run_builder.h"
#include "lib/records/tfrecord_reader.h"

namespace telltale::formats::tensorboard {
namespace {

constexpr uint64_t kProgressEvery = uint64_t{1} << 20;  // bytes

// Every problem of one file, up to a number that a person could still look at; beyond it they are
// only counted, since a hostile file could otherwise make each of its records into a message.
class ProblemList {
 public:
  explicit ProblemList(const std::string& path) : path_(path) {}

  void Add(Problem problem) {
    if (problems_.size() >= kMost) {
      ++more_;
      more_records_ += problem.records_lost.value_or(0);
      if (more_begin_ == 0) more_begin_ = problem.begin;
      more_end_ = problem.end;
      return;
    }
    problem.path = path_;
    problems_.push_back(std::move(problem));
  }

  std::vector<Problem> Take() {
    if (more_ > 0) {
      problems_.push_back({.path = path_,
                           .begin = more_begin_,
                           .end = more_end_,
                           .kind = ProblemKind::kLimitReached,
                           .message = StrCat(more_, " further problems in this file"),
                           .records_lost = more_records_});
    }
    return std::move(problems_);
  }

 private:
  static constexpr size_t kMost = 10000;
  std::string path_;
  std::vector<Problem> problems_;
  uint64_t more_ = 0;
  uint64_t more_records_ = 0;
  uint64_t more_begin_ = 0;
  uint64_t more_end_ = 0;
};

class Loader {
 public:
  Loader(io::ByteSource& source, const EventFileOptions& options, const PartOptions& part)
      : options_(options),
        part_(part),
        end_(part.end),
        problems_(options.path),
        reader_(source,
                {.max_payload = options.read->max_record_bytes,
                 .begin = part.begin,
                 .find_first = part.find_first,
                 .on_problem = [this](Problem problem) { problems_.Add(std::move(problem)); }}),
        builder_(*options.read, options.run_name, [this](ProblemKind kind, std::string message) {
          AddHere(kind, std::move(message), {});
        }) {
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
    FilePart part{.first = first_, .next = next_};
    part.depends_on_before = builder_.depends_on_before();
    if (part_.extend || part_.known != nullptr) part.tags = builder_.Facts();
    part.file.run = builder_.Finish();
    part.file.problems = problems_.Take();
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
    while (record.offset >= end_) [[unlikely]] {
        const uint64_t end = part_.extend ? part_.extend(end_) : end_;
        if (end == end_) {
          next_ = record.offset;
          return true;
        }
        end_ = end;
      }
    return false;
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
    if (reported_bytes_ == part_.begin) {
      const uint64_t total = reader_.offset() + reader_.pending_bytes() - part_.begin;
      const uint64_t read = bytes - part_.begin;
      if (read > 0 && total / 2 > read) {
        builder_.Expect(static_cast<double>(total) / static_cast<double>(read));
      }
    }
    if (options_.progress)
      options_.progress(bytes - reported_bytes_, builder_.points() - reported_points_);
    reported_bytes_ = bytes;
    reported_points_ = builder_.points();
  }

  const EventFileOptions& options_;
  const PartOptions& part_;
  uint64_t end_;  // of the part, which may move on
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
  return std::move(part.file);
}

}  // namespace telltale::formats::tensorboard
