// What the files of the extension share. Each binds one part of the library, mechanically: what is
// pleasant to use is made of it in Python (plugins/python/telltale).
#pragma once

#include <nanobind/nanobind.h>

#include <memory>
#include <string>
#include <string_view>

#include "lib/model/experiment.h"
#include "lib/workflow/load.h"

namespace telltale::python {

namespace nb = nanobind;

// Never changed once Python has seen it: NumPy and Arrow look into its columns.
using SharedExperiment = std::shared_ptr<const model::Experiment>;

// What was read, as Python holds it.
struct ReadResult {
  SharedExperiment experiment;
};

// One series; keeps the whole experiment alive.
struct SeriesView {
  SharedExperiment experiment;
  size_t run = 0;
  size_t series = 0;

  const model::Series& get() const { return experiment->runs[run].series[series]; }
};

// An experiment with all that diagnosis says about it.
struct DiagnosisResult {
  SharedExperiment experiment;
  std::string rules = {};  // what the configuration says: another one, another diagnosis
  model::Grouping grouping = {};
  std::vector<diagnosis::Diagnosis> diagnoses = {};
  std::vector<std::vector<diagnosis::Finding>> group_findings = {};

  report::PathReport report() const { return {*experiment, grouping, diagnoses, group_findings}; }
};

// Names may be anything; bytes that are not UTF-8 become U+FFFD, as in JSON.
nb::str Text(std::string_view text);
// Paths as Python has them: bytes of no encoding survive the way there and back.
nb::str PathText(std::string_view path);
inline std::string Bytes(const nb::bytes& bytes) { return {bytes.c_str(), bytes.size()}; }

void BindExperiment(nb::module_& module);
void BindSeries(nb::module_& module);
void BindArrow(nb::module_& module);
void BindBuilder(nb::module_& module);
void BindFollower(nb::module_& module);
void BindDiagnosis(nb::module_& module);
void BindConversion(nb::module_& module);

}  // namespace telltale::python
