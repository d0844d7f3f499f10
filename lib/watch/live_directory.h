// The event files of one directory, followed while they grow.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "lib/base/problem.h"
#include "lib/formats/format.h"
#include "lib/formats/tensorboard/event_tail.h"
#include "lib/model/experiment.h"

namespace telltale::watch {

// What a look at the files of a directory met.
struct DirectoryGrowth {
  uint64_t points = 0;    // new ones
  bool grew = false;      // something was read, points or not
  bool vanished = false;  // a file is gone: the directory has to be listed again
  bool reshaped = false;  // which runs and series there are has changed
  bool urgent = false;    // a point that should be judged at once: it is not finite, or far beyond
                          // where the series began
};

// A series less its points, a run less its series: these are moved out for a moment and back, since
// copying them costs what all else does not.
model::Series CopyWithoutPoints(model::Series& series);
model::Run CopyWithoutSeries(model::Run& run);

class LiveDirectory {
 public:
  // `folder` is where the files are, `name` and `run_path` what the run is called and where it is.
  // `read` must outlive the directory. Points that are not held are read again when they are lent.
  LiveDirectory(std::string folder, std::string name, std::string run_path,
                const formats::ReadOptions& read, bool hold_points);

  // Says which files there are, sorted. True where that has changed.
  bool SetFiles(const std::vector<std::string>& names);
  bool empty() const { return files_.empty(); }

  // Reads what is new.
  DirectoryGrowth Read(formats::tensorboard::TailReading reading);
  // Problems met since the last call.
  std::vector<Problem> TakeProblems();

  // Of all files.
  uint64_t points() const { return points_; }
  uint64_t bytes_of(
      const std::string& name) const;  // read of this file; 0 where it is not followed
  size_t longest_series() const { return longest_; }
  double first_wall_time() const;
  double last_wall_time() const;
  // Annotations of Telltale's stand here: nothing to be diagnosed.
  bool written_by_telltale() const { return own_; }

  // The runs that the files make, as the TensorBoard reader would have them. Those of a single file
  // whose points are held are lent, not copied: until they are taken back nothing may be read.
  // Fails where points are not held and the files have changed; the next Read() says how.
  absl::StatusOr<std::vector<model::Run>> Lend();
  void TakeBack(std::vector<model::Run> runs);
  // The same runs without their points: model::Series::released says how many there are.
  absl::StatusOr<std::vector<model::Run>> Outline();

  const std::string& name() const { return name_; }

 private:
  // How far a series has been looked through for urgent points.
  struct Seen {
    size_t points = 0;
    double reference = 0;  // magnitude from which "far beyond" is measured
    int urgent = 0;        // times that a point of it was called so
  };
  struct File {
    std::string name;
    std::unique_ptr<formats::tensorboard::EventTail> tail;  // nullptr: an annotation of Telltale's
    std::vector<Seen> seen = {};
    bool unreadable = false;  // and that has been told
  };

  // Counts for which a change means that the runs have to be grouped anew.
  struct Shape {
    size_t series = 0;
    size_t several_points = 0;  // series that have them
    size_t facts = 0;           // parameters and restarts
    bool operator==(const Shape&) const = default;
  };

  bool LookThrough(File& file, model::Run& run);
  // Whether the run of a single file is moved out and in again.
  bool Moves() const {
    return files_.size() == 1 && files_[0].tail != nullptr && !files_[0].tail->released();
  }
  void Sum();

  const std::string folder_;
  const std::string name_;
  const std::string run_path_;
  const formats::ReadOptions& read_;
  const bool hold_points_;
  std::vector<File> files_;
  std::vector<Problem> problems_;
  Shape shape_;
  uint64_t points_ = 0;
  size_t longest_ = 0;
  bool own_ = false;
};

}  // namespace telltale::watch
