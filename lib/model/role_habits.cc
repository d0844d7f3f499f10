#include "lib/model/role_habits.h"

#include <span>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "lib/base/str.h"

namespace telltale::model {
namespace {

using HabitMap = absl::flat_hash_map<absl::string_view, const Habit*>;

HabitMap MakeHabits() {
  HabitMap map;
  for (const auto& tables : {LossHabits(), MetricHabits(), ProcessHabits()}) {
    for (const std::span<const Habit> table : tables) {
      for (const Habit& habit : table) map.try_emplace(ToAbsl(habit.phrase), &habit);
    }
  }
  return map;
}

}  // namespace

const Habit* FindHabit(std::string_view phrase) {
  static const HabitMap habits = MakeHabits();
  const auto found = habits.find(ToAbsl(phrase));
  return found == habits.end() ? nullptr : found->second;
}

}  // namespace telltale::model
