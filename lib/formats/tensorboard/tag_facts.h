// What is known of a tag of an event file.
#pragma once

#include <cstdint>
#include <string>

namespace telltale::formats::tensorboard {

// What the events of a part of a file have told of a tag, for reading the parts behind it.
struct TagFacts {
  std::string tag = {};
  std::string plugin = {};
  bool metadata_seen = false;
  bool scalars = false;   // points of it have been met
  uint32_t reported = 0;  // which of its oddities have been told

  bool operator==(const TagFacts&) const = default;
};

}  // namespace telltale::formats::tensorboard
