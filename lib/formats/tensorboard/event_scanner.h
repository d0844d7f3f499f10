// The hot path of reading event files: walks the wire format of an Event without building messages.
// It comes in two steps, each of which says "not me" to what it does not understand:
// ScanPlainScalar knows the one layout that most event files hold by the million, ScanScalars all
// usual ones (one step, scalars as simple_value or as a float tensor of rank 0). The rest goes
// through Protobuf. tests/formats/event_scanner_test.cc holds all three to the same result.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace telltale::formats::tensorboard {

struct ScannedScalar {
  std::string_view tag = {};
  float value = 0;
  // Empty where the value carries no metadata; else the serialised SummaryMetadata, unread.
  std::string_view metadata = {};
  bool tensor = false;  // was a tensor, so that whether it is a scalar depends on the tag's plugin
};

// Views point into the record.
struct ScannedEvent {
  double wall_time = 0;
  int64_t step = 0;
  std::vector<ScannedScalar> scalars = {};
};

// An event that holds one simple_value and no metadata. `tag` points into the record.
struct PlainScalar {
  double wall_time = 0;
  int64_t step = 0;
  std::string_view tag = {};
  float value = 0;
};

// Fills `scalar` and returns true where `record` is such an event, encoded as writers do it: fields
// in the order of their numbers, all lengths below 128, nothing else. `scalar` is undefined after
// false.
bool ScanPlainScalar(std::string_view record, PlainScalar& scalar);

// Fills `event` (whose vector is reused) and returns true, or returns false for any event that is
// not plain: another kind of content, another tensor, an unusual encoding, or bytes that are no
// Event at all.
bool ScanScalars(std::string_view record, ScannedEvent& event);

}  // namespace telltale::formats::tensorboard
