// Judgements that several rules share: is a curve flat, is its level still high, is it still
// improving.
#pragma once

#include <cstddef>
#include <optional>

#include "lib/diagnosis/run_view.h"
#include "lib/diagnosis/shape.h"

namespace telltale::diagnosis {

// First index from which the level stays within `margin` of the end; n - 1 at the latest, n for an
// empty curve.
size_t FlatSince(const Shape& shape, double margin);

// Index as a share of the run, 0 .. 1.
double ShareOf(size_t index, size_t n);

// What is left of the initial train loss, 0 .. 1 and more; empty where a ratio means nothing (a
// loss that is not positive, or one with a floor that is not known, such as a variational bound).
std::optional<double> RemainingLoss(const RunView& view);

// Final accuracy on the training data, else on validation data, as a share 0..1; empty without an
// accuracy.
std::optional<double> FinalAccuracy(const RunView& view);

// The shape of the train loss, or of the validation loss where single batches make the former
// several times noisier (as a share of its fall): both show the pace of learning.
const Shape& CalmerLoss(const RunView& view);

// Accuracies as shares: divides by 100 where the series is in per cent.
std::vector<double> AsShares(const std::vector<double>& accuracies);

// Whether the loss is the negative log likelihood of classes, as far as the numbers say: there is
// an accuracy.
bool IsClassification(const RunView& view);

// Learning rate over the run's peak at a share of the run; empty without a learning rate.
std::optional<double> RelativeRate(const RunView& view, double share);

}  // namespace telltale::diagnosis
