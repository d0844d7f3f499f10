#include "lib/formats/tensorboard/event_tail.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <string_view>
#include <utility>

#include "lib/base/status_util.h"
#include "lib/base/str.h"
#include "lib/formats/tensorboard/event_decoder.h"

namespace telltale::formats::tensorboard {
namespace {

// Of what comes next about as much comes as came now; what a first look brought is not kept room
// for.
template <typename T>
void Empty(Column<T>& column) {
  constexpr size_t kMostRoom = 64;
  if (column.capacity() > kMostRoom) {
    column = {};
  } else {
    column.resize_down(0);
  }
}

}  // namespace

// The file as far as it had been written when it was opened last. What comes meanwhile is left for
// the next look: a fast writer cannot hold us here.
class EventTail::File final : public io::ByteSource {
 public:
  explicit File(const std::string& path) : path_(path) {}
  ~File() override { Close(); }

  // False when there is no such file.
  absl::StatusOr<bool> Open() {
    // O_NONBLOCK so that a FIFO cannot hang us; it has no effect on regular files.
    constexpr int kFlags = O_RDONLY | O_CLOEXEC | O_NONBLOCK;
    fd_ = ::open(path_.c_str(), kFlags | quietly_);
    if (fd_ < 0 && errno == EPERM && quietly_ != 0) {  // somebody else's file
      quietly_ = 0;
      fd_ = ::open(path_.c_str(), kFlags);
    }
    if (fd_ < 0 && (errno == ENOENT || errno == ENOTDIR)) return false;
    if (fd_ < 0) return ErrnoStatus(errno, path_, "cannot open");
    struct stat info;
    if (::fstat(fd_, &info) != 0) return ErrnoStatus(errno, path_, "cannot stat");
    if (!S_ISREG(info.st_mode)) return false;
    size_ = static_cast<uint64_t>(info.st_size);
    const Identity now = {info.st_dev, info.st_ino};
    same_ = !identity_.has_value() || *identity_ == now;
    identity_ = now;
    return true;
  }

  void Close() {
    if (fd_ >= 0) ::close(fd_);
    fd_ = -1;
  }

  void Rewind() { offset_ = 0; }
  // Nothing beyond `end` is read until it is opened again.
  void EndAt(uint64_t end) { size_ = std::min(size_, end); }
  bool Is(const File& other) const { return identity_ == other.identity_; }
  // It is the file that was opened before, and holds all that was read of it.
  bool Continues(uint64_t read) const { return same_ && size_ >= read; }
  uint64_t size() const { return size_; }
  uint64_t offset() const { return offset_; }

  // Whether the file begins like gzip data; nullopt where it is too short.
  std::optional<bool> IsCompressed() const {
    constexpr std::string_view kMagic("\x1f\x8b\x08", 3);
    char begin[kMagic.size()];
    const ssize_t got = ::pread(fd_, begin, sizeof begin, 0);
    if (got < static_cast<ssize_t>(sizeof begin)) return std::nullopt;
    return std::string_view(begin, sizeof begin) == kMagic;
  }

  absl::StatusOr<size_t> Read(char* out, size_t n) override {
    n = static_cast<size_t>(std::min<uint64_t>(n, *Remaining()));
    while (n > 0) {
      const ssize_t got = ::pread(fd_, out, n, static_cast<off_t>(offset_));
      if (got >= 0) {
        offset_ += static_cast<uint64_t>(got);
        return static_cast<size_t>(got);
      }
      if (errno != EINTR) return ErrnoStatus(errno, path_, "cannot read");
    }
    return 0;
  }

  std::optional<uint64_t> Remaining() override { return size_ > offset_ ? size_ - offset_ : 0; }
  std::string_view name() const override { return path_; }

 private:
  using Identity = std::pair<dev_t, ino_t>;

  // The time of the last access is not noted: with a look every second that would write as many
  // inodes to the disk.
#ifdef O_NOATIME
  static constexpr int kQuietly = O_NOATIME;
#else
  static constexpr int kQuietly = 0;
#endif

