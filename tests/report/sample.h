// A small experiment with diagnoses made by hand, so that rendering is tested apart from judging.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "lib/report/report.h"

namespace telltale::report {

struct Sample {
  model::Experiment experiment = {};
  model::Grouping grouping = {};
  std::vector<diagnosis::Diagnosis> diagnoses = {};
  std::vector<std::vector<diagnosis::Finding>> group_findings = {};

  PathReport path() const { return {experiment, grouping, diagnoses, group_findings}; }
  std::array<PathReport, 1> paths() const { return {path()}; }
  RunReport run(size_t i) const { return {experiment, grouping.training_runs[i], diagnoses[i]}; }
};

// Four training runs: "r1" overfits (and spikes), "r2" is healthy, "r3" went to NaN, "r4" has
// nothing to judge by. "r1" to "r3" are a group with a finding, and there are two problems.
Sample MakeSample();

// Like "r1", with names that attack the terminal and Markdown.
Sample MakeHostileSample();

}  // namespace telltale::report
