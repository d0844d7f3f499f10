// A training run as the rules see it: which series is the train loss, which the validation loss,
// and both on one axis.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "lib/diagnosis/curve.h"
#include "lib/diagnosis/shape.h"
#include "lib/model/experiment.h"
#include "lib/model/training_run.h"

namespace telltale::diagnosis {

// Train and validation values of one quantity at the evaluations: equal lengths, finite, steps
// strictly increasing. A train series that is finer than the evaluations is averaged since the
// previous evaluation.
struct Pair {
  const Curve* train_curve = nullptr;
  const Curve* validation_curve = nullptr;
  std::vector<int64_t> steps = {};
  std::vector<double> train = {};
  std::vector<double> validation = {};

  size_t size() const { return steps.size(); }
};

// What kind of number the train loss is.
enum class LossMeaning {
  kObjective,      // what training minimises: trends mean what they seem to
  kAdversarial,    // generator and discriminator: neither has to fall
  kReinforcement,  // policy and value losses: the reward is what counts
};

// Any series, whether diagnosis uses its values or not.
struct SeriesNote {
  std::string name = {};
  model::Role role = {};
  SeriesHealth health = {};
  const model::Series* series = nullptr;
  size_t run = 0;  // index into the experiment's runs
};

struct RunView {
  std::vector<SeriesNote> notes = {};               // all series, in the training run's order
  std::vector<std::unique_ptr<Curve>> curves = {};  // those whose values are used
  LossMeaning meaning = LossMeaning::kObjective;

  const Curve* train_loss = nullptr;        // epoch-level where there is one
  const Curve* train_loss_steps = nullptr;  // step-level; may be the same curve
  const Curve* validation_loss = nullptr;
  const Curve* train_metric =
      nullptr;  // accuracy before other metrics, and the one with a validation twin
  const Curve* validation_metric = nullptr;
  const Curve* learning_rate = nullptr;
  const Curve* gradient_norm = nullptr;
  const Curve* update_ratio = nullptr;

  Pair loss = {};          // empty without both
  Pair metric = {};        // same for the metric, as logged (not mapped)
  double metric_sign = 1;  // +1 higher is better, -1 lower is better

  // Shapes of the two sides of `loss`.
  Shape loss_train = {};
  Shape loss_validation = {};
  // The validation metric (as `train`, mapped so that higher is better) beside the validation loss
  // (as `validation`).
  Pair metric_and_loss = {};

  // The trends that most rules judge: 8 to 200 points of the train and validation loss, with their
  // shapes.
  Curve trend = {};  // of the train loss
  Shape train = {};
  Shape validation = {};
  // Learning rate at each point of `trend`; empty without one.
  std::vector<double> trend_lr = {};

  std::vector<model::Param> params = {};

  bool has_train() const { return trend.size() >= 3; }
  bool has_pair() const { return loss.size() >= 3; }
};

// Cleans and selects. Linear in the points apart from sorting what is out of order.
RunView MakeRunView(const model::Experiment& experiment, const model::TrainingRun& training_run);

// A numeric hyper-parameter by one of its names (case-insensitive, '_', '-', ' ' and '/' alike; the
// last component of a path counts); empty when there is none.
std::optional<double> NumericParam(const RunView& view,
                                   std::initializer_list<std::string_view> names);

}  // namespace telltale::diagnosis
