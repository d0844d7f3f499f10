#include "lib/edit/event_edit.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <utility>
#include <vector>

#include "lib/base/status_util.h"
#include "lib/formats/tensorboard/tensor.h"

namespace telltale::edit {
namespace {

namespace tensorboard = formats::tensorboard;

std::optional<double> ScalarOf(const proto::Summary::Value& value) {
  if (value.has_simple_value()) return value.simple_value();
  if (!value.has_tensor()) return std::nullopt;
  const auto scalar = tensorboard::OnlyElement(value.tensor());
  return scalar ? std::optional(scalar->value) : std::nullopt;
}

bool Same(double a, double b) { return std::bit_cast<uint64_t>(a) == std::bit_cast<uint64_t>(b); }

bool IsGraph(const proto::Event& event) {
  return event.has_graph_def() || event.has_meta_graph_def() || event.has_tagged_run_metadata();
}

bool IsStart(const proto::Event& event) {
  return event.session_log().status() == proto::SessionLog::START;
}

}  // namespace

EventEdit::EventEdit(const EditOptions& options, const Filters& filters, EditedRun& counts,
                     Sink sink)
    : options_(options),
      filters_(filters),
      counts_(counts),
      sink_(std::move(sink)),
      tags_(options, counts.run),
      moves_steps_(options.scale_steps != 1 || options.shift_steps != 0),
      moves_times_(options.scale_time != 1 || options.shift_time != 0 || options.fix_clocks) {}

bool EventEdit::one_file() const {
  return options_.merge_files || options_.restarts == Restarts::kMerge;
}

// Restarts that become runs of their own have to say anew what their tags are.
size_t EventEdit::output() const { return options_.restarts == Restarts::kSplit ? session_ : 0; }

void EventEdit::Count(std::string_view what, uint64_t times) {
  if (times == 0) return;
  const auto found = counts_.changes.find(what);
  if (found != counts_.changes.end()) {
    found->second += times;
  } else {
    counts_.changes.emplace(what, times);
  }
}

int64_t EventEdit::NewStep(int64_t step) const {
  const double scaled = std::round(static_cast<double>(step) * options_.scale_steps);
  constexpr double kLimit = 9.2e18;  // below 2^63
  const int64_t base =
      options_.scale_steps == 1 ? step : static_cast<int64_t>(std::clamp(scaled, -kLimit, kLimit));
  int64_t moved = 0;
  if (!__builtin_add_overflow(base, options_.shift_steps, &moved)) return moved;
  return options_.shift_steps > 0 ? std::numeric_limits<int64_t>::max()
                                  : std::numeric_limits<int64_t>::min();
}

double EventEdit::NewTime(double time) {
  if (!moves_times_) return time;
  if (!first_time_ && std::isfinite(time)) first_time_ = time;
  const double begin = first_time_.value_or(0);
  double moved = time;
  if (options_.scale_time != 1) moved = begin + (time - begin) * options_.scale_time;
  moved += options_.shift_time;
  if (!options_.fix_clocks) return moved;
  if (!std::isfinite(moved) || moved < last_time_) moved = last_time_;
  last_time_ = moved;
  return moved;
}

void EventEdit::EnterFile(size_t file) {
  // Merged by wall time, files are not one after the other.
  if (file_ && *file_ != file && !options_.merge_files) {
    ++session_;
    summaries_ = false;
  }
  file_ = file;
}

absl::Status EventEdit::WriteBytes(std::string_view data) {
  ++counts_.records_out;
  return sink_(data);
}

absl::Status EventEdit::Write(const proto::Event& event) {
  return WriteBytes(event.SerializeAsString());
}

absl::Status EventEdit::Take(const RunRecord& record) {
  ++counts_.records_in;
  EnterFile(record.file);
  tensorboard::PlainScalar scalar;
  if (tensorboard::ScanPlainScalar(record.data, scalar)) return TakePlain(record.data, scalar);
  return TakeEvent(record.data);
}

bool EventEdit::Stays(TagEdit& tag, const Point& point) {
  if (!tag.keep) {
    Count("values left out with their tags");
    return false;
  }
  if (point.step < options_.first_step || point.step > options_.last_step) {
    Count("values left out with their steps");
    return false;
  }
  for (const auto& filter : filters_.decide) {
    if (!filter->Keeps(point)) {
      Count(filter->name());
      return false;
    }
  }
  if (filters_.learn != nullptr) filters_.learn->Learn(point);
  return true;
}

absl::Status EventEdit::TakePlain(std::string_view data, const tensorboard::PlainScalar& scalar) {
  ++counts_.values_in;
  summaries_ = true;
  TELLTALE_ASSIGN_OR_RETURN(TagEdit* const tag, tags_.OfScalar(scalar.tag));
  if (!Stays(*tag, {scalar.tag, session_, scalar.step, scalar.value})) return absl::OkStatus();
  ++counts_.values_out;
  const int64_t step = moves_steps_ && tag->moved ? NewStep(scalar.step) : scalar.step;
  const double time = NewTime(scalar.wall_time);
  const bool owes = !tag->metadata.empty() && tag->described_in != output();
  const bool moved = step != scalar.step;
  const bool timed = !Same(time, scalar.wall_time);
  if (!moved && !timed && !tag->renamed && !owes) return WriteBytes(data);
  if (moved) Count("values with another step");
  if (timed) Count("events with another wall time");
  if (tag->renamed) Count("values with another tag");
  scratch_.Clear();
  scratch_.set_wall_time(time);
  scratch_.set_step(step);
  proto::Summary::Value* const value = scratch_.mutable_summary()->add_value();
  value->set_tag(tag->name);
  value->set_simple_value(scalar.value);
  if (owes) Describe(*tag, *value);
  return Write(scratch_);
}

// Whether the value was given the metadata of its tag, since no other value of the output has it.
bool EventEdit::Describe(TagEdit& tag, proto::Summary::Value& value) {
  const bool owes = tag.described_in != output() && !value.has_metadata() && !tag.metadata.empty();
  if (owes) value.mutable_metadata()->ParseFromString(tag.metadata);
  if (value.has_metadata()) tag.described_in = output();
  return owes;
}

absl::Status EventEdit::TakeEvent(std::string_view data) {
  proto::Event event;
  if (!event.ParseFromArray(data.data(), static_cast<int>(data.size()))) {
    Count("records left out that are no events");
    return absl::OkStatus();
  }
  return event.has_summary() && event.summary().value_size() > 0 ? TakeSummary(data, event)
                                                                 : TakeOther(data, event);
}

absl::Status EventEdit::TakeSummary(std::string_view data, proto::Event& event) {
  summaries_ = true;
  auto& values = *event.mutable_summary()->mutable_value();
  counts_.values_in += static_cast<uint64_t>(values.size());
  bool touched = false;
  std::vector<proto::Summary::Value> unmoved;  // they keep their step where others do not
  int kept = 0;
  for (int i = 0; i < values.size(); ++i) {
    proto::Summary::Value& value = values[i];
    TELLTALE_ASSIGN_OR_RETURN(TagEdit* const tag, tags_.Of(value));
    if (!Stays(*tag, {value.tag(), session_, event.step(), ScalarOf(value)})) continue;
    if (Describe(*tag, value)) touched = true;
    if (tag->renamed) {
      value.set_tag(tag->name);
      Count("values with another tag");
      touched = true;
    }
    ++counts_.values_out;
    if (moves_steps_ && !tag->moved) {
      unmoved.push_back(std::move(value));
      continue;
    }
    if (kept != i) values.SwapElements(kept, i);
    ++kept;
  }
  touched = touched || kept < values.size();
  values.DeleteSubrange(kept, values.size() - kept);
  if (kept == 0 && unmoved.empty()) return absl::OkStatus();
  const double time = NewTime(event.wall_time());
  if (!Same(time, event.wall_time())) {
    event.set_wall_time(time);
    Count("events with another wall time");
    touched = true;
  }
  if (!unmoved.empty()) {
    proto::Event still;
    still.set_wall_time(time);
    still.set_step(event.step());
    for (auto& value : unmoved) still.mutable_summary()->mutable_value()->Add(std::move(value));
    TELLTALE_RETURN_IF_ERROR(Write(still));
    if (kept == 0) return absl::OkStatus();
  }
  if (const int64_t step = moves_steps_ ? NewStep(event.step()) : event.step();
      step != event.step()) {
    event.set_step(step);
    Count("values with another step", static_cast<uint64_t>(kept));
    touched = true;
  }
  return touched ? Write(event) : WriteBytes(data);
}

// Versions, graphs, starts of sessions, and what is not known.
absl::Status EventEdit::TakeOther(std::string_view data, proto::Event& event) {
  if (event.has_file_version() && one_file() && std::exchange(versioned_, true)) {
    return absl::OkStatus();
  }
  if (IsGraph(event) && !tags_.KeepsPlugin("graphs")) {
    Count("graphs left out");
    return absl::OkStatus();
  }
  if (IsStart(event)) {
    if (summaries_ && !options_.merge_files) {
      ++session_;
      summaries_ = false;
    }
    if (filters_.learn != nullptr && session_ > 0) {
      filters_.learn->LearnStart(session_, event.step());
    }
    // What it would make TensorBoard drop is gone already, or was logged by another process.
    if (one_file() && std::exchange(started_, true)) return absl::OkStatus();
  }
  bool touched = false;
  if (const double time = NewTime(event.wall_time()); !Same(time, event.wall_time())) {
    event.set_wall_time(time);
    Count("events with another wall time");
    touched = true;
  }
  if (moves_steps_ && options_.only.empty() && (IsStart(event) || IsGraph(event))) {
    const int64_t step = NewStep(event.step());
    touched = touched || step != event.step();
    event.set_step(step);
  }
  return touched ? Write(event) : WriteBytes(data);
}

}  // namespace telltale::edit
