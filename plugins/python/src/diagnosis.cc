// Diagnosing, annotating, and the catalogue of rules.
#include <nanobind/stl/string.h>

#include <optional>
#include <string>
#include <utility>

#include "bindings.h"
#include "config.h"
#include "errors.h"
#include "interrupt.h"
#include "lib/annotate/annotate.h"
#include "lib/base/version.h"
#include "lib/diagnosis/example.h"
#include "lib/diagnosis/rule.h"
#include "lib/report/catalogue.h"
#include "lib/report/json.h"
#include "lib/report/markdown.h"
#include "lib/workflow/result_json.h"

namespace telltale::python {
namespace {

DiagnosisResult Diagnose(const ReadResult& read, const nb::bytes& config_text,
                         const nb::bytes& config_name, const nb::bytes& more, size_t jobs,
                         const DiagnosisResult* earlier) {
  const config::Config config = MakeConfig(config_text, config_name, more);
  DiagnosisResult result{.experiment = read.experiment,
                         .rules = Bytes(config_text) + '\0' + Bytes(more)};
  std::optional<workflow::EarlierDiagnosis> known;
  if (earlier != nullptr && earlier->rules == result.rules) {
    known.emplace(
        workflow::EarlierDiagnosis{*earlier->experiment, earlier->grouping, earlier->diagnoses});
  }
  Interruptible([&](const std::function<bool()>& cancelled) {
    result.grouping = model::GroupRuns(*result.experiment, config.grouping);
    return workflow::Diagnose(*result.experiment, result.grouping,
                              {.rules = config.diagnosis,
                               .earlier = known ? &*known : nullptr,
                               .jobs = jobs,
                               .ready = [&](size_t) { return !cancelled(); }},
                              {result.diagnoses, result.group_findings});
  });
  return result;
}

std::string DiagnosisJson(const DiagnosisResult& result) {
  const nb::gil_scoped_release release;
  const report::PathReport path = result.report();
  return report::DiagnosisJson(std::span(&path, 1), Version());
}

std::string DiagnosisMarkdown(const DiagnosisResult& result) {
  const nb::gil_scoped_release release;
  const report::PathReport path = result.report();
  return report::DiagnosisMarkdown(std::span(&path, 1));
}

std::string Annotate(const DiagnosisResult& result, const nb::bytes& out) {
  const std::string out_dir = Bytes(out);
  absl::StatusOr<std::string> json =
      Interruptible([&](const std::function<bool()>&) -> absl::StatusOr<std::string> {
        const report::PathReport path = result.report();
        const auto annotated = annotate::Annotate(std::span(&path, 1), {.out_dir = out_dir});
        if (!annotated.ok()) return annotated.status();
        return workflow::AnnotationsJson(std::span(&path, 1), *annotated);
      });
  return ValueOrThrow(std::move(json), out_dir.empty() ? result.experiment->path : out_dir);
}

// (id, severity, summary, documentation)
nb::list Rules() {
  nb::list list;
  for (const diagnosis::Rule* rule : diagnosis::AllRules()) {
    nb::list params;
    for (const diagnosis::ParamSpec& spec : rule->params) {
      params.append(
          nb::make_tuple(Text(spec.name), spec.value, spec.min, spec.max, Text(spec.doc)));
    }
    list.append(nb::make_tuple(Text(rule->id), Text(diagnosis::SeverityName(rule->severity)),
                               Text(rule->summary), Text(rule->doc), params));
  }
  return list;
}

}  // namespace

void BindDiagnosis(nb::module_& module) {
  module.def("diagnose", Diagnose, nb::arg("experiment"), nb::arg("config_text"),
             nb::arg("config_name"), nb::arg("more"), nb::arg("jobs"), nb::arg("earlier").none());
  module.def("annotate", Annotate, nb::arg("diagnosis"), nb::arg("out"));
  module.def("rules", Rules);
  nb::class_<DiagnosisResult>(module, "Diagnosis")
      .def("json", DiagnosisJson)
      .def("markdown", DiagnosisMarkdown);
}

}  // namespace telltale::python
