// What a series means: which data it was measured on (split) and what it measures (quantity).
#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace telltale::model {

enum class Split { kUnknown, kTrain, kValidation, kTest };

enum class Quantity {
  kUnknown,
  kLoss,
  kAccuracy,  // a share of right answers: 0..1, or 0..100
  kMetric,    // any other quality measure; `direction` says which way is better
  kLearningRate,
  kGradientNorm,
  kUpdateRatio,  // size of an update over the size of the weight
  kEpoch,        // the epoch number at each step
  kTime,         // seconds, samples per second, utilisation: no learning signal
  kOther,        // known, and not for diagnosis (weights, histograms' statistics, system metrics)
};

enum class Direction { kUnknown, kLowerIsBetter, kHigherIsBetter };

// How often the writer logs the series, where its name says so ("batch_loss", "train_loss_step",
// "epoch_loss").
enum class Cadence { kUnknown, kStep, kEpoch };

struct Role {
  Split split = Split::kUnknown;
  Quantity quantity = Quantity::kUnknown;
  Direction direction = Direction::kUnknown;
  Cadence cadence = Cadence::kUnknown;
  // The quantity's own name without split, cadence and folder, lower case: "loss", "box_loss",
  // "accuracy", "f1", "lr". Train and validation series of one quantity have the same name; that is
  // how they are paired.
  std::string name = {};
  // Loss only: part of a sum ("box_loss", "kl_loss", "policy_loss"), not the loss that training
  // minimises.
  bool component = false;

  bool operator==(const Role&) const = default;
};

// The words of the JSON contract and of --role: "train", "validation", "test", "unknown"; "loss",
// "accuracy", "metric", "learning-rate", "gradient-norm", "update-ratio", "epoch", "time", "other",
// "unknown"; "lower", "higher", "unknown".
std::string_view SplitName(Split split);
std::string_view QuantityName(Quantity quantity);
std::string_view DirectionName(Direction direction);

// Parses "split:quantity" as --role and telltale.yaml give it, for example "validation:loss",
// "train:metric-higher", "validation:metric-lower". Fails with InvalidArgument that lists the words
// that are known.
absl::StatusOr<Role> ParseRole(std::string_view text);

}  // namespace telltale::model
