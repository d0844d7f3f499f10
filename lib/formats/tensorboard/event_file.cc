#include "lib/formats/tensorboard/event_file.h"

#include <utility>

#include "lib/base/status_util.h"
#include "lib/base/str.h"
#include "lib/formats/tensorboard/event_scanner.h"
#include "lib/formats/tensorboard/run_builder.h"
#include "lib/records/tfrecord_reader.h"
#include "proto/event.pb.h"

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
  Loader(io::ByteSource& source, const EventFileOptions& options)
      : options_(options),
        problems_(options.path),
        reader_(source,
                {.max_payload = options.read->max_record_bytes,
                 .on_problem = [this](Problem problem) { problems_.Add(std::move(problem)); }}),
        builder_(*options.read, options.run_name, [this](ProblemKind kind, std::string message) {
          AddHere(kind, std::move(message), {});
        }) {}

  absl::StatusOr<EventFile> Load() {
    records::TfRecord buffered;
    while (true) {
      while (reader_.TakeBuffered(buffered)) Take(buffered);
      absl::StatusOr<std::optional<records::TfRecord>> record = reader_.Next();
      if (!record.ok()) {
        if (reader_.records() == 0) return record.status();
        AddHere(ProblemKind::kUnreadableFile, std::string(record.status().message()), {});
        break;
      }
      if (!record->has_value()) break;
      Take(**record);
    }
    reader_.Finish();
    ReportProgress(reader_.offset());
    EventFile file;
    file.run = builder_.Finish();
    file.problems = problems_.Take();
    file.events = events_;
    file.run.files.push_back({.path = options_.path,
                              .bytes = reader_.offset() + reader_.pending_bytes(),
                              .records = reader_.records(),
                              .pending_bytes = reader_.pending_bytes()});
    return file;
  }

 private:
  void Take(const records::TfRecord& record) {
    here_begin_ = record.offset;
    here_end_ = reader_.offset();
    if (PlainScalar plain; ScanPlainScalar(record.data, plain)) {
      builder_.AddPlain(plain);
    } else if (ScanScalars(record.data, scanned_)) {
      builder_.AddScanned(scanned_);
    } else if (event_.ParseFromArray(record.data.data(), static_cast<int>(record.data.size()))) {
      builder_.AddEvent(event_);
    } else {
      AddHere(ProblemKind::kUnparsable, "the record is intact but holds no Event message, skipped",
              1);
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
    if (reported_bytes_ == 0) {
      const uint64_t total = reader_.offset() + reader_.pending_bytes();
      if (total / 2 > bytes) {
        builder_.Expect(static_cast<double>(total) / static_cast<double>(bytes));
      }
    }
    if (options_.progress)
      options_.progress(bytes - reported_bytes_, builder_.points() - reported_points_);
    reported_bytes_ = bytes;
    reported_points_ = builder_.points();
  }

  const EventFileOptions& options_;
  ProblemList problems_;
  records::TfRecordReader reader_;
  RunBuilder builder_;
  ScannedEvent scanned_;
  proto::Event event_;
  uint64_t here_begin_ = 0;
  uint64_t here_end_ = 0;
  uint64_t events_ = 0;
  uint64_t reported_bytes_ = 0;
  uint64_t reported_points_ = 0;
};

}  // namespace

absl::StatusOr<EventFile> ReadEventFile(io::ByteSource& source, const EventFileOptions& options) {
  return Loader(source, options).Load();
}

}  // namespace telltale::formats::tensorboard
