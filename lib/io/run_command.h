// Runs a command that the user gave.
#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"

namespace telltale::io {

struct CommandRun {
  // For `/bin/sh -c`. Nothing that comes from logs may stand in it: that goes to `environment` and
  // `input`, where no shell looks.
  std::string command = {};
  std::vector<std::pair<std::string, std::string>> environment = {};  // besides our own
  std::string input = {};                                             // its standard input
  double timeout = 60;                   // seconds, after which it and what it started is killed
  std::function<bool()> cancelled = {};  // asked now and then; true kills it as well
};

// Waits until the command has ended. What it writes to standard output goes to our standard error,
// since our own output is for programs. Its process group is its own, so that a signal from the
// terminal ends us and not what it does. Fails where it cannot be run, ends with another status
// than 0 (Unknown), takes too long (DeadlineExceeded) or is cancelled (Cancelled).
absl::Status RunCommand(const CommandRun& run);

}  // namespace telltale::io
