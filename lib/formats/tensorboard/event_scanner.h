// The hot path of reading event files: walks the wire format of an Event without building messages.
// It understands what nearly all events are (one step, scalars as simple_value or as a float tensor
// of rank 0) and says "not me" to anything else, which then goes through Protobuf.
// tests/formats/event_scanner_test.cc holds the two to the same result.
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

// Fills `event` (whose vector is reused) and returns true, or returns false for any event that is
// not plain: another kind of content, another tensor, an unusual encoding, or bytes that are no
// Event at all.
bool ScanScalars(std::string_view record, ScannedEvent& event);

}  // namespace telltale::formats::tensorboard
