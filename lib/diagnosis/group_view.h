// A group of training runs as the group rules see it: each member by its final values and findings.
#pragma once

#include <string>
#include <vector>

#include "lib/diagnosis/engine.h"
#include "lib/diagnosis/finding.h"
#include "lib/diagnosis/shape.h"
#include "lib/model/experiment.h"
#include "lib/model/training_run.h"

namespace telltale::diagnosis {

struct GroupMember {
  std::string name = {};
  const model::TrainingRun* training_run = nullptr;
  const Diagnosis* diagnosis = nullptr;
  std::vector<double> train = {};       // at most 200 points, cleaned
  std::vector<double> validation = {};  // the loss
  std::vector<double> metric = {};  // validation metric where there is one, else train's; as logged
  double metric_sign = 0;           // +1 higher is better, -1 lower, 0 no metric
  Shape train_shape = {};
  Shape validation_shape = {};
};

struct GroupView {
  std::string name = {};
  model::GroupKind kind = model::GroupKind::kSeeds;
  std::vector<std::string> differing = {};
  std::vector<GroupMember> members = {};
};

GroupView MakeGroupView(const model::Experiment& experiment, const model::Grouping& grouping,
                        const model::Group& group, const std::vector<Diagnosis>& diagnoses);

}  // namespace telltale::diagnosis
