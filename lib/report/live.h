// What happens to a log directory that is being watched, as a line each.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "lib/base/problem.h"
#include "lib/diagnosis/finding.h"
#include "lib/report/style.h"

namespace telltale::report {

enum class LiveEventKind {
  kWatching,    // it begins
  kRunAdded,    // a training run
  kRunRemoved,  // with all that was found of it
  kFinding,     // has become stable
  kCleared,     // a finding that was told holds no more
  kProblem,     // of a file
  kStopped,     // nothing follows
};

// "watching", "run-added", "run-removed", "finding", "cleared", "problem", "stopped".
std::string_view LiveEventName(LiveEventKind kind);

// Pointers and views must outlive the call that the event is passed to.
struct LiveEvent {
  LiveEventKind kind = LiveEventKind::kRunAdded;
  double time = 0;                     // Unix seconds
  std::string_view path = {};          // what is watched; of a training run: where it is
  std::string_view training_run = {};  // whom it is about, or
  std::string_view group = {};
  uint64_t points = 0;  // of the training run or group at the look that says so; of all at the end
  size_t training_runs = 0;  // of kStopped
  bool settled = false;  // the training run has come to an end or a pause, or nobody looks again
  const diagnosis::Finding* finding = nullptr;  // of kCleared: as it was told
  const Problem* problem = nullptr;
};

// {"event": "finding", "time": "2026-01-31T12:00:00.000Z", "training_run": ..., "points": ...,
// "settled": ..., "text": ..., "finding": {...}}; "finding" and "problem" are those of the document
// of schema telltale.diagnosis/1, "text" is for chat programs, with &, < and > as entities. The
// first event has "schema": "telltale.watch/1". A newline is at the end.
std::string LiveJsonLine(const LiveEvent& event);

// "✗ r1  divergence: Training loss ...", with a newline; `clock` ("12:00:00") before it where it is
// not empty.
std::string LiveText(const LiveEvent& event, std::string_view clock, Color color);

}  // namespace telltale::report
