#include "lib/diagnosis/context.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "absl/strings/str_format.h"
#include "lib/base/str.h"

namespace telltale::diagnosis {

double Context::param(const ParamSpec& spec) const {
  const auto found = options_.params.find(StrCat(rule_.id, ".", spec.name));
  return found == options_.params.end() ? spec.value
                                        : std::clamp(found->second, spec.min, spec.max);
}

Finding& Context::Report(Finding finding) {
  finding.id = std::string(rule_.id);
  finding.confidence = std::clamp(finding.confidence, 0.0, 1.0);
  findings_.push_back(std::move(finding));
  return findings_.back();
}

void Context::NotAssessable(std::string reason) {
  not_assessable_.push_back({.id = std::string(rule_.id), .reason = std::move(reason)});
}

bool Has(Context& ctx, Needs what, size_t points) {
  const RunView& view = ctx.view();
  if (view.meaning != LossMeaning::kObjective && what != Needs::kMetric) {
    ctx.NotAssessable(view.meaning == LossMeaning::kAdversarial
                          ? "needs a loss that training minimises; adversarial losses need not fall"
                          : "needs a loss that training minimises; judge the reward instead");
    return false;
  }
  size_t have = 0;
  std::string_view name;
  switch (what) {
    case Needs::kTrainLoss:
      have = view.trend.size();
      name = "of the training loss";
      break;
    case Needs::kLossPair:
      have = view.loss.size();
      name = "at which both training and validation loss are logged";
      break;
    case Needs::kMetric:
      have = view.validation_metric != nullptr ? view.validation_metric->size() : 0;
      name = "of a validation metric whose better direction is known";
      break;
  }
  if (have >= points) return true;
  ctx.NotAssessable(absl::StrFormat("needs %d points %s, there are %d", points, name, have));
  return false;
}

double Strength(double value, double threshold, double factor) {
  if (!(value > 0) || !(threshold > 0) || !(factor > 1)) return 0;
  return std::clamp(0.5 + 0.5 * std::log(value / threshold) / std::log(factor), 0.0, 1.0);
}

double Grade(double low, double high, double strength) {
  return std::round(100 * (low + (high - low) * std::clamp(strength, 0.0, 1.0))) / 100;
}

}  // namespace telltale::diagnosis
