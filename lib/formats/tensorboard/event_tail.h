// Follows one event file that somebody is writing: reads only what has been appended.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "lib/base/problem.h"
#include "lib/formats/format.h"
#include "lib/formats/tensorboard/run_builder.h"
#include "lib/io/byte_source.h"
#include "lib/model/experiment.h"
#include "lib/records/tfrecord_reader.h"

namespace telltale::formats::tensorboard {

// What a look at the file met.
struct TailChange {
  bool gone = false;      // there is no such file any more
  bool replaced = false;  // another file has its name, or it is shorter than what was read of it:
                          // what was known of it is forgotten, and it is read from its beginning
  bool grew = false;      // something was read
};

// A compressed file cannot be read on from where it ended: it is read again as a whole, when it has
// grown by a quarter or everything is asked for.
enum class TailReading { kGrowth, kEverything };

class EventTail {
 public:
  // `run_name` is given to ReadOptions::select; `read` and what `on_problem` refers to must outlive
  // the tail. Problems come with the path, at most kMostProblems of a file: a hostile one could
  // make each of its records into a message.
  EventTail(std::string path, std::string run_name, const ReadOptions& read,
            ProblemSink on_problem);
  ~EventTail();
  EventTail(const EventTail&) = delete;
  EventTail& operator=(const EventTail&) = delete;

  // Reads what is there and was not read before. No file is kept open between two calls, so that
  // thousands may be followed. Fails where the file cannot be read; the next call goes on where
  // this one stopped.
  absl::StatusOr<TailChange> Read(TailReading reading = TailReading::kGrowth);

  // Everything so far, less what was released. The run may be moved away between two calls of Read
  // and has to be back before the next one.
  model::Run& run() { return builder_->run(); }

  // Lets go of all points and texts; model::Series::released says how many points. What a
  // compressed file holds stays: to read it again would be to decompress it again.
  void Release();
  bool released() const { return released_; }
  // The run as it was after the last Read(), with all its points: the file is read again up to
  // where that ended. Fails where it cannot be, or is not what it was; then the next Read() begins
  // anew.
  absl::StatusOr<model::Run> ReadAgain();

  uint64_t points() const { return builder_->points(); }
  uint64_t bytes() const;    // read so far
  uint64_t records() const;  // intact ones
  const std::string& path() const { return path_; }

  static constexpr size_t kMostProblems = 100;

 private:
  class File;

  void Restart();
  void Report(Problem problem);
  absl::Status ReadRecords(records::TfRecordReader& reader);
  absl::Status ReadCompressed();

  const std::string path_;
  const std::string run_name_;
  const ReadOptions& read_;
  const ProblemSink on_problem_;
  std::unique_ptr<File> file_;
  std::unique_ptr<RunBuilder> builder_;
  std::unique_ptr<records::TfRecordReader> reader_;
  std::optional<bool> compressed_;  // nullopt: too short to tell
  uint64_t compressed_read_ = 0;    // bytes of it when it was read last
  uint64_t here_begin_ = 0;         // of the record that is being looked at
  uint64_t here_end_ = 0;
  size_t problems_ = 0;
  bool released_ = false;
  bool changed_ = false;  // ReadAgain() found another file
};

}  // namespace telltale::formats::tensorboard
