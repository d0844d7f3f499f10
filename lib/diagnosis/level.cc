#include "lib/diagnosis/level.h"

#include <algorithm>
#include <cmath>

namespace telltale::diagnosis {

size_t FlatSince(const Shape& shape, double margin) {
  if (shape.n == 0) return 0;
  size_t since = shape.n - 1;
  for (size_t i = shape.n; i-- > 0;) {
    if (std::abs(shape.level[i] - shape.end) > margin) break;
    since = i;
  }
  return since;
}

double ShareOf(size_t index, size_t n) {
  return n > 1 ? static_cast<double>(index) / static_cast<double>(n - 1) : 0;
}

std::optional<double> RemainingLoss(const RunView& view) {
  if (view.trend.size() < 3 || view.train.min <= 0 || view.train.start <= 0) return std::nullopt;
  for (const SeriesNote& note : view.notes) {
    if (note.role.quantity == model::Quantity::kLoss && note.role.component &&
        note.role.name == "kl_loss") {
      return std::nullopt;
    }
  }
  return view.train.end / view.train.start;
}

const Shape& CalmerLoss(const RunView& view) {
  const Shape& train = view.train;
  const Shape& validation = view.validation;
  if (validation.n < 12 || validation.fall <= 0 || train.fall <= 0) return train;
  return train.noise / train.fall > 3 * validation.noise / validation.fall &&
                 train.noise > 0.03 * train.fall
             ? validation
             : train;
}

std::vector<double> AsShares(const std::vector<double>& accuracies) {
  std::vector<double> shares = accuracies;
  if (shares.empty() || *std::max_element(shares.begin(), shares.end()) <= 1.5) return shares;
  for (double& share : shares) share /= 100;
  return shares;
}

std::optional<double> FinalAccuracy(const RunView& view) {
  for (const Curve* curve : {view.train_metric, view.validation_metric}) {
    if (curve == nullptr || curve->role.quantity != model::Quantity::kAccuracy) continue;
    const std::vector<double> shares = AsShares(curve->values);
    const size_t window = std::min(shares.size(), LevelWindow(shares.size()));
    return Median(std::span<const double>(shares).subspan(shares.size() - window));
  }
  return std::nullopt;
}

bool IsClassification(const RunView& view) {
  for (const Curve* curve : {view.train_metric, view.validation_metric}) {
    if (curve != nullptr && curve->role.quantity == model::Quantity::kAccuracy) return true;
  }
  return false;
}

std::optional<double> RelativeRate(const RunView& view, double share) {
  if (view.trend_lr.empty()) return std::nullopt;
  const double peak = *std::max_element(view.trend_lr.begin(), view.trend_lr.end());
  if (!(peak > 0)) return std::nullopt;
  const auto at = static_cast<size_t>(
      std::lround(std::clamp(share, 0.0, 1.0) * static_cast<double>(view.trend_lr.size() - 1)));
  return view.trend_lr[at] / peak;
}

}  // namespace telltale::diagnosis
