// Any curves: they are diagnosed, and every way of telling it is well-formed.
#include <nlohmann/json.hpp>

#include "lib/report/json.h"
#include "lib/report/junit.h"
#include "lib/report/markdown.h"
#include "lib/report/sarif.h"
#include "lib/workflow/load.h"
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/inputs.h"

FUZZ_TARGET(diagnosis) {
  workflow::Loaded loaded{.experiment = MakeExperiment(bytes)};
  loaded.grouping = model::GroupRuns(loaded.experiment);
  FUZZ_CHECK(workflow::Diagnose(loaded, {.jobs = 1}));
  for (const auto& diagnosis : loaded.diagnoses) {
    for (const auto& finding : diagnosis.findings) {
      FUZZ_CHECK(finding.confidence >= 0 && finding.confidence <= 1);
      FUZZ_CHECK(!finding.first_step || !finding.last_step ||
                 *finding.first_step <= *finding.last_step);
    }
  }
  const report::PathReport report = loaded.report();
  FUZZ_CHECK(nlohmann::json::accept(report::DiagnosisJson(std::span(&report, 1), "0")));
  FUZZ_CHECK(nlohmann::json::accept(report::DiagnosisSarif(std::span(&report, 1), "0")));
  report::DiagnosisJunit(std::span(&report, 1), {});
  report::DiagnosisMarkdown(std::span(&report, 1));
}
