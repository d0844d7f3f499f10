#include "lib/diagnosis/group_view.h"

#include <utility>

#include "lib/diagnosis/run_view.h"

namespace telltale::diagnosis {
namespace {

constexpr size_t kMemberPoints = 200;

GroupMember MakeMember(const model::Experiment& experiment, const model::TrainingRun& training_run,
                       const Diagnosis& diagnosis) {
  GroupMember member{.name = training_run.name, .training_run = &training_run};
  member.diagnosis = &diagnosis;
  const RunView view = MakeRunView(experiment, training_run);
  member.train = view.trend.values;
  member.train_shape = view.train;
  if (view.validation_loss != nullptr) {
    member.validation = Coarse(*view.validation_loss, kMemberPoints).values;
    member.validation_shape = view.validation;
  }
  const Curve* metric =
      view.validation_metric != nullptr ? view.validation_metric : view.train_metric;
  if (metric != nullptr) {
    member.metric = Coarse(*metric, kMemberPoints).values;
    member.metric_sign = view.metric_sign;
  }
  return member;
}

}  // namespace

GroupView MakeGroupView(const model::Experiment& experiment, const model::Grouping& grouping,
                        const model::Group& group, const std::vector<Diagnosis>& diagnoses) {
  GroupView view{.name = group.name, .kind = group.kind, .differing = group.differing};
  for (const size_t i : group.training_runs) {
    if (i >= grouping.training_runs.size() || i >= diagnoses.size()) continue;
    view.members.push_back(MakeMember(experiment, grouping.training_runs[i], diagnoses[i]));
  }
  return view;
}

}  // namespace telltale::diagnosis
