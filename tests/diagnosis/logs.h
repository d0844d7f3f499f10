// Logs in memory for tests of the diagnosis, and curves to fill them with.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "lib/diagnosis/engine.h"
#include "lib/diagnosis/finding.h"
#include "lib/model/experiment.h"

namespace telltale::testing {

using Values = std::vector<double>;

// Where the points of a series stand: step first, first + every, ...; one each `seconds`.
struct Axis {
  int64_t first = 1;
  int64_t every = 1;
  double seconds = 1;
};

// An experiment, series by series. Runs that share a parent directory named for a split are one
// training run, as in real logs: "train:loss" and "validation:loss".
class Logs {
 public:
  Logs() = default;
  explicit Logs(const model::Experiment& experiment) : runs_(experiment.runs) {}

  // `name` is "run:tag".
  Logs& Add(std::string_view name, const Values& values, Axis axis = {});
  // With all columns given.
  Logs& Add(std::string_view name, const std::vector<int64_t>& steps, const Values& wall_times,
            const Values& values);
  // Makes `run` the one that the next hyper-parameter belongs to.
  Logs& In(std::string_view run);
  // A hyper-parameter of the run that was named last.
  Logs& Param(std::string name, model::ParamValue value);

  model::Experiment Build() const;

 private:
  model::Run& RunNamed(std::string_view name);

  std::vector<model::Run> runs_ = {};
  size_t last_ = 0;
};

// The first training run, by all rules together.
diagnosis::Diagnosis Diagnose(const Logs& logs, const diagnosis::Options& options = {});
// What one rule says about the first training run, or, if it is a rule about groups, about the
// first group; before arbitration. None where there is no group.
std::vector<diagnosis::Finding> FindingsOf(std::string_view rule, const Logs& logs,
                                           const diagnosis::Options& options = {});
// The reasons for which the rule could not judge.
std::vector<std::string> NotAssessableBy(std::string_view rule, const Logs& logs);

// Reads the text of a `.curve` file (lib/diagnosis/curve_text.h); one that cannot be read fails the
// test.
Logs ParseLogs(std::string_view text);

// Curves of `n` points. `noise` is the standard deviation of reproducible, nearly normal noise.
Values Decay(size_t n, double from, double to, double noise = 0, double halvings = 6);
Values Line(size_t n, double from, double to, double noise = 0);
Values operator+(const Values& a, const Values& b);  // one after the other
Values Rounded(Values values, double unit);          // to multiples of `unit`
// Reproducible, mean 0, standard deviation 1; `seed` chooses the sequence.
Values Noise(size_t n, uint64_t seed = 1);

}  // namespace telltale::testing