  const std::string& path_;
  int quietly_ = kQuietly;
  int fd_ = -1;
  uint64_t offset_ = 0;
  uint64_t size_ = 0;
  std::optional<Identity> identity_;
  bool same_ = true;
};

EventTail::EventTail(std::string path, std::string run_name, const ReadOptions& read,
                     ProblemSink on_problem)
    : path_(std::move(path)),
      run_name_(std::move(run_name)),
      read_(read),
      on_problem_(std::move(on_problem)),
      file_(std::make_unique<File>(path_)) {
  Restart();
}

EventTail::~EventTail() = default;

uint64_t EventTail::bytes() const {
  return compressed_ == true ? compressed_read_ : file_->offset();
}

uint64_t EventTail::records() const { return reader_->records(); }

void EventTail::Restart() {
  file_->Rewind();
  compressed_.reset();
  compressed_read_ = 0;
  problems_ = 0;
  released_ = false;
  changed_ = false;
  builder_ =
      std::make_unique<RunBuilder>(read_, run_name_, [this](ProblemKind kind, std::string message) {
        Report(
            {.begin = here_begin_, .end = here_end_, .kind = kind, .message = std::move(message)});
      });
  reader_ = std::make_unique<records::TfRecordReader>(
      *file_, records::TfRecordOptions{.max_payload = read_.max_record_bytes,
                                       .on_problem = [this](Problem problem) { Report(problem); }});
}

void EventTail::Report(Problem problem) {
  if (++problems_ > kMostProblems) return;
  problem.path = path_;
  on_problem_(std::move(problem));
  if (problems_ < kMostProblems) return;
  on_problem_({.path = path_,
               .begin = here_begin_,
               .end = here_end_,
               .kind = ProblemKind::kLimitReached,
               .message = "further problems of this file are not told"});
}

absl::StatusOr<TailChange> EventTail::Read(TailReading reading) {
  TailChange change;
  TELLTALE_ASSIGN_OR_RETURN(const bool there, file_->Open());
  if (!there) {
    file_->Close();
    change.gone = true;
    return change;
  }
  if (changed_ || !file_->Continues(bytes())) {
    change.replaced = true;
    Restart();
  }
  if (!compressed_.has_value()) compressed_ = file_->IsCompressed();
  absl::Status status;
  if (compressed_ == true) {
    const bool whole = reading == TailReading::kEverything;
    const uint64_t size = file_->size();
    if (size > compressed_read_ && (whole || size - compressed_read_ > compressed_read_ / 4)) {
      change.grew = true;
      status = ReadCompressed();
      compressed_read_ = size;
    }
  } else if (compressed_.has_value() && file_->size() > file_->offset()) {
    change.grew = true;
    status = ReadRecords(*reader_);
    reader_->ReleaseMemory();
  }
  file_->Close();
  if (!status.ok()) return status;
  return change;
}

void EventTail::Release() {
  if (compressed_ == true) return;
  released_ = true;
  for (model::Series& series : run().series) {
    series.released += series.size();
    Empty(series.steps);
    Empty(series.wall_times);
    Empty(series.values);
  }
  for (model::TextSeries& text : run().texts) text.points.clear();
}

absl::StatusOr<model::Run> EventTail::ReadAgain() {
  changed_ = true;  // until it turns out that it is not
  EventTail again(path_, run_name_, read_, [](const Problem&) {});  // they were told
  TELLTALE_ASSIGN_OR_RETURN(const bool there, again.file_->Open());
  if (!there) return absl::NotFoundError(StrCat(path_, ": is gone"));
  if (!again.file_->Is(*file_) || again.file_->size() < bytes()) {
    return absl::FailedPreconditionError(StrCat(path_, ": is another file than before"));
  }
  again.file_->EndAt(bytes());
  TELLTALE_RETURN_IF_ERROR(again.ReadRecords(*again.reader_));
  if (again.points() != points() || again.run().series.size() != run().series.size()) {
    return absl::FailedPreconditionError(StrCat(path_, ": holds something else than before"));
  }
  changed_ = false;
  return again.builder_->Finish();
}

absl::Status EventTail::ReadRecords(records::TfRecordReader& reader) {
  EventDecoder decoder;
  while (true) {
    if (read_.cancelled && read_.cancelled()) return absl::CancelledError("the read was cancelled");
    TELLTALE_ASSIGN_OR_RETURN(const std::optional<records::TfRecord> next, reader.Next());
    if (!next.has_value()) return absl::OkStatus();
    records::TfRecord record = *next;
    do {
      here_begin_ = record.offset;
      here_end_ = reader.offset();
      if (!decoder.Decode(record.data, *builder_)) {
        Report({.begin = here_begin_,
                .end = here_end_,
                .kind = ProblemKind::kUnparsable,
                .message = kNoEvent,
                .records_lost = 1});
      }
    } while (reader.TakeBuffered(record));
  }
}

absl::Status EventTail::ReadCompressed() {
  Restart();
  compressed_ = true;
  TELLTALE_ASSIGN_OR_RETURN(const auto source, io::OpenFile(path_));
  records::TfRecordReader reader(
      *source, {.max_payload = read_.max_record_bytes,
                .on_problem = [this](Problem problem) { Report(std::move(problem)); }});
  const absl::Status status = ReadRecords(reader);
  // The end of what is still being compressed cannot be unpacked yet.
  return reader.records() > 0 ? absl::OkStatus() : status;
}

}  // namespace telltale::formats::tensorboard
