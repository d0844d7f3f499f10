// The words of a name with what the tables say about them, and the habit that decides.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "lib/model/role.h"
#include "lib/model/role_habits.h"

namespace telltale::model {

struct RoleWord {
  std::string text = {};
  bool number = false;
  bool split = false;  // `use` is a split's
  WordUse use = WordUse::kNone;
};

using RoleWords = std::vector<RoleWord>;

// The components of `name` as words; two words written as one are taken apart ("valloss").
std::vector<RoleWords> ReadRoleWords(std::string_view name);

// A habit found in a name, and the words that it is made of.
struct RoleMatch {
  const Habit* habit = nullptr;  // nullptr: nothing is known of the name
  size_t component = 0;
  std::vector<size_t> words = {};  // indices into the component, ascending
};

// The habit that decides what a whole name measures: that of the last component that names a
// quantity, as the ones before it are folders ("learning_rate_schedule/loss").
// Two components that only together name something are joined first ("gradients/norm").
RoleMatch FindRoleMatch(std::vector<RoleWords>& components);

// The split that the words of one component name.
Split SplitOfWords(const RoleWords& words);

}  // namespace telltale::model
