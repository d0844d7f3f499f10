// Names of runs and tags: roles, and which runs belong together.
#include <string>

#include "lib/model/role_inference.h"
#include "lib/model/training_run.h"
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/inputs.h"

FUZZ_TARGET(roles) {
  Input input(bytes);
  while (input.more()) {
    const std::string tag(input.Piece());
    const std::string run(input.Piece());
    FUZZ_CHECK(model::InferRole(tag, run) == model::InferRole(tag, run));
    model::SplitOfRun(run);
    model::ParseAddScalarsRun(tag, run);
  }
  const model::Experiment experiment = MakeExperiment(bytes);
  const model::Grouping grouping = model::GroupRuns(experiment);
  size_t runs = 0;
  for (const auto& training_run : grouping.training_runs) runs += training_run.runs.size();
  FUZZ_CHECK(runs == experiment.runs.size());
}
