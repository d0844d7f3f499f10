// The tables behind role inference: what people call things. One line a habit, with where it is
// seen.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "lib/model/role.h"

namespace telltale::model {

// Which of several habits in one name decides what it measures; the higher wins.
enum class Strength : uint8_t {
  kCounter,  // "step", "epoch": only as the last component, and where nothing else is said
  kFolder,   // mostly names a folder: only where nothing else is said ("weights/layer1")
  kGeneric,  // "score", "rate": says that it is a metric, and every other word says more
  kTime,
  kMetric,
  kAccuracy,
  kTerm,  // a loss by its formula ("nll", "kl"): the word "loss" beside it decides
  kLoss,
  kGradient,
  kPhrase,  // learning rates and phrases that mean something else than their words ("loss scale")
};

struct Habit {
  std::string_view phrase;  // words in lower case, one space between
  Quantity quantity;
  Direction direction;
  Strength strength;
  std::string_view name;          // Role::name; empty: the phrase with '_' for ' '
  bool component = false;         // a loss that is part of a sum wherever it is seen
  Split split = Split::kUnknown;  // where the name does not say one
};

// The tables, in files of their own: losses and accuracies, other metrics, all else.
std::vector<std::span<const Habit>> LossHabits();
std::vector<std::span<const Habit>> MetricHabits();
std::vector<std::span<const Habit>> ProcessHabits();

// The longest phrase that FindHabit knows, in words.
inline constexpr size_t kLongestPhrase = 4;

// The habit for exactly `phrase` (words joined by one space), or nullptr.
const Habit* FindHabit(std::string_view phrase);

// What a single word does besides naming a quantity.
enum class WordUse : uint8_t {
  kNone,
  kTrain,
  kValidation,
  kEvaluation,  // validation, unless a more exact word stands beside it ("eval_train")
  kTest,
  kStep,       // cadence
  kEpoch,      // cadence
  kFiller,     // says nothing about which quantity it is: "avg", "per", "total"
  kWhole,      // beside "loss": names the whole loss by its formula: "focal", "mse", "ema"
  kPlayer,     // who has the loss, where several train against or beside each other: "d", "actor"
  kStatistic,  // makes it a record of a curve, not the curve: "best", "max"
  kModifier,   // after a quantity: a setting or a derived thing ("loss_weight", "loss_std")
};

WordUse UseOfWord(std::string_view word);

// UseOfWord as far as splits go, also with digits at the end ("val2"). Never anything but kNone or
// a split's use.
WordUse SplitUseOfWord(std::string_view word);

// Words that may follow a split in a directory's name without making it another thing:
// "train_logs", "test-set".
bool IsDirectoryFiller(std::string_view word);

// Two words written as one: "valloss", "testacc". Both are empty where `word` is not such a pair.
struct JoinedWord {
  std::string_view split = {};
  std::string_view quantity = {};
};
JoinedWord SplitJoinedWord(std::string_view word);

}  // namespace telltale::model
