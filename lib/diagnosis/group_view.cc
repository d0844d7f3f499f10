#include "lib/diagnosis/group_view.h"

#include <xxhash.h>

#include <algorithm>
#include <memory>

#include "lib/diagnosis/rule.h"
#include "lib/diagnosis/run_view.h"
#include "lib/diagnosis/shape.h"

namespace telltale::diagnosis {
namespace {

constexpr size_t kMemberPoints = 200;

LevelFacts LevelOf(const Shape& shape) {
  return {.n = shape.n, .start = shape.start, .min = shape.min};
}

// Numbers that are equal have equal bytes: of the two zeros one is taken.
void AddTo(XXH3_state_t& hash, const std::vector<double>& values) {
  for (const double value : values) {
    const double number = value == 0 ? 0 : value;
    XXH3_128bits_update(&hash, &number, sizeof number);
  }
  const size_t count = values.size();
  XXH3_128bits_update(&hash, &count, sizeof count);
}

std::pair<uint64_t, uint64_t> FingerprintOf(const std::vector<double>& curve,
                                            const std::vector<double>& validation) {
  const std::unique_ptr<XXH3_state_t, decltype(&XXH3_freeState)> hash(XXH3_createState(),
                                                                      &XXH3_freeState);
  XXH3_128bits_reset(hash.get());
  AddTo(*hash, curve);
  AddTo(*hash, validation);
  const XXH128_hash_t digest = XXH3_128bits_digest(hash.get());
  return {digest.high64, digest.low64};
}

}  // namespace

MemberFacts FactsOf(const model::Experiment& experiment, const model::TrainingRun& training_run,
                    const Diagnosis& diagnosis) {
  const RunView view = MakeRunView(experiment, training_run);
  MemberFacts facts{.train = LevelOf(view.train)};
  std::vector<double> validation, metric;
  if (view.validation_loss != nullptr) {
    validation = Coarse(*view.validation_loss, kMemberPoints).values;
    facts.validation = LevelOf(view.validation);
  }
  const Curve* logged =
      view.validation_metric != nullptr ? view.validation_metric : view.train_metric;
  if (logged != nullptr) {
    metric = Coarse(*logged, kMemberPoints).values;
    facts.metric_sign = view.metric_sign;
  }
  if (metric.size() >= 3 && facts.metric_sign != 0) {
    std::vector<double> falling;
    for (const double value : metric) falling.push_back(-facts.metric_sign * value);
    facts.metric = MakeShape(falling).min;
  }
  const std::vector<double>& curve = view.trend.values.empty() ? metric : view.trend.values;
  facts.points = curve.size();
  // Constants are equal without being copies.
  if (!curve.empty() && *std::min_element(curve.begin(), curve.end()) !=
                            *std::max_element(curve.begin(), curve.end())) {
    facts.fingerprint = FingerprintOf(curve, validation);
  }
  for (const Finding& finding : diagnosis.findings) {
    if (const Rule* rule = FindRule(finding.id)) facts.findings.push_back(rule->id);
  }
  return facts;
}

GroupView MakeGroupView(const model::Grouping& grouping, const model::Group& group,
                        std::span<const MemberFacts> facts) {
  GroupView view{.name = group.name, .kind = group.kind, .differing = group.differing};
  for (const size_t i : group.training_runs) {
    if (i >= grouping.training_runs.size() || i >= facts.size()) continue;
    const model::TrainingRun& training_run = grouping.training_runs[i];
    view.members.push_back(
        {.name = training_run.name, .training_run = &training_run, .facts = facts[i]});
  }
  return view;
}

GroupView MakeGroupView(const model::Experiment& experiment, const model::Grouping& grouping,
                        const model::Group& group, const std::vector<Diagnosis>& diagnoses) {
  std::vector<MemberFacts> facts(grouping.training_runs.size());
  for (const size_t i : group.training_runs) {
    if (i >= diagnoses.size() || i >= facts.size()) continue;
    facts[i] = FactsOf(experiment, grouping.training_runs[i], diagnoses[i]);
  }
  return MakeGroupView(grouping, group, facts);
}

}  // namespace telltale::diagnosis
