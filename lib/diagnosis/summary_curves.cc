#include "lib/diagnosis/summary_curves.h"

#include <algorithm>
#include <utility>

#include "lib/diagnosis/stats.h"

namespace telltale::diagnosis {
namespace {

constexpr size_t kCurvePoints = 1000;

BestCheckpoint BestOf(const Curve& curve, double sign) {
  size_t best = 0;
  for (size_t i = 1; i < curve.size(); ++i) {
    if (sign * curve.values[i] > sign * curve.values[best]) best = i;
  }
  return {.step = curve.steps[best],
          .value = curve.values[best],
          .series = curve.name,
          .is_last = best + 1 == curve.size()};
}

}  // namespace

std::optional<BestCheckpoint> FindBestCheckpoint(const RunView& view) {
  if (view.validation_loss != nullptr) return BestOf(*view.validation_loss, -1);
  if (view.validation_metric != nullptr) return BestOf(*view.validation_metric, view.metric_sign);
  if (view.train_loss != nullptr) return BestOf(*view.train_loss, -1);
  return std::nullopt;
}

std::vector<DerivedCurve> DeriveCurves(const RunView& view) {
  std::vector<DerivedCurve> curves;
  if (view.has_pair()) {
    DerivedCurve gap{.tag = "telltale/generalization_gap"};
    gap.description = "Validation loss minus training loss at each evaluation.";
    gap.steps = view.loss.steps;
    for (size_t i = 0; i < view.loss.size(); ++i) {
      gap.values.push_back(view.loss.validation[i] - view.loss.train[i]);
    }
    curves.push_back(std::move(gap));
  }
  if (view.validation_loss != nullptr && view.validation_loss->size() >= 3) {
    const Curve coarse = Coarse(*view.validation_loss, kCurvePoints);
    DerivedCurve trend{.tag = "telltale/val_loss_trend"};
    trend.description = "Validation loss without its noise (rolling median).";
    trend.steps = coarse.steps;
    trend.values = RollingMedian(coarse.values, LevelWindow(coarse.size()));
    curves.push_back(std::move(trend));
  }
  return curves;
}

}  // namespace telltale::diagnosis
