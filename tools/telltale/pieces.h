// Any number of runs as text for programs, in the memory of a few.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "lib/base/problem.h"
#include "lib/report/report.h"
#include "tools/telltale/options.h"

namespace telltale::cli {

// What is to be printed of each.
struct Pieces {
  bool diagnose = true;    // as workflow::PartsOptions
  const char* doing = "";  // what the progress bar says
  std::function<std::string(const report::RunReport&)> training_run = {};
  std::function<std::string(const report::GroupReport&)> group = {};
  std::function<std::string(const Problem&)> problem = {};
  std::function<std::string()> end = [] { return std::string(); };
};

// Prints each training run as soon as it is ready; then the groups, then the problems, then the
// end. Nothing is printed where no path can be read. Returns the exit status.
int PrintPieces(const std::vector<std::string>& paths, const Settings& settings,
                const Pieces& pieces);

}  // namespace telltale::cli
