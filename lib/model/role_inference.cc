#include "lib/model/role_inference.h"

#include <algorithm>
#include <cstddef>
#include <vector>

#include "lib/base/str.h"
#include "lib/model/name_tokens.h"
#include "lib/model/role_habits.h"

namespace telltale::model {
namespace {

// No word of the tables is longer; longer ones need not be looked up.
constexpr size_t kLongestWord = 32;

// A token with what the tables say about it.
struct Word {
  std::string text = {};
  bool number = false;
  WordUse use = WordUse::kNone;
  bool split = false;
};

using Words = std::vector<Word>;

Word MakeWord(std::string text, bool number) {
  Word word{.text = std::move(text), .number = number};
  if (number || word.text.size() > kLongestWord) return word;
  const WordUse split = SplitUseOfWord(word.text);
  // "map50" is a word of its own; "val2" is a split.
  word.split = split != WordUse::kNone;
  word.use = word.split ? split : UseOfWord(word.text);
  return word;
}

Words Classify(NameComponent component) {
  Words words;
  words.reserve(component.size());
  for (NameToken& token : component) {
    if (!token.number && token.text.size() <= kLongestWord && FindHabit(token.text) == nullptr) {
      if (const JoinedWord joined = SplitJoinedWord(token.text); !joined.split.empty()) {
        words.push_back(MakeWord(std::string(joined.split), false));
        words.push_back(MakeWord(std::string(joined.quantity), false));
        continue;
      }
    }
    words.push_back(MakeWord(std::move(token.text), token.number));
  }
  return words;
}

// A habit found in a component, and the words that it is made of.
struct Match {
  const Habit* habit = nullptr;
  size_t component = 0;
  std::vector<size_t> words = {};
};

// Whether a match of `a` decides over an earlier one of `b` in the same component: the stronger,
// then the longer phrase, then the later, as the head of an English name stands last
// ("reward_error").
bool Decides(const Habit& a, const Habit* b) {
  if (b == nullptr) return true;
  if (a.strength != b->strength) return a.strength > b->strength;
  return a.phrase.size() >= b->phrase.size();
}

// The deciding habit of one component. Numbers and split words may stand between the words of a
// phrase
// ("grad_2.0_norm").
Match FindMatch(const Words& words) {
  std::vector<size_t> usable;
  for (size_t i = 0; i < words.size(); ++i) {
    if (!words[i].number && !words[i].split && words[i].text.size() <= kLongestWord)
      usable.push_back(i);
  }
  Match best;
  std::string phrase;
  for (size_t begin = 0; begin < usable.size();) {
    // The longest phrase that starts here; its words are not looked at again, so "log loss" is not
    // also "loss".
    size_t taken = 1;
    phrase.clear();
    const size_t limit = std::min(usable.size() - begin, kLongestPhrase);
    const Habit* habit = nullptr;
    for (size_t n = 1; n <= limit; ++n) {
      StrAppend(&phrase, n == 1 ? "" : " ", words[usable[begin + n - 1]].text);
      if (const Habit* found = FindHabit(phrase); found != nullptr) {
        habit = found;
        taken = n;
      }
    }
    if (habit != nullptr && Decides(*habit, best.habit)) {
      best.habit = habit;
      best.words.assign(usable.begin() + static_cast<ptrdiff_t>(begin),
                        usable.begin() + static_cast<ptrdiff_t>(begin + taken));
    }
    begin += taken;
  }
  return best;
}

// The deciding habit of the whole tag: the last component that names a quantity, as the ones before
// it are folders
// ("learning_rate_schedule/loss"); words that mostly name folders or counters count only where
// nothing else does.
Match FindMatch(const std::vector<Words>& components) {
  Match weak;
  for (size_t i = components.size(); i-- > 0;) {
    Match match = FindMatch(components[i]);
    if (match.habit == nullptr) continue;
    match.component = i;
    if (match.habit->strength > Strength::kGeneric) return match;
    if (weak.habit == nullptr || match.habit->strength > weak.habit->strength)
      weak = std::move(match);
  }
  return weak;
}

Split SplitOfUse(WordUse use) {
  switch (use) {
    case WordUse::kTrain:
      return Split::kTrain;
    case WordUse::kValidation:
    case WordUse::kEvaluation:
      return Split::kValidation;
    case WordUse::kTest:
      return Split::kTest;
    default:
      return Split::kUnknown;
  }
}

// The last split word decides ("train_val_loss"), but "eval" only where it stands alone:
// "eval_train_loss" is the loss of the training set.
Split SplitOfWords(const Words& words) {
  Split split = Split::kUnknown;
  bool exact = false;
  for (const Word& word : words) {
    if (!word.split) continue;
    if (word.use == WordUse::kEvaluation && exact) continue;
    exact = exact || word.use != WordUse::kEvaluation;
    split = SplitOfUse(word.use);
  }
  return split;
}

Split SplitOfTag(const std::vector<Words>& components) {
  for (size_t i = components.size(); i-- > 0;) {
    if (const Split split = SplitOfWords(components[i]); split != Split::kUnknown) return split;
  }
  return Split::kUnknown;
}

// "batch_loss" is logged each step, "loss_epoch" each epoch. What stands after "vs" is an axis, not
// a cadence: Keras' "evaluation_loss_vs_iterations" is logged once an epoch.
Cadence CadenceOfWords(const Words& words) {
  Cadence cadence = Cadence::kUnknown;
  for (const Word& word : words) {
    if (word.text == "vs") break;
    if (word.use == WordUse::kStep) cadence = Cadence::kStep;
    if (word.use == WordUse::kEpoch) cadence = Cadence::kEpoch;
  }
  return cadence;
}

Cadence CadenceOfTag(const std::vector<Words>& components, const Match& match) {
  for (size_t i = match.component; i < components.size(); ++i) {
    if (const Cadence cadence = CadenceOfWords(components[i]); cadence != Cadence::kUnknown)
      return cadence;
  }
  return Cadence::kUnknown;
}

// Whether the word tells apart two series of one quantity, so that it belongs into the name.
bool Qualifies(const Word& word) {
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

// The words around a match that say more about it.
struct Qualifiers {
  std::vector<std::string_view> words = {};
  std::vector<std::string_view> numbers = {};
  bool term = false;               // one of them is no name of a whole loss
  bool statistic = false;          // "std", "best"
  const Word* modifier = nullptr;  // after the match: "loss_weight"
  bool timed = false;              // a word of time after the match: "loss_time"
};

void AddQualifier(const Word& word, bool after_match, Qualifiers& out) {
  if (word.number) {
    out.numbers.push_back(word.text);
    return;
  }
  if (!Qualifies(word)) return;
  out.words.push_back(word.text);
  out.statistic = out.statistic || word.use == WordUse::kStatistic;
  if (after_match && word.use == WordUse::kModifier) out.modifier = &word;
  if (word.use != WordUse::kWhole) out.term = true;
  if (!after_match) return;
  const Habit* habit = FindHabit(word.text);
  out.timed = out.timed || (habit != nullptr && habit->quantity == Quantity::kTime);
}

Qualifiers FindQualifiers(const std::vector<Words>& components, const Match& match) {
  Qualifiers out;
  // A folder counts only where it names a player ("D/loss"): other folders are the writer's filing.
  if (match.component > 0 && match.habit->quantity == Quantity::kLoss) {
    for (const Word& word : components[match.component - 1]) {
      if (word.use == WordUse::kPlayer) AddQualifier(word, false, out);
    }
  }
  for (size_t c = match.component; c < components.size(); ++c) {
    const Words& words = components[c];
    for (size_t i = 0; i < words.size(); ++i) {
      const bool matched = c == match.component && std::find(match.words.begin(), match.words.end(),
                                                             i) != match.words.end();
      if (matched) continue;
      const bool after = c == match.component && i > match.words.back();
      AddQualifier(words[i], after, out);
    }
  }
  return out;
}

std::string JoinName(const std::vector<std::string_view>& words, std::string_view head,
                     const std::vector<std::string_view>& numbers) {
  std::string name;
  const auto add = [&name](std::string_view word) {
    if (!name.empty()) name += '_';
    name += word;
  };
  for (const std::string_view word : words) add(word);
  if (!head.empty()) add(head);
  for (const std::string_view number : numbers) add(number);
  return name;
}

// The name of something that no table knows: the words of the last component that has any of its
// own ("foo/train" is "foo").
std::string UnknownName(const std::vector<Words>& components) {
  for (size_t i = components.size(); i-- > 0;) {
    std::vector<std::string_view> words;
    for (const Word& word : components[i]) {
      if (word.number || Qualifies(word)) words.push_back(word.text);
    }
    const bool named =
        std::any_of(components[i].begin(), components[i].end(),
                    [](const Word& word) { return !word.number && Qualifies(word); });
    if (named) return JoinName(words, {}, {});
  }
  return {};
}

std::string HeadOf(const Habit& habit) {
  if (!habit.name.empty()) return std::string(habit.name);
  std::string head(habit.phrase);
  std::replace(head.begin(), head.end(), ' ', '_');
  return head;
}

// Words after the quantity or beside it can make it another thing: "loss_weight", "val_loss_std",
// "loss_time".
Quantity AdjustQuantity(Quantity quantity, const Qualifiers& qualifiers) {
  const bool learning = quantity == Quantity::kLoss || quantity == Quantity::kAccuracy ||
                        quantity == Quantity::kMetric;
  if (learning && qualifiers.timed) return Quantity::kTime;
  if (learning && qualifiers.statistic) return Quantity::kOther;
  if ((learning || quantity == Quantity::kLearningRate) && qualifiers.modifier != nullptr)
    return Quantity::kOther;
  return quantity;
}

Role InferFromWords(const std::vector<Words>& components) {
  Role role;
  role.split = SplitOfTag(components);
  const Match match = FindMatch(components);
  if (match.habit == nullptr) {
    role.name = UnknownName(components);
    return role;
  }
  const Habit& habit = *match.habit;
  const Qualifiers qualifiers = FindQualifiers(components, match);
  role.quantity = AdjustQuantity(habit.quantity, qualifiers);
  role.name = JoinName(qualifiers.words, HeadOf(habit), qualifiers.numbers);
  if (role.quantity == habit.quantity) {
    role.direction = habit.direction;
    role.component = habit.quantity == Quantity::kLoss && (habit.component || qualifiers.term);
  }
  const bool counter = role.quantity == Quantity::kEpoch || habit.strength == Strength::kFolder;
  if (!counter) role.cadence = CadenceOfTag(components, match);
  if (role.split == Split::kUnknown) role.split = habit.split;
  return role;
}

std::vector<Words> ClassifyName(std::string_view name) {
  std::vector<Words> components;
  for (NameComponent& component : TokenizeName(name))
    components.push_back(Classify(std::move(component)));
  return components;
}

std::string_view LastComponent(std::string_view run_name) {
  const size_t slash = run_name.rfind('/');
  return slash == std::string_view::npos ? run_name : run_name.substr(slash + 1);
}

}  // namespace

Role InferRoleOfTag(std::string_view tag) { return InferFromWords(ClassifyName(tag)); }

Role InferRole(std::string_view tag, std::string_view run_name) {
  if (const auto sub = ParseAddScalarsRun(tag, run_name); sub.has_value()) {
    Role role = InferRoleOfTag(StrCat(tag, "/", sub->curve));
    if (role.split == Split::kUnknown) role.split = SplitOfRun(sub->parent);
    return role;
  }
  Role role = InferRoleOfTag(tag);
  if (role.split == Split::kUnknown) role.split = SplitOfRun(run_name);
  return role;
}

Split SplitOfDirectory(std::string_view component) {
  // A session's number ("train#2") is read as any other number.
  const std::vector<Words> components = ClassifyName(component);
  if (components.size() != 1) return Split::kUnknown;
  const Words& words = components[0];
  if (!words[0].split)
    return words.size() == 1 && words[0].text == "learn" ? Split::kTrain : Split::kUnknown;
  // "eval_wikitext" is made by Estimator's names; "test_resnet" is more likely somebody's trial.
  const bool any_suffix =
      words[0].use == WordUse::kEvaluation || words[0].use == WordUse::kValidation;
  for (size_t i = 1; i < words.size() && !any_suffix; ++i) {
    if (!words[i].number && !words[i].split && !IsDirectoryFiller(words[i].text))
      return Split::kUnknown;
  }
  return SplitOfWords(words);
}

Split SplitOfRun(std::string_view run_name) {
  const std::string_view last = LastComponent(run_name);
  if (const Split split = SplitOfDirectory(last); split != Split::kUnknown) return split;
  // "exp1_train", "exp1-val": but not "smoke_test", which is a trial.
  const std::vector<Words> components = ClassifyName(last);
  if (components.empty()) return Split::kUnknown;
  const Word& word = components.back().back();
  return word.split && word.use != WordUse::kTest ? SplitOfUse(word.use) : Split::kUnknown;
}

std::optional<AddScalarsRun> ParseAddScalarsRun(std::string_view tag, std::string_view run_name) {
  if (tag.empty() || tag.size() >= run_name.size()) return std::nullopt;
  const auto parent_of = [&](size_t begin) {
    return begin == 0 ? std::string_view(".") : run_name.substr(0, begin - 1);
  };
  // torch: the chart's tag is the beginning of the last component.
  const size_t slash = run_name.rfind('/');
  const size_t last = slash == std::string_view::npos ? 0 : slash + 1;
  const std::string_view component = run_name.substr(last);
  if (component.size() > tag.size() + 1 && component[tag.size()] == '_') {
    const bool equal = std::equal(tag.begin(), tag.end(), component.begin(),
                                  [](char t, char c) { return t == c || (t == '/' && c == '_'); });
    if (equal)
      return AddScalarsRun{.parent = parent_of(last), .curve = component.substr(tag.size() + 1)};
  }
  // tensorboardX: the chart's tag is a path, and the curve one component below it.
  if (slash == std::string_view::npos || slash + 1 == run_name.size()) return std::nullopt;
  const std::string_view chart = run_name.substr(0, slash);
  if (!chart.ends_with(tag)) return std::nullopt;
  const size_t begin = chart.size() - tag.size();
  if (begin > 0 && chart[begin - 1] != '/') return std::nullopt;
  return AddScalarsRun{.parent = parent_of(begin), .curve = component};
}

}  // namespace telltale::model
