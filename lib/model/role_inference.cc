#include "lib/model/role_inference.h"

#include <algorithm>
#include <cstddef>
#include <vector>

#include "lib/base/str.h"
#include "lib/model/role_habits.h"
#include "lib/model/role_match.h"

namespace telltale::model {
namespace {

using Components = std::vector<RoleWords>;

Split SplitOfTag(const Components& components) {
  for (size_t i = components.size(); i-- > 0;) {
    const Split split = SplitOfWords(components[i]);
    if (split != Split::kUnknown) return split;
  }
  return Split::kUnknown;
}

// "batch_loss" is logged each step, "loss_epoch" each epoch. What stands after "vs" is an axis, not
// a cadence: Keras' "evaluation_loss_vs_iterations" is logged once an epoch.
Cadence CadenceOfWords(const RoleWords& words) {
  Cadence cadence = Cadence::kUnknown;
  for (const RoleWord& word : words) {
    if (word.text == "vs") break;
    if (word.use == WordUse::kStep) cadence = Cadence::kStep;
    if (word.use == WordUse::kEpoch) cadence = Cadence::kEpoch;
  }
  return cadence;
}

Cadence CadenceOfTag(const Components& components, const RoleMatch& match) {
  for (size_t i = match.component; i < components.size(); ++i) {
    const Cadence cadence = CadenceOfWords(components[i]);
    if (cadence != Cadence::kUnknown) return cadence;
  }
  // "train_step/loss"
  return match.component > 0 ? CadenceOfWords(components[match.component - 1]) : Cadence::kUnknown;
}

// Whether the word tells apart two series of one quantity, so that it belongs into the name.
bool Qualifies(const RoleWord& word) {
  if (word.split) return false;
  switch (word.use) {
    case WordUse::kStep:
    case WordUse::kEpoch:
    case WordUse::kFiller:
      return false;
    default:
      return true;
  }
}

// What the words around a match say about it.
struct Qualifiers {
  std::vector<std::string_view> words = {};
  std::vector<std::string_view> numbers = {};
  bool term = false;       // one of them does not name a whole loss
  bool statistic = false;  // "best"
  bool modified = false;   // "loss_weight"
  bool timed = false;      // "loss_time"

