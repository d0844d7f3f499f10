// Which files are logs that can be repaired and edited record by record.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace telltale::edit {

enum class LogKind { kEvents, kWandb };

struct LogFile {
  std::string path = {};
  // Where a copy goes, relative to the destination: as it stands below the source, without ".gz",
  // since copies are not compressed.
  std::string relative = {};
  LogKind kind = LogKind::kEvents;
};

// The event files (names with "tfevents") and .wandb files at or below `source`, sorted. NotFound
// where there are none.
absl::StatusOr<std::vector<LogFile>> FindLogFiles(const std::string& source);

}  // namespace telltale::edit
