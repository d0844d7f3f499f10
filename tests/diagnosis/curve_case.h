// One-line curves for tests of a rule: text in, ids out. Longer logs: tests/diagnosis/logs.h, on
// which this stands.
//
//   train:loss 2.3 1.9 1.5              a series "run:tag" at steps 0, 1, 2 ...
//   validation:loss @10:10 1.9 1.8      at steps 10, 20 ... (@first:every)
//   param train lr 0.1                  a hyper-parameter of a run
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "lib/diagnosis/engine.h"
#include "lib/model/experiment.h"
#include "lib/model/training_run.h"

namespace telltale::diagnosis {

struct CurveCase {
  model::Experiment experiment = {};
  model::Grouping grouping = {};  // as of a real logdir
};

// Fails the test on a line that it does not understand.
CurveCase ParseCurve(std::string_view text);

// Findings of the first training run and of the groups, after arbitration.
std::vector<Finding> FindingsOf(const CurveCase& curve_case, const Options& options = {});
Diagnosis DiagnoseFirst(const CurveCase& curve_case, const Options& options = {});

// Ids of the findings of at least that severity, sorted.
std::vector<std::string> Ids(const std::vector<Finding>& findings,
                             Severity least = Severity::kInfo);
// Ids of warnings and errors.
std::vector<std::string> IdsIn(std::string_view text, const Options& options = {});

// The finding with this id, or nullptr.
const Finding* FindById(const std::vector<Finding>& findings, std::string_view id);

// Space-separated values of f(0) .. f(n - 1), for curves that are easier written as a formula.
template <typename F>
std::string Values(int n, F f) {
  std::string out;
  for (int i = 0; i < n; ++i) out += " " + std::to_string(static_cast<double>(f(i)));
  return out;
}

// Deterministic noise in [-1, 1): the same i gives the same value everywhere.
double Noise(int i);

}  // namespace telltale::diagnosis
