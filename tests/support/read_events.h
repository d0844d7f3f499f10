// Event files read back through Protobuf, for tests of what is written.
#pragma once

#include <gtest/gtest.h>

#include <string_view>
#include <vector>

#include "lib/io/byte_source.h"
#include "lib/records/tfrecord_reader.h"
#include "proto/event.pb.h"

namespace telltale::testing {

// All events of a whole and undamaged file; anything else fails the test.
inline std::vector<proto::Event> ReadEvents(std::string_view bytes) {
  std::vector<proto::Event> events;
  const auto source = io::FromMemory(bytes);
  records::TfRecordReader reader(*source);
  while (true) {
    const auto record = reader.Next();
    EXPECT_TRUE(record.ok()) << record.status();
    if (!record.ok() || !record->has_value()) break;
    proto::Event& event = events.emplace_back();
    EXPECT_TRUE(
        event.ParseFromArray((*record)->data.data(), static_cast<int>((*record)->data.size())));
  }
  reader.Finish();
  EXPECT_EQ(reader.pending_bytes(), 0u);
  EXPECT_EQ(reader.unreadable_bytes(), 0u);
  return events;
}

}  // namespace telltale::testing
