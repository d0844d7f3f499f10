// Reading a target back and comparing it with what was planned.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "lib/formats/sink.h"
#include "lib/model/experiment.h"

namespace telltale::convert {

struct Difference {
  std::string run = {};   // as the target calls it
  std::string tag = {};   // empty: the run itself
  std::string what = {};  // starts small, ends bare: "point 3 is 0.5, not 0.25"
};

struct Verification {
  uint64_t runs = 0;  // compared
  uint64_t points = 0;
  std::vector<Difference> differences = {};  // at most kMostDifferences
  uint64_t more = 0;                         // beyond these

  bool ok() const { return differences.empty(); }
};

inline constexpr size_t kMostDifferences = 100;

// Whether `read`, what the target's reader gives, holds all that `planned` has: each series with
// the same steps, the same values bit for bit (any NaN for a NaN), wall times within half of the
// capacity's unit, texts, parameters, tags. Runs are found by the id in their records; what else
// the target holds is not looked at.
Verification Compare(const model::Experiment& planned, const model::Experiment& read,
                     const formats::Capacity& capacity);

}  // namespace telltale::convert
