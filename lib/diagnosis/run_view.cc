#include "lib/diagnosis/run_view.h"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <utility>
#include <variant>

#include "absl/strings/numbers.h"
#include "lib/base/str.h"
#include "lib/diagnosis/selection.h"

namespace telltale::diagnosis {
namespace {

constexpr size_t kTrendPoints = 200;  // most points of RunView::trend
constexpr size_t kCoarsePoints = 60;  // of a step-level train loss: averages out the batch noise
constexpr size_t kFewEpochs = 8;      // fewer epoch points than this say less than the steps do

bool IsUsed(model::Quantity quantity) {
  switch (quantity) {
    case model::Quantity::kLoss:
    case model::Quantity::kAccuracy:
    case model::Quantity::kMetric:
    case model::Quantity::kLearningRate:
    case model::Quantity::kGradientNorm:
    case model::Quantity::kUpdateRatio:
      return true;
    default:
      return false;
  }
}

void ReadSeries(const model::Experiment& experiment, const model::TrainingRun& training_run,
                RunView& view) {
  for (const model::SeriesRef& ref : training_run.series) {
    const model::Run& run = experiment.runs[ref.run];
    const model::Series& series = run.series[ref.series];
    SeriesNote note{.name = StrCat(run.name, ":", series.tag), .role = ref.role};
    note.series = &series;
    note.run = ref.run;
    if (IsUsed(ref.role.quantity)) {
      view.curves.push_back(std::make_unique<Curve>(Clean(series, ref.role, note.name)));
      note.health = view.curves.back()->health;
    } else {
      note.health = Examine(series);
    }
    view.notes.push_back(std::move(note));
  }
}

void ChooseTrend(RunView& view) {
  const Curve* epochs = view.train_loss;
  const Curve* steps = view.train_loss_steps;
  if (epochs == nullptr) epochs = steps;
  if (epochs == nullptr) return;
  if (steps == epochs) {
    view.trend = Coarse(*epochs, epochs->size() > kTrendPoints ? kCoarsePoints : kTrendPoints);
    return;
  }
  const bool few =
      epochs->size() < kFewEpochs && steps != nullptr && steps->size() > epochs->size();
  view.trend = few ? Coarse(*steps, kCoarsePoints) : Coarse(*epochs, kTrendPoints);
}

// Blocks hide where a curve began: its first point, or the median of the first few of a long one.
void RestoreStart(const Curve& curve, Shape& shape) {
  if (curve.size() <= shape.n || shape.n == 0) return;
  const size_t count = std::clamp<size_t>(curve.size() / 500, 1, 5);
  shape.start = std::max(shape.start, Median(std::span<const double>(curve.values).first(count)));
  shape.level.front() = shape.start;
  shape.fall = std::max(0.0, shape.start - shape.min);
  shape.scale = std::max(shape.scale, std::abs(shape.start));
}

// The learning rate in force at each of `steps`; the first one before its first point.
std::vector<double> RateAt(const Curve& rate, std::span<const int64_t> steps) {
  std::vector<double> out;
  if (rate.empty() || steps.empty()) return out;
  const StepMap map = MapSteps(steps, rate.steps);
  size_t at = 0;
  for (const int64_t step : steps) {
    while (at + 1 < rate.size() && rate.steps[at + 1] <= map(step)) ++at;
    out.push_back(rate.values[at]);
  }
  return out;
}

std::string Normalised(std::string_view name) {
  if (const size_t slash = name.rfind('/'); slash != std::string_view::npos) {
    name.remove_prefix(slash + 1);
  }
  std::string out;
  for (const char c : name) {
    if (c == '_' || c == '-' || c == ' ' || c == '.') continue;
    out.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c);
  }
  return out;
}

}  // namespace

RunView MakeRunView(const model::Experiment& experiment, const model::TrainingRun& training_run) {
  RunView view;
  view.params = training_run.params;
  ReadSeries(experiment, training_run, view);
  SelectCurves(view);
  ChooseTrend(view);
  if (view.train_loss != nullptr && view.validation_loss != nullptr) {
    view.loss = MakePair(*view.train_loss, *view.validation_loss);
    if (view.loss.size() < 3 && view.train_loss_steps != nullptr) {
      view.loss = MakePair(*view.train_loss_steps, *view.validation_loss);
    }
  }
  if (view.train_metric != nullptr && view.validation_metric != nullptr) {
    view.metric = MakePair(*view.train_metric, *view.validation_metric);
  }
  const Curve* metric =
      view.validation_metric != nullptr ? view.validation_metric : view.train_metric;
  if (metric != nullptr && metric->role.direction == model::Direction::kLowerIsBetter) {
    view.metric_sign = -1;
  }
  if (view.validation_metric != nullptr && view.validation_loss != nullptr) {
    view.metric_and_loss = MakePair(*view.validation_metric, *view.validation_loss);
    for (double& v : view.metric_and_loss.train) v *= view.metric_sign;
  }
  view.loss_train = MakeShape(view.loss.train);
  view.loss_validation = MakeShape(view.loss.validation);
  view.train = MakeShape(view.trend.values);
  if (view.train_loss != nullptr) RestoreStart(*view.train_loss, view.train);
  if (view.validation_loss != nullptr) {
    view.validation = MakeShape(Coarse(*view.validation_loss, kTrendPoints).values);
    RestoreStart(*view.validation_loss, view.validation);
  }
  if (view.learning_rate != nullptr) view.trend_lr = RateAt(*view.learning_rate, view.trend.steps);
  return view;
}

std::optional<double> NumericParam(const RunView& view,
                                   std::initializer_list<std::string_view> names) {
  for (const std::string_view wanted : names) {
    for (const model::Param& param : view.params) {
      if (Normalised(param.name) != Normalised(wanted)) continue;
      double value = 0;
      if (const auto* number = std::get_if<double>(&param.value)) return *number;
      const auto* text = std::get_if<std::string>(&param.value);
      if (text != nullptr && absl::SimpleAtod(*text, &value) && std::isfinite(value)) return value;
    }
  }
  return std::nullopt;
}

}  // namespace telltale::diagnosis
