// Edits the events of one run, one after the other.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "lib/edit/edit.h"
#include "lib/edit/point_filter.h"
#include "lib/edit/run_events.h"
#include "lib/edit/tag_edits.h"
#include "lib/formats/tensorboard/event_scanner.h"
#include "proto/event.pb.h"

namespace telltale::edit {

class EventEdit {
 public:
  // Takes what becomes of an event: none, one or two payloads of records.
  using Sink = std::function<absl::Status(std::string_view)>;

  struct Filters {
    std::span<const std::unique_ptr<PointFilter>> decide = {};  // each of them lets a point stay
    PointFilter* learn = nullptr;  // sees the points that they let stay
  };

  // All must outlive this. What is done is counted in `counts`.
  EventEdit(const EditOptions& options, const Filters& filters, EditedRun& counts, Sink sink);

  // InvalidArgument where two tags would have one name; else as the sink.
  absl::Status Take(const RunRecord& record);

  // How often the run was begun again before what was written last.
  size_t session() const { return session_; }

 private:
  absl::Status TakePlain(std::string_view data, const formats::tensorboard::PlainScalar& scalar);
  absl::Status TakeEvent(std::string_view data);
  absl::Status TakeSummary(std::string_view data, proto::Event& event);
  absl::Status TakeOther(std::string_view data, proto::Event& event);
  absl::Status Write(const proto::Event& event);
  absl::Status WriteBytes(std::string_view data);

  void EnterFile(size_t file);
  bool Stays(TagEdit& tag, const Point& point);
  bool Describe(TagEdit& tag, proto::Summary::Value& value);
  int64_t NewStep(int64_t step) const;
  double NewTime(double time);
  size_t output() const;
  bool one_file() const;
  void Count(std::string_view what, uint64_t times = 1);

  const EditOptions& options_;
  Filters filters_;
  EditedRun& counts_;
  Sink sink_;
  TagEdits tags_;
  proto::Event scratch_;
  std::optional<size_t> file_;
  size_t session_ = 0;
  bool summaries_ = false;  // any in this session
  bool versioned_ = false;  // a file version was written, where there is one file
  bool started_ = false;    // a session's start was written, where there is one file
  bool moves_steps_;
  bool moves_times_;
  std::optional<double> first_time_;
  double last_time_ = 0;
};

}  // namespace telltale::edit
