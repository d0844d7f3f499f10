#include "lib/model/role.h"

#include <string>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "lib/base/str.h"
#include "lib/base/text.h"
#include "lib/model/role_inference.h"

namespace telltale::model {
namespace {

struct QuantityWord {
  std::string_view word;
  Quantity quantity;
  Direction direction;
};

constexpr QuantityWord kQuantityWords[] = {
    {"loss", Quantity::kLoss, Direction::kLowerIsBetter},
    {"accuracy", Quantity::kAccuracy, Direction::kHigherIsBetter},
    {"metric", Quantity::kMetric, Direction::kUnknown},
    {"metric-higher", Quantity::kMetric, Direction::kHigherIsBetter},
    {"metric-lower", Quantity::kMetric, Direction::kLowerIsBetter},
    {"learning-rate", Quantity::kLearningRate, Direction::kUnknown},
    {"gradient-norm", Quantity::kGradientNorm, Direction::kUnknown},
    {"update-ratio", Quantity::kUpdateRatio, Direction::kUnknown},
    {"epoch", Quantity::kEpoch, Direction::kUnknown},
    {"time", Quantity::kTime, Direction::kUnknown},
    {"other", Quantity::kOther, Direction::kUnknown},
    {"unknown", Quantity::kUnknown, Direction::kUnknown},
};

constexpr Split kSplits[] = {Split::kTrain, Split::kValidation, Split::kTest, Split::kUnknown};

std::string Lower(std::string_view word) {
  return absl::AsciiStrToLower(absl::StripAsciiWhitespace(ToAbsl(word)));
}

absl::Status UnknownRole(std::string_view text) {
  std::string splits;
  for (const Split split : kSplits) {
    StrAppend(&splits, splits.empty() ? "" : ", ", SplitName(split));
  }
  std::string quantities;
  for (const QuantityWord& word : kQuantityWords) {
    StrAppend(&quantities, quantities.empty() ? "" : ", ", word.word);
  }
  return absl::InvalidArgumentError(
      StrCat("'", Printable(text), "' is not a role: expected split:quantity with split one of ",
             splits, " and quantity one of ", quantities));
}

}  // namespace

std::string_view SplitName(Split split) {
  switch (split) {
    case Split::kUnknown:
      return "unknown";
    case Split::kTrain:
      return "train";
    case Split::kValidation:
      return "validation";
    case Split::kTest:
      return "test";
  }
  return "unknown";
}

std::string_view QuantityName(Quantity quantity) {
  // The first word of a quantity is its name; the later ones ("metric-higher") add a direction.
  for (const QuantityWord& word : kQuantityWords) {
    if (word.quantity == quantity) return word.word;
  }
  return "unknown";
}

std::string_view DirectionName(Direction direction) {
  switch (direction) {
    case Direction::kUnknown:
      return "unknown";
    case Direction::kLowerIsBetter:
      return "lower";
    case Direction::kHigherIsBetter:
      return "higher";
  }
  return "unknown";
}

absl::StatusOr<Role> ParseRole(std::string_view text) {
  const size_t colon = text.find(':');
  if (colon == std::string_view::npos) return UnknownRole(text);
  const std::string split_word = Lower(text.substr(0, colon));
  const std::string quantity_word = Lower(text.substr(colon + 1));

  Role role;
  // "val", "eval" and the like are accepted as in directory names: nobody should have to look up
  // which one we print.
  role.split = SplitOfDirectory(split_word);
  if (role.split == Split::kUnknown && split_word != SplitName(Split::kUnknown))
    return UnknownRole(text);
  for (const QuantityWord& word : kQuantityWords) {
    if (word.word != quantity_word) continue;
    role.quantity = word.quantity;
    role.direction = word.direction;
    return role;
  }
  return UnknownRole(text);
}

}  // namespace telltale::model
