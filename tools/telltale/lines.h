// Any number of runs as lines of JSON, in the memory of a few.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "lib/report/report.h"
#include "tools/telltale/options.h"

namespace telltale::cli {

struct Lines {
  bool diagnose = true;    // as workflow::PartsOptions
  const char* doing = "";  // what the progress bar says
  std::function<std::string(const report::RunReport&)> training_run = {};
  std::function<std::string(const report::GroupReport&)> group = {};
};

// Prints one line a training run as soon as it is ready; then one a group, then one a problem.
// Returns the exit status.
int PrintLines(const std::vector<std::string>& paths, const Settings& settings, const Lines& lines);

}  // namespace telltale::cli
