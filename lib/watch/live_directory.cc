#include "lib/watch/live_directory.h"

#include <algorithm>
#include <cmath>

#include "lib/base/status_util.h"
#include "lib/base/str.h"
#include "lib/formats/tensorboard/event_file.h"
#include "lib/formats/tensorboard/own_writer.h"
#include "lib/formats/tensorboard/sessions.h"

namespace telltale::watch {
namespace {

using formats::tensorboard::EventFile;
using formats::tensorboard::EventTail;

// A value this many times those at the beginning may be that of a divergence; the next alarm is at
// this many times that value. Not the values just before it are what it is held to: a divergence
// may grow by little from point to point.
constexpr double kFarBeyond = 4;
// The beginning: as long as there are fewer points than this, there is nothing to be beyond of.
constexpr size_t kBeginning = 8;
// Of one series: what is urgent again and again is how the series is.
constexpr int kMostUrgent = 8;

// Columns of their own accord double, which of thousands of runs that grow for days is memory for
// as many points again. These grow little and often.
template <typename T>
void MakeSomeRoom(Column<T>& column) {
  const size_t room = 8 + column.size() / 16;
  if (column.capacity() - column.size() < room) column.reserve(column.size() + 2 * room);
}

model::Series OutlineOf(model::Series& series) {
  model::Series outline = CopyWithoutPoints(series);
  outline.released += series.size();
  return outline;
}

}  // namespace

model::Series CopyWithoutPoints(model::Series& series) {
  model::Series points{.steps = std::move(series.steps),
                       .wall_times = std::move(series.wall_times),
                       .values = std::move(series.values),
                       .axis_values = std::move(series.axis_values)};
  model::Series copy = series;
  series.steps = std::move(points.steps);
  series.wall_times = std::move(points.wall_times);
  series.values = std::move(points.values);
  series.axis_values = std::move(points.axis_values);
  return copy;
}

model::Run CopyWithoutSeries(model::Run& run) {
  std::vector<model::Series> series = std::exchange(run.series, {});
  model::Run copy = run;
  run.series = std::move(series);
  return copy;
}

LiveDirectory::LiveDirectory(std::string folder, std::string name, std::string run_path,
                             const formats::ReadOptions& read, bool hold_points)
    : folder_(std::move(folder)),
      name_(std::move(name)),
      run_path_(std::move(run_path)),
      read_(read),
      hold_points_(hold_points) {}

bool LiveDirectory::SetFiles(const std::vector<std::string>& names) {
  if (std::equal(names.begin(), names.end(), files_.begin(), files_.end(),
                 [](const std::string& name, const File& file) { return name == file.name; })) {
    return false;
  }
  std::vector<File> files;
  for (const std::string& name : names) {
    const auto known = std::find_if(files_.begin(), files_.end(),
                                    [&](const File& file) { return file.name == name; });
    if (known != files_.end()) {
      files.push_back(std::move(*known));
      continue;
    }
    const std::string path = StrCat(folder_, folder_.ends_with('/') ? "" : "/", name);
    File& file = files.emplace_back(File{.name = name, .tail = nullptr});
    if (formats::tensorboard::IsOwnEventFile(path).value_or(false)) continue;
    file.tail = std::make_unique<EventTail>(
        path, name_, read_, [this](Problem problem) { problems_.push_back(std::move(problem)); });
  }
  files_ = std::move(files);
  Sum();
  return true;
}

uint64_t LiveDirectory::bytes_of(const std::string& name) const {
  for (const File& file : files_) {
    if (file.name == name) return file.tail == nullptr ? 0 : file.tail->bytes();
  }
  return 0;
}

DirectoryGrowth LiveDirectory::Read(formats::tensorboard::TailReading reading) {
  DirectoryGrowth growth;
  const uint64_t before = points_;
  const Shape shape = shape_;
  for (File& file : files_) {
    if (file.tail == nullptr) continue;
    const auto change = file.tail->Read(reading);
    if (!change.ok()) {
      if (!file.unreadable) {
        problems_.push_back({.path = file.tail->path(),
                             .kind = ProblemKind::kUnreadableFile,
                             .message = std::string(change.status().message())});
      }
      file.unreadable = true;
      continue;
    }
    file.unreadable = false;
    growth.vanished = growth.vanished || change->gone;
    growth.grew = growth.grew || change->grew || change->replaced;
    growth.reshaped = growth.reshaped || change->replaced;
    if (change->replaced) file.seen.clear();
    if (file.tail->run().written_by_telltale) {
      file.tail.reset();
    } else if (change->grew) {
      growth.urgent = LookThrough(file, file.tail->run()) || growth.urgent;
      if (!hold_points_) file.tail->Release();
    }
  }
  if (!growth.grew) return growth;
  Sum();
  growth.points = points_ > before ? points_ - before : 0;
  growth.reshaped = growth.reshaped || !(shape == shape_);
  return growth;
}

// Looks at the points that were not there before. What is cheap to see is not left to the next
// diagnosis.
bool LiveDirectory::LookThrough(File& file, model::Run& run) {
  bool urgent = false;
  file.seen.resize(run.series.size());
  for (size_t i = 0; i < run.series.size(); ++i) {
    model::Series& series = run.series[i];
    Seen& seen = file.seen[i];
    if (hold_points_ && seen.points != series.size()) {
      MakeSomeRoom(series.steps);
      MakeSomeRoom(series.wall_times);
      MakeSomeRoom(series.values);
    }
    if (seen.points > series.count()) seen = {};  // a compressed file that was read again
    for (; seen.points < series.count(); ++seen.points) {
      const double value = series.values[seen.points - series.released];
      const double magnitude = std::abs(value);
      const bool beyond = seen.points >= kBeginning && magnitude > kFarBeyond * seen.reference;
      // Zeros are no reference.
      const bool odd = !std::isfinite(value) || (beyond && seen.reference > 0);
      if (odd && seen.urgent < kMostUrgent) {
        ++seen.urgent;
        urgent = true;
      }
      if (std::isfinite(value) && (seen.points < kBeginning || beyond)) {
        seen.reference = std::max(seen.reference, magnitude);
      }
    }
  }
  return urgent;
}

void LiveDirectory::Sum() {
  shape_ = {};
  points_ = 0;
  longest_ = 0;
  own_ = false;
  for (const File& file : files_) {
    own_ = own_ || file.tail == nullptr;
    if (file.tail == nullptr) continue;
    const model::Run& run = file.tail->run();
    points_ += file.tail->points();
    shape_.series += run.series.size();
    shape_.facts += run.params.size() + run.restarts.size();
    for (const model::Series& series : run.series) {
      longest_ = std::max(longest_, series.count());
      if (series.count() > 1) ++shape_.several_points;
    }
  }
}

std::vector<Problem> LiveDirectory::TakeProblems() { return std::exchange(problems_, {}); }

double LiveDirectory::first_wall_time() const {
  double first = 0;
  for (const File& file : files_) {
    if (file.tail == nullptr) continue;
    const double time = file.tail->run().first_wall_time;
    if (time != 0) first = first == 0 ? time : std::min(first, time);
  }
  return first;
}

double LiveDirectory::last_wall_time() const {
  double last = 0;
  for (const File& file : files_) {
    if (file.tail != nullptr) last = std::max(last, file.tail->run().last_wall_time);
  }
  return last;
}

absl::StatusOr<std::vector<model::Run>> LiveDirectory::Lend() {
  if (Moves()) {
    std::vector<model::Run> runs;
    model::Run& run = runs.emplace_back(std::move(files_[0].tail->run()));
    run.name = name_;
    run.path = run_path_;
    return runs;
  }
  std::vector<EventFile> together;
  for (const File& file : files_) {
    if (file.tail == nullptr) continue;
    model::Run& run = together.emplace_back().run;
    if (file.tail->released()) {
      TELLTALE_ASSIGN_OR_RETURN(run, file.tail->ReadAgain());
    } else {
      run = file.tail->run();
    }
  }
  // That there are several sessions is not said again at every look.
  std::vector<Problem> ignored;
  return formats::tensorboard::MergeFiles(name_, run_path_, std::move(together), ignored);
}

void LiveDirectory::TakeBack(std::vector<model::Run> runs) {
  if (Moves() && runs.size() == 1) files_[0].tail->run() = std::move(runs[0]);
}

absl::StatusOr<std::vector<model::Run>> LiveDirectory::Outline() {
  if (files_.size() == 1 && files_[0].tail != nullptr) {
    model::Run& held = files_[0].tail->run();
    std::vector<model::Run> runs = {CopyWithoutSeries(held)};
    runs[0].name = name_;
    runs[0].path = run_path_;
    for (model::Series& each : held.series) runs[0].series.push_back(OutlineOf(each));
    return runs;
  }
  // Which sessions they are the points say.
  TELLTALE_ASSIGN_OR_RETURN(std::vector<model::Run> runs, Lend());
  for (model::Run& run : runs) {
    for (model::Series& series : run.series) series = OutlineOf(series);
  }
  return runs;
}

}  // namespace telltale::watch
