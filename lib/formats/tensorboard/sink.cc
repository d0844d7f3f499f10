#include "lib/formats/tensorboard/sink.h"

#include <sys/stat.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <filesystem>
#include <mutex>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_split.h"
#include "lib/base/parallel.h"
#include "lib/base/status_util.h"
#include "lib/base/str.h"
#include "lib/base/text.h"
#include "lib/formats/tensorboard/event_writer.h"
#include "lib/formats/tensorboard/own_writer.h"
#include "lib/formats/tensorboard/run_stream.h"
#include "lib/io/atomic_file.h"
#include "lib/io/safe_path.h"
#include "proto/event.pb.h"

namespace telltale::formats::tensorboard {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kSuffix = ".telltale-convert";

// Names.

bool ClaimsNothing(std::string_view) { return false; }

std::string FitTag(std::string_view tag) { return tag.empty() ? "unnamed" : ValidUtf8(tag); }

// A component of a run's name as a directory of its own: neither "." nor "..", not too long for a
// file system.
std::string FitComponent(std::string_view component) {
  constexpr size_t kLongest = 255;
  if (component.empty() || component == "." || component == "..") return "_";
  std::string fitted = ValidUtf8(component);
  std::replace(fitted.begin(), fitted.end(), '\0', '_');
  if (fitted.size() <= kLongest) return fitted;
  size_t n = kLongest;
  while ((static_cast<unsigned char>(fitted[n]) & 0xc0) == 0x80) --n;
  return fitted.substr(0, n);
}

std::string FitRun(std::string_view name) {
  constexpr size_t kMostComponents = 12;  // and with them at most 3 kB: a path has 4 kB
  if (name == ".") return ".";
  std::string fitted;
  size_t components = 0;
  for (const absl::string_view component : absl::StrSplit(ToAbsl(name), '/')) {
    if (++components > kMostComponents) break;
    StrAppend(&fitted, fitted.empty() ? "" : "/", FitComponent(ToStd(component)));
  }
  return fitted;
}

// Files.

struct Place {
  std::string file = {};
  std::vector<std::string> older = {};  // of earlier conversions, in the same directory
};

absl::StatusOr<Place> PlaceOf(const std::string& destination, const model::Run& run) {
  TELLTALE_ASSIGN_OR_RETURN(const std::string directory, io::JoinBelow(destination, run.name));
  TELLTALE_RETURN_IF_ERROR(io::CheckBelow(destination, directory));
  const double start = std::isfinite(run.first_wall_time) ? run.first_wall_time : 0;
  Place place;
  place.file = StrCat(directory, directory.ends_with('/') ? "" : "/",
                      absl::StrFormat("events.out.tfevents.%010d",
                                      static_cast<int64_t>(std::clamp(start, 0.0, 9999999999.0))),
                      kSuffix);
  std::error_code error;
  for (fs::directory_iterator entry(directory, error), end; !error && entry != end;
       entry.increment(error)) {
    const std::string path = entry->path().string();
    if (entry->path().filename().string().find("tfevents") == std::string::npos) continue;
    if (!IsConvertedEventFile(path).value_or(false)) {
      return absl::FailedPreconditionError(
          StrCat(directory, ": holds a run that Telltale did not convert (", path,
                 "), and TensorBoard would mix the two; choose another destination"));
    }
    place.older.push_back(path);
  }
  if (error && error != std::errc::no_such_file_or_directory) {
    return ErrnoStatus(error.value(), directory, "cannot list");
  }
  return place;
}

// Contents.

class RunWriter {
 public:
  RunWriter(const model::Run& run, io::ByteSink sink)
      : run_(run), writer_(std::move(sink), run.first_wall_time) {}

  absl::Status Write() {
    TELLTALE_RETURN_IF_ERROR(writer_.Begin(ConvertWriter()));
    if (!run_.params.empty() && !KeepsHparams()) {
      TELLTALE_RETURN_IF_ERROR(writer_.AddHparams(run_.params));
    }
    TELLTALE_RETURN_IF_ERROR(ForEachItem(run_, [this](const Item& item) { return Take(item); }));
    return Flush();
  }

  uint64_t points() const { return points_; }

 private:
  // The source's own hyper-parameter values go through as they are.
  bool KeepsHparams() const {
    return std::any_of(run_.opaque.begin(), run_.opaque.end(), [](const auto& opaque) {
      return opaque.kind == "hparams" && !opaque.points.empty();
    });
  }