  void Add(const RoleWord& word, bool after_match) {
    if (word.number) {
      numbers.push_back(word.text);
      return;
    }
    if (!Qualifies(word)) return;
    if (after_match && word.text == "value") return;  // "loss_value"; "value_loss" is a critic's
    words.push_back(word.text);
    statistic = statistic || word.use == WordUse::kStatistic;
    modified = modified || (after_match && word.use == WordUse::kModifier);
    term = term || word.use != WordUse::kWhole;
    const Habit* habit = after_match ? FindHabit(word.text) : nullptr;
    timed = timed || (habit != nullptr && habit->quantity == Quantity::kTime);
  }
};

Qualifiers FindQualifiers(const Components& components, const RoleMatch& match) {
  Qualifiers out;
  // A folder counts only where it names a player ("D/loss"): others are the writer's filing.
  if (match.component > 0 && match.habit->quantity == Quantity::kLoss) {
    for (const RoleWord& word : components[match.component - 1]) {
      if (word.use == WordUse::kPlayer) out.Add(word, false);
    }
  }
  for (size_t c = match.component; c < components.size(); ++c) {
    const RoleWords& words = components[c];
    for (size_t i = 0; i < words.size(); ++i) {
      const bool here = c == match.component;
      if (here && std::find(match.words.begin(), match.words.end(), i) != match.words.end())
        continue;
      // The "2.0" of "grad_2.0_norm" is part of the phrase.
      const bool inside = here && i > match.words.front() && i < match.words.back();
      if (inside && words[i].number) continue;
      out.Add(words[i], here && i > match.words.back());
    }
  }
  return out;
}

void AppendWord(std::string_view word, std::string& name) {
  if (word.empty()) return;
  if (!name.empty()) name += '_';
  name += word;
}

// "box_loss" for both "box_loss" and "loss_box", so that series are paired whatever the order.
std::string LearningName(const Habit& habit, const Qualifiers& qualifiers) {
  std::string name;
  for (const std::string_view word : qualifiers.words) AppendWord(word, name);
  std::string head(habit.name.empty() ? habit.phrase : habit.name);
  std::replace(head.begin(), head.end(), ' ', '_');
  AppendWord(head, name);
  for (const std::string_view number : qualifiers.numbers) AppendWord(number, name);
  return name;
}

// The words of one component and all below it, in their order, without the split.
std::string PlainName(const Components& components, size_t from) {
  std::string name;
  for (size_t c = from; c < components.size(); ++c) {
    for (const RoleWord& word : components[c]) {
      if (!word.split) AppendWord(word.text, name);
    }
  }
  return name;
}

// The name of something that no table knows: the words of the last component that has any of its
// own
// ("foo/train" is "foo").
std::string UnknownName(const Components& components) {
  for (size_t i = components.size(); i-- > 0;) {
    for (const RoleWord& word : components[i]) {
      if (!word.number && Qualifies(word)) return PlainName(components, i);
    }
  }
  return {};
}

bool SaysLearning(Quantity quantity) {
  return quantity == Quantity::kLoss || quantity == Quantity::kAccuracy ||
         quantity == Quantity::kMetric;
}

// The words around a quantity can make it another thing: "loss_weight", "best_acc", "loss_time",
// "best_epoch".
Quantity AdjustQuantity(Quantity quantity, const Qualifiers& qualifiers) {
  if (SaysLearning(quantity) && qualifiers.timed) return Quantity::kTime;
  if (SaysLearning(quantity) && qualifiers.statistic) return Quantity::kOther;
  if (quantity == Quantity::kEpoch && !qualifiers.words.empty()) return Quantity::kOther;
  const bool modifiable = SaysLearning(quantity) || quantity == Quantity::kLearningRate;
  if (modifiable && qualifiers.modified) return Quantity::kOther;
  return quantity;
}

// "loss/mul:0" of TensorFlow 1 is the first output of an operation: the number is no name.
std::string_view WithoutOutputIndex(std::string_view tag) {
  const size_t last = tag.find_last_not_of("0123456789");
  if (last == std::string_view::npos || last + 1 == tag.size() || tag[last] != ':') return tag;
  return tag.substr(0, last);
}

}  // namespace

Role InferRoleOfTag(std::string_view tag) {
  Components components = ReadRoleWords(WithoutOutputIndex(tag));
  Role role;
  const RoleMatch match = FindRoleMatch(components);
  role.split = SplitOfTag(components);
  if (match.habit == nullptr) {
    role.name = UnknownName(components);
    return role;
  }
  const Habit& habit = *match.habit;
  const Qualifiers qualifiers = FindQualifiers(components, match);
  role.quantity = AdjustQuantity(habit.quantity, qualifiers);
  const bool measured = role.quantity != Quantity::kTime && role.quantity != Quantity::kOther;
  role.name = measured ? LearningName(habit, qualifiers) : PlainName(components, match.component);
  if (measured) {
    role.direction = habit.direction;
    role.component = role.quantity == Quantity::kLoss && (habit.component || qualifiers.term);
    if (role.quantity != Quantity::kEpoch) role.cadence = CadenceOfTag(components, match);
  }
  if (role.split == Split::kUnknown) role.split = habit.split;
  return role;
}

Role InferRole(std::string_view tag, std::string_view run_name) {
  if (const auto chart = ParseAddScalarsRun(tag, run_name); chart.has_value()) {
    Role role = InferRoleOfTag(StrCat(tag, "/", chart->curve));
    if (role.split == Split::kUnknown) role.split = SplitOfRun(chart->parent);
    return role;
  }
  Role role = InferRoleOfTag(tag);
  if (role.split == Split::kUnknown) role.split = SplitOfRun(run_name);
  return role;
}

}  // namespace telltale::model
