// replay_stopping LOGDIR: what the advice to stop of `best-checkpoint-not-last` is worth, had it
// been followed while the runs were going on.
//
// Diagnoses each training run again after each of its evaluations, with nothing in sight that came
// later, until the finding first names a step to stop at. One JSON object a line: {"name", "stop":
// the step of the evaluation after which that was, or null, "best_step", "last_step"}. Logs without
// a validation loss are left out.

#include <algorithm>
#include <cstdint>
#include <iostream>
#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "lib/diagnosis/engine.h"
#include "lib/formats/format.h"
#include "lib/model/experiment.h"
#include "lib/model/training_run.h"

namespace {

using telltale::diagnosis::Diagnosis;
using telltale::model::Experiment;
using telltale::model::Series;
using telltale::model::TrainingRun;

const Series* Named(const Experiment& experiment, const TrainingRun& training_run,
                    const std::string& name) {
  for (const auto& ref : training_run.series) {
    const auto& run = experiment.runs[ref.run];
    if (run.name + ":" + run.series[ref.series].tag == name) return &run.series[ref.series];
  }
  return nullptr;
}

// `experiment` as it stood when `last` was the latest step.
Experiment Until(const Experiment& experiment, int64_t last) {
  Experiment out = experiment;
  for (auto& run : out.runs) {
    for (Series& series : run.series) {
      const Series whole = series;
      series.steps = {};
      series.wall_times = {};
      series.values = {};
      for (size_t i = 0; i < whole.steps.size(); ++i) {
        if (whole.steps[i] > last) continue;
        series.steps.push_back(whole.steps[i]);
        series.wall_times.push_back(whole.wall_times[i]);
        series.values.push_back(whole.values[i]);
      }
    }
  }
  return out;
}

bool SaysStop(const Diagnosis& diagnosis) {
  for (const auto& finding : diagnosis.findings) {
    if (finding.id != "best-checkpoint-not-last") continue;
    for (const auto& evidence : finding.evidence) {
      if (evidence.name == "stop_at") return true;
    }
  }
  return false;
}

std::optional<int64_t> FirstStop(const Experiment& experiment, const TrainingRun& training_run,
                                 std::span<const int64_t> evaluations) {
  for (const int64_t step : evaluations) {
    if (SaysStop(telltale::diagnosis::Diagnose(Until(experiment, step), training_run))) return step;
  }
  return std::nullopt;
}

void Replay(const Experiment& all, const TrainingRun& training_run) {
  // Only this training run's own runs, so that a prefix copies no more than it needs.
  Experiment experiment{.format = all.format, .path = all.path};
  for (const size_t run : training_run.runs) experiment.runs.push_back(all.runs[run]);
  const auto grouping = telltale::model::GroupRuns(experiment);
  if (grouping.training_runs.size() != 1) return;
  const TrainingRun& alone = grouping.training_runs[0];

  const Diagnosis whole = telltale::diagnosis::Diagnose(experiment, alone);
  const Series* loss = Named(experiment, alone, whole.validation_loss);
  if (loss == nullptr) return;
  const auto values = loss->values.span();
  const auto best = std::min_element(values.begin(), values.end()) - values.begin();
  const auto stop = FirstStop(experiment, alone, loss->steps.span());
  nlohmann::ordered_json line{{"name", training_run.name}};
  line["stop"] = stop ? nlohmann::ordered_json(*stop) : nlohmann::ordered_json();
  line["best_step"] = loss->steps[static_cast<size_t>(best)];
  line["last_step"] = loss->steps[loss->steps.size() - 1];
  std::cout << line.dump() << '\n';
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: replay_stopping LOGDIR\n";
    return 2;
  }
  const auto experiment = telltale::formats::FindFormat("tensorboard")->read(argv[1], {});
  if (!experiment.ok()) {
    std::cerr << experiment.status() << '\n';
    return 1;
  }
  const auto grouping = telltale::model::GroupRuns(*experiment);
  for (const TrainingRun& training_run : grouping.training_runs) Replay(*experiment, training_run);
  return 0;
}
