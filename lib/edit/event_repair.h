// What is mended in an event so that all of TensorBoard's readers take it
// (docs/formats/tensorboard.md says what each of them does).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/container/flat_hash_map.h"
#include "lib/edit/change_counts.h"
#include "proto/event.pb.h"

namespace telltale::edit {

// Mends the events of one file, in their order. Values keep what they mean; scalars of more than 32
// bits, which TensorBoard's default loader hides, are rounded to them.
class EventRepair {
 public:
  // True where `event` was changed.
  bool Apply(proto::Event& event);

  const ChangeCounts& changes() const { return changes_; }

 private:
  bool MendTime(proto::Event& event);
  bool MendScalar(proto::Summary::Value& value);
  bool MendText(proto::Summary::Value& value);
  bool Count(std::string_view what);

  double last_time_ = 0;                                   // the last that was finite
  absl::flat_hash_map<std::string, std::string> plugins_;  // of tags, from their first metadata
  ChangeCounts changes_;
};

}  // namespace telltale::edit
