// One record of an event file, by the cheapest of the three ways that understands it.
#pragma once

#include <string_view>

#include "lib/formats/tensorboard/event_scanner.h"
#include "lib/formats/tensorboard/run_builder.h"
#include "proto/event.pb.h"

namespace telltale::formats::tensorboard {

// What is said of a record in which there is no event.
inline constexpr char kNoEvent[] = "the record is intact but holds no Event message, skipped";

class EventDecoder {
 public:
  // Adds the event that `record` holds to `builder`; false where it holds none.
  bool Decode(std::string_view record, RunBuilder& builder) {
    if (PlainScalar plain; ScanPlainScalar(record, plain)) {
      builder.AddPlain(plain);
    } else if (ScanScalars(record, scanned_)) {
      builder.AddScanned(scanned_);
    } else if (event_.ParseFromArray(record.data(), static_cast<int>(record.size()))) {
      builder.AddEvent(event_);
    } else {
      return false;
    }
    return true;
  }

 private:
  ScannedEvent scanned_;
  proto::Event event_;
};

}  // namespace telltale::formats::tensorboard
