// How a line of the tables of habits is written: by what it measures, so that only what is unusual
// is spelt out. Included by the tables alone.
#pragma once

#include <string_view>

#include "lib/model/role_habits.h"

namespace telltale::model::habits {

inline constexpr Direction kNone = Direction::kUnknown;
inline constexpr Direction kUp = Direction::kHigherIsBetter;
inline constexpr Direction kDown = Direction::kLowerIsBetter;

constexpr Habit Loss(std::string_view phrase, std::string_view name = {}) {
  return {phrase, Quantity::kLoss, kDown, Strength::kLoss, name};
}
// Of one of several players: never the whole.
constexpr Habit PlayersLoss(std::string_view phrase, std::string_view name) {
  return {phrase, Quantity::kLoss, kDown, Strength::kLoss, name, true};
}
constexpr Habit Formula(std::string_view phrase, std::string_view name = {}) {
  return {phrase, Quantity::kLoss, kDown, Strength::kTerm, name};
}
constexpr Habit Term(std::string_view phrase, std::string_view name = {}) {
  return {phrase, Quantity::kLoss, kDown, Strength::kTerm, name, true};
}
constexpr Habit Accuracy(std::string_view phrase, std::string_view name = {}) {
  return {phrase, Quantity::kAccuracy, kUp, Strength::kAccuracy, name};
}
// Says which accuracy or error it is; alone it is an accuracy.
constexpr Habit TopN(std::string_view phrase, std::string_view name) {
  return {phrase, Quantity::kAccuracy, kUp, Strength::kGeneric, name};
}
constexpr Habit Metric(std::string_view phrase, Direction direction, std::string_view name = {}) {
  return {phrase, Quantity::kMetric, direction, Strength::kMetric, name};
}
constexpr Habit Generic(std::string_view phrase, Direction direction, std::string_view name = {}) {
  return {phrase, Quantity::kMetric, direction, Strength::kGeneric, name};
}
// Only ever measured on held-out data.
constexpr Habit HeldOut(std::string_view phrase, std::string_view name = {}) {
  return {phrase, Quantity::kMetric, kUp, Strength::kMetric, name, false, Split::kValidation};
}
constexpr Habit Rate(std::string_view phrase, std::string_view name = "lr") {
  return {phrase, Quantity::kLearningRate, kNone, Strength::kPhrase, name};
}
constexpr Habit Gradient(std::string_view phrase) {
  return {phrase, Quantity::kGradientNorm, kNone, Strength::kGradient, "grad_norm"};
}
constexpr Habit Update(std::string_view phrase) {
  return {phrase, Quantity::kUpdateRatio, kNone, Strength::kPhrase, "update_ratio"};
}
constexpr Habit Time(std::string_view phrase) {
  return {phrase, Quantity::kTime, kNone, Strength::kTime, {}};
}
constexpr Habit Other(std::string_view phrase, Strength strength = Strength::kPhrase) {
  return {phrase, Quantity::kOther, kNone, strength, {}};
}

}  // namespace telltale::model::habits
