#include "tests/report/sample.h"

#include <cmath>
#include <functional>
#include <limits>
#include <utility>

namespace telltale::report {
namespace {

using diagnosis::Severity;
using diagnosis::Verdict;

model::Series MakeSeries(std::string tag, size_t n, const std::function<double(double)>& value) {
  model::Series series;
  series.tag = std::move(tag);
  for (size_t i = 0; i < n; ++i) {
    series.steps.push_back(static_cast<int64_t>(i));
    series.wall_times.push_back(1000 + static_cast<double>(i));
    series.values.push_back(value(static_cast<double>(i)));
  }
  return series;
}

model::Role Loss(model::Split split) {
  return {.split = split, .quantity = model::Quantity::kLoss, .name = "loss"};
}

// Adds "<name>/train" and "<name>/validation" with an epoch_loss each.
void AddTrainingRun(Sample& sample, const std::string& name,
                    const std::function<double(double)>& train,
                    const std::function<double(double)>& validation) {
  model::TrainingRun training_run{
      .name = name,
      .path = "logs/" + name,
      .grouped_because = "train and validation are splits of one training run"};
  for (const auto& [split, curve] :
       {std::pair(model::Split::kTrain, train), std::pair(model::Split::kValidation, validation)}) {
    const std::string run_name = name + "/" + std::string(model::SplitName(split));
    model::Run run{.name = run_name, .path = "logs/" + run_name};
    run.files.push_back(
        {.path = run.path + "/events.out.tfevents.1", .bytes = 8123, .records = 51});
    run.series.push_back(MakeSeries("epoch_loss", 50, curve));
    training_run.runs.push_back(sample.experiment.runs.size());
    training_run.series.push_back({sample.experiment.runs.size(), 0, Loss(split)});
    sample.experiment.runs.push_back(std::move(run));
  }
  sample.grouping.training_runs.push_back(std::move(training_run));
}

diagnosis::Diagnosis Judged(const std::string& name, Verdict verdict) {
  return {.verdict = verdict,
          .train_loss = name + "/train:epoch_loss",
          .validation_loss = name + "/validation:epoch_loss"};
}

diagnosis::Finding Overfitting(const std::string& name) {
  return {.id = "overfitting",
          .severity = Severity::kError,
          .confidence = 0.93,
          .summary =
              "Validation loss rises from 0.31 at step 18 to 0.52 while training loss "
              "keeps falling.",
          .first_step = 18,
          .last_step = 49,
          .evidence = {{.name = "rebound_over_noise",
                        .value = 14.2,
                        .unit = "sigma",
                        .series = name + "/validation:epoch_loss"},
                       {.name = "generalization_gap", .value = 0.46, .low = 0.41, .high = 0.51}},
          .remedies = {"Stop at step 18 and keep those weights (early stopping with patience 10).",
                       "Augment the data; add dropout of 0.1 to 0.5 or weight decay."},
          .ruled_out = {"the learning rate did not change"},
          .alternatives = {"epoch-wise double descent: train three times longer to see"}};
}

diagnosis::Finding Spike(const std::string& name) {
  return {.id = "loss-spikes",
          .severity = Severity::kWarning,
          .confidence = 0.6,
          .summary = "Training loss jumps to 2.5 at step 30.",
          .first_step = 30,
          .last_step = 30,
          .evidence = {{.name = "height", .value = 2.5, .series = name + "/train:epoch_loss"}},
          .remedies = {"Clip gradients to a norm of 1."}};
}

diagnosis::Finding NonFinite(const std::string& name) {
  return {.id = "non-finite",
          .severity = Severity::kError,
          .confidence = 1,
          .summary = "Training loss is NaN from step 25 on.",
          .first_step = 25,
          .evidence = {{.name = "last_finite_value",
                        .value = std::numeric_limits<double>::infinity(),
                        .series = name + "/train:epoch_loss"}},
          .remedies = {"Lower the learning rate."}};
}

void AddOverfitting(Sample& sample, const std::string& name) {
  AddTrainingRun(
      sample, name, [](double t) { return t == 30 ? 2.5 : 0.05 + 2.2 * std::exp(-t / 6); },
      [](double t) { return 0.3 + 2 * std::exp(-t / 5) + 0.007 * std::max(0.0, t - 18); });
  auto diagnosis = Judged(name, Verdict::kFailing);
  diagnosis.findings = {Overfitting(name), Spike(name)};
  diagnosis.best = {.step = 18, .value = 0.31, .series = name + "/validation:epoch_loss"};
  diagnosis.not_assessable = {{.id = "periodic-loss", .reason = "needs a loss for each step"}};
  sample.diagnoses.push_back(std::move(diagnosis));
}

}  // namespace

Sample MakeSample() {
  Sample sample{.experiment = {.format = "tensorboard", .path = "logs"}};
  AddOverfitting(sample, "r1");

  const auto falling = [](double t) { return 0.1 + 2.2 * std::exp(-t / 8); };
  AddTrainingRun(sample, "r2", falling, falling);
  sample.diagnoses.push_back(Judged("r2", Verdict::kHealthy));
  sample.diagnoses[1].best = {
      .step = 49, .value = 0.1, .series = "r2/validation:epoch_loss", .is_last = true};

  const auto broken = [](double t) { return t < 25 ? 2.3 - t / 50 : std::nan(""); };
  AddTrainingRun(sample, "r3", broken, [](double t) { return 2.3 - t / 60; });
  sample.diagnoses.push_back(Judged("r3", Verdict::kFailing));
  sample.diagnoses[2].findings = {NonFinite("r3")};

  sample.experiment.runs.push_back({.name = "r4", .path = "logs/r4"});
  sample.grouping.training_runs.push_back({.name = "r4", .path = "logs/r4", .runs = {6}});
  sample.diagnoses.push_back(
      {.not_assessable = {{.id = "overfitting", .reason = "needs a train and a validation loss"}}});

  sample.grouping.groups.push_back({.name = "r",
                                    .training_runs = {0, 1, 2},
                                    .grouped_because = "names differ in one number only"});
  sample.group_findings.push_back(
      {{.id = "unstable-across-seeds",
        .severity = Severity::kWarning,
        .confidence = 0.8,
        .summary = "2 of 3 training runs that differ only in their seed fail.",
        .remedies = {"Lower the learning rate."}}});

  sample.experiment.problems.push_back({.path = "logs/r1/train/events.out.tfevents.1",
                                        .begin = 41231,
                                        .end = 41300,
                                        .kind = ProblemKind::kCorruptRecord,
                                        .message = "payload checksum does not match",
                                        .records_lost = 1});
  sample.experiment.problems.push_back({.path = "logs/r4",
                                        .kind = ProblemKind::kSeveralSessions,
                                        .message = "two files both start at step 0"});
  return sample;
}

Sample MakeHostileSample() {
  Sample sample{.experiment = {.format = "tensorboard", .path = "logs"}};
  AddOverfitting(sample, "\x1b]0;owned\x07\u202e|`<img src=x onerror=alert(1)>`\xff");
  sample.diagnoses[0].findings[0].summary +=
      " \x1b[2J**bold** [link](http://evil.example)\n# heading";
  sample.experiment.problems.push_back({.path = "a\nb\x1b[31m", .message = "c\rd\xc2\x9b"});
  return sample;
}

}  // namespace telltale::report
