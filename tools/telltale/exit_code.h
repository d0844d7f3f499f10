// What the process says with its exit status.
#pragma once

namespace telltale::cli {

enum ExitCode : int {
  kDone = 0,
  kFailed = 1,    // nothing readable at a PATH, or the output could not be written
  kUsage = 2,     // wrong usage
  kDamaged = 3,   // done, but some input was damaged
  kFindings = 4,  // a finding at or above --fail-on
};

}  // namespace telltale::cli
