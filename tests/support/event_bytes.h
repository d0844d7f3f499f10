// Event files for tests, in memory, made with the Protobuf messages.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "proto/event.pb.h"
#include "tests/support/tfrecord_bytes.h"

namespace telltale::testing {

inline std::string EventRecord(const proto::Event& event) {
  return Frame(event.SerializeAsString());
}

inline std::string VersionRecord(double wall_time = 1000) {
  proto::Event event;
  event.set_wall_time(wall_time);
  event.set_file_version("brain.Event:2");
  return EventRecord(event);
}

inline proto::Event ScalarEvent(int64_t step, const std::string& tag, float value,
                                double wall_time = 1000) {
  proto::Event event;
  event.set_wall_time(wall_time);
  event.set_step(step);
  auto* added = event.mutable_summary()->add_value();
  added->set_tag(tag);
  added->set_simple_value(value);
  return event;
}

// A file with one scalar series: version record, then a record a step, wall time 1000 + step.
inline std::string ScalarFile(const std::string& tag,
                              const std::vector<std::pair<int64_t, float>>& points) {
  std::string bytes = VersionRecord();
  for (const auto& [step, value] : points) {
    bytes += EventRecord(ScalarEvent(step, tag, value, 1000 + static_cast<double>(step)));
  }
  return bytes;
}

}  // namespace telltale::testing
