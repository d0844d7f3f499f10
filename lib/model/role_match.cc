#include "lib/model/role_match.h"

#include <algorithm>
#include <utility>

#include "lib/base/str.h"
#include "lib/model/name_tokens.h"

namespace telltale::model {
namespace {

// No word of the tables is longer; longer ones need not be looked up.
constexpr size_t kLongestWord = 32;

RoleWord MakeWord(std::string text, bool number) {
  RoleWord word{.text = std::move(text), .number = number};
  if (number || word.text.size() > kLongestWord) return word;
  const WordUse split = SplitUseOfWord(word.text);
  word.split = split != WordUse::kNone;
  word.use = word.split ? split : UseOfWord(word.text);
  return word;
}

// Words that mean another thing apart ("entropy", "out"), and how they are written as one.
struct Compound {
  std::string_view parts[3];
  std::string_view whole;
};

constexpr Compound kCompounds[] = {
    {{"cross", "entropy"}, "crossentropy"},
    {{"held", "out"}, "heldout"},
    {{"hold", "out"}, "holdout"},
    {{"in", "sample"}, "insample"},
    {{"out", "of", "sample"}, "outsample"},
    {{"r", "2"}, "r2"},
    {{"f", "1"}, "f1"},
    {{"l", "1"}, "l1"},
    {{"l", "2"}, "l2"},
};

// How many tokens from `begin` on are the parts of `compound`; 0 where they are not.
size_t CountParts(const NameComponent& component, size_t begin, const Compound& compound) {
  size_t n = 0;
  for (const std::string_view part : compound.parts) {
    if (part.empty()) break;
    if (begin + n >= component.size() || component[begin + n].text != part) return 0;
    ++n;
  }
  return n;
}

void JoinCompounds(NameComponent& component) {
  size_t kept = 0;
  for (size_t i = 0; i < component.size(); ++kept) {
    size_t parts = 0;
    for (const Compound& compound : kCompounds) {
      parts = CountParts(component, i, compound);
      if (parts == 0) continue;
      component[i] = {.text = std::string(compound.whole)};
      break;
    }
    if (kept != i) component[kept] = std::move(component[i]);
    i += std::max<size_t>(parts, 1);
  }
  component.resize(kept);
}

RoleWords ReadComponent(NameComponent component) {
  JoinCompounds(component);
  RoleWords words;
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

// The words that a phrase may be made of. Numbers and splits may stand between them, as in
// "grad_2.0_norm".
std::vector<size_t> PhraseWords(const RoleWords& words) {
  std::vector<size_t> usable;
  for (size_t i = 0; i < words.size(); ++i) {
    const RoleWord& word = words[i];
    if (!word.number && !word.split && word.text.size() <= kLongestWord) usable.push_back(i);
  }
  return usable;
}

// The longest phrase of a table that starts at usable[begin].
struct Phrase {
  const Habit* habit = nullptr;
  size_t length = 1;
};

Phrase LongestPhrase(const RoleWords& words, const std::vector<size_t>& usable, size_t begin) {
  Phrase longest;
  std::string text;
  const size_t limit = std::min(usable.size() - begin, kLongestPhrase);
  for (size_t n = 1; n <= limit; ++n) {
    if (n > 1) text += ' ';
    text += words[usable[begin + n - 1]].text;
    if (const Habit* found = FindHabit(text); found != nullptr)
      longest = {.habit = found, .length = n};
  }
  return longest;
}

ptrdiff_t WordCount(std::string_view phrase) {
  return std::count(phrase.begin(), phrase.end(), ' ') + 1;
}

// Whether a match of `a` decides over an earlier one of `b` in the same component: the stronger,
// then the longer phrase, then the later, as the head of an English name stands last
// ("reward_error").
bool Decides(const Habit& a, const Habit* b) {
  if (b == nullptr) return true;
  if (a.strength != b->strength) return a.strength > b->strength;
  return WordCount(a.phrase) >= WordCount(b->phrase);
}

RoleMatch MatchComponent(const RoleWords& words) {
  const std::vector<size_t> usable = PhraseWords(words);
  RoleMatch best;
  for (size_t begin = 0; begin < usable.size();) {
    // The words of a phrase are not looked at again: "loss_scale" is not also a loss.
    const Phrase phrase = LongestPhrase(words, usable, begin);
    if (phrase.habit != nullptr && Decides(*phrase.habit, best.habit)) {
      const auto first = usable.begin() + static_cast<ptrdiff_t>(begin);
      best.habit = phrase.habit;
      best.words.assign(first, first + static_cast<ptrdiff_t>(phrase.length));
    }
    begin += phrase.length;
  }
  return best;
}

// The last component and the one before it as one, where a phrase stands across the slash:
// "gradients/norm", "global_step/sec".
void JoinAcrossSlash(std::vector<RoleWords>& components) {
  if (components.size() < 2) return;
  RoleWords& folder = components[components.size() - 2];
  RoleWords& leaf = components.back();
  RoleWords joined = folder;
  joined.insert(joined.end(), leaf.begin(), leaf.end());
  const RoleMatch match = MatchComponent(joined);
  const bool across = match.habit != nullptr && match.words.front() < folder.size() &&
                      match.words.back() >= folder.size();
  if (!across) return;
  folder = std::move(joined);
  components.pop_back();
}

}  // namespace

std::vector<RoleWords> ReadRoleWords(std::string_view name) {
  std::vector<RoleWords> components;
  for (NameComponent& component : TokenizeName(name)) {
    components.push_back(ReadComponent(std::move(component)));
  }
  return components;
}

RoleMatch FindRoleMatch(std::vector<RoleWords>& components) {
  JoinAcrossSlash(components);
  RoleMatch weak;
  for (size_t i = components.size(); i-- > 0;) {
    RoleMatch match = MatchComponent(components[i]);
    if (match.habit == nullptr) continue;
    match.component = i;
    if (match.habit->strength > Strength::kGeneric) return match;
    if (match.habit->strength == Strength::kCounter && i + 1 < components.size()) continue;
    if (weak.habit == nullptr || match.habit->strength > weak.habit->strength)
      weak = std::move(match);
  }
  return weak;
}

// The last split word decides ("train_val_loss"), but "eval" only where it stands alone:
// "eval_train_loss" is the loss of the training set.
Split SplitOfWords(const RoleWords& words) {
  WordUse use = WordUse::kNone;
  for (const RoleWord& word : words) {
    if (!word.split) continue;
    if (word.use != WordUse::kEvaluation || use == WordUse::kNone) use = word.use;
  }
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

}  // namespace telltale::model
