// One `telltale watch`, from its first look to its last.
#pragma once

#include <optional>
#include <string>

#include "lib/diagnosis/finding.h"
#include "tools/telltale/options.h"

namespace telltale::cli {

struct WatchSettings {
  Settings common = {};
  diagnosis::Severity severity = diagnosis::Severity::kWarning;  // told from here on
  bool json = false;                                             // events as JSON lines
  bool once = false;
  bool poll = false;
  bool annotate = true;
  std::string out = {};                   // AnnotateOptions::out_dir
  double interval = 10;                   // seconds between two annotations of a training run
  std::optional<double> until_idle = {};  // seconds
  std::string command = {};               // NotifierOptions::command
  std::string webhook = {};
  std::string webhook_token = {};
  bool notify_cleared = false;
};

// Watches `path` until it is time to stop; gives an ExitCode.
int WatchPath(const std::string& path, const WatchSettings& settings);

}  // namespace telltale::cli