  absl::Status Take(const Item& item) {
    if (item.kind == ItemKind::kScalar) return TakeScalar(item);
    TELLTALE_RETURN_IF_ERROR(Flush());
    if (item.kind == ItemKind::kText) {
      const model::TextSeries& text = run_.texts[item.series];
      return writer_.AddText(text.tag, text.points[item.point]);
    }
    return WriteOpaque(run_.opaque[item.series], item);
  }

  // Scalars of one step and time share an event.
  absl::Status TakeScalar(const Item& item) {
    const model::Series& series = run_.series[item.series];
    const bool joins = item.step == step_ && item.wall_time == wall_time_ &&
                       std::none_of(values_.begin(), values_.end(),
                                    [&](const ScalarValue& v) { return v.tag == series.tag; });
    if (!joins) TELLTALE_RETURN_IF_ERROR(Flush());
    step_ = item.step;
    wall_time_ = item.wall_time;
    values_.push_back({.tag = series.tag,
                       .value = series.values[item.point],
                       .display_name = series.display_name,
                       .description = series.description});
    ++points_;
    return absl::OkStatus();
  }

  absl::Status Flush() {
    if (values_.empty()) return absl::OkStatus();
    absl::Status status = writer_.AddScalars(step_, wall_time_, values_);
    values_.clear();
    return status;
  }

  absl::Status WriteOpaque(const model::OpaqueSeries& opaque, const Item& item) {
    const std::string& bytes = opaque.points[item.point].bytes;
    if (opaque.tag.empty()) return writer_.AddEvent(bytes);  // a graph and the like: whole events
    proto::Summary::Value value;
    if (!value.ParseFromString(bytes) || value.tag() == opaque.tag) {
      return writer_.AddValue(item.step, item.wall_time, bytes);
    }
    value.set_tag(opaque.tag);
    return writer_.AddValue(item.step, item.wall_time, value.SerializeAsString());
  }

  const model::Run& run_;
  EventWriter writer_;
  std::vector<ScalarValue> values_;
  int64_t step_ = 0;
  double wall_time_ = 0;
  uint64_t points_ = 0;
};

absl::StatusOr<uint64_t> WriteRun(const model::Run& run, const Place& place) {
  TELLTALE_ASSIGN_OR_RETURN(io::AtomicFile file, io::AtomicFile::Create(place.file));
  RunWriter writer(run, [&file](std::string_view bytes) { return file.Write(bytes); });
  TELLTALE_RETURN_IF_ERROR(writer.Write());
  TELLTALE_RETURN_IF_ERROR(file.Commit());
  for (const std::string& older : place.older) {
    std::error_code error;
    if (older != place.file && !fs::remove(older, error) && error) {
      return ErrnoStatus(error.value(), older, "cannot remove what an earlier conversion wrote");
    }
  }
  return writer.points();
}

absl::StatusOr<Written> WriteLogdir(const model::Experiment& experiment,
                                    const std::string& destination, const WriteOptions& options) {
  // All places first: what stands in the way of one must not show after others are written.
  std::vector<Place> places;
  for (const model::Run& run : experiment.runs) {
    TELLTALE_ASSIGN_OR_RETURN(Place place, PlaceOf(destination, run));
    places.push_back(std::move(place));
  }
  Written written;
  absl::Status failure;
  std::mutex mutex;
  ParallelFor(places.size(), options.jobs, [&](size_t i) {
    {
      const std::lock_guard lock(mutex);
      if (!failure.ok()) return;
    }
    const absl::StatusOr<uint64_t> points = WriteRun(experiment.runs[i], places[i]);
    const std::lock_guard lock(mutex);
    if (!points.ok()) {
      failure = points.status();
      return;
    }
    written.points += *points;
    if (options.progress) options.progress({.points = written.points});
  });
  if (!failure.ok()) return failure;
  for (const Place& place : places) {
    written.places.push_back(place.file);
    ++written.runs;
    written.replaced_runs += place.older.empty() ? 0 : 1;
  }
  return written;
}

}  // namespace

const Sink kSink{.capacity = {.float64 = false,
                              .texts = true,
                              .opaque = true,
                              .typed_params = true,
                              .params = true},
                 .claims = ClaimsNothing,
                 .fit_tag = FitTag,
                 .fit_run = FitRun,
                 .write = WriteLogdir};

}  // namespace telltale::formats::tensorboard
