// One curve out of several of the same thing: what the mean of some runs is, and how far they lie
// apart.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "lib/model/series.h"

namespace telltale::model {

// At which steps members are compared.
enum class StepsOf : uint8_t {
  // All steps that any member has and that lie within at least half of the members; a member that
  // lacks one has what lies between its neighbours there. Never beyond a member's ends.
  kInterpolated,
  kAll,  // those that all members have
  kAny,  // those that any member has, over the members that have it
};

// Columns of one length, by step.
struct ReducedSeries {
  std::vector<int64_t> steps = {};
  std::vector<double> wall_times = {};  // means
  std::vector<double> mean = {};
  std::vector<double> deviation = {};  // standard, of a sample (n - 1); 0 of a single member
  std::vector<double> least = {};
  std::vector<double> greatest = {};
  std::vector<double> median = {};
  std::vector<size_t> members = {};  // how many are in the values
  size_t left_out = 0;               // points of the members that are not finite
};

// Of a step that a member has twice the last value counts. The order of `members` does not matter.
ReducedSeries Reduce(std::span<const Series* const> members, StepsOf steps);

}  // namespace telltale::model
