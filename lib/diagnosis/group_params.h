// What the rules about several runs compare: hyper-parameters and one score for each run.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lib/diagnosis/group_view.h"

namespace telltale::diagnosis {

// A hyper-parameter of a member as text and, where it is a number, as such. Empty where it has none
// of that name.
std::optional<std::string> ParamText(const GroupMember& member, std::string_view name);
std::optional<double> ParamNumber(const GroupMember& member, std::string_view name);

// One number for how good a run is at its best, lower is better: the validation metric (its sign
// turned where higher is better), else the validation loss, else the training loss. Levels, not
// single points.
struct RunScore {
  double value = 0;
  double sign = 1;        // times value: as it was logged
  std::string name = {};  // "validation loss"
};
std::optional<RunScore> ScoreOf(const GroupMember& member);

// Scores of all members by the same quantity; empty where not all of them have it.
std::vector<RunScore> ScoresOf(const GroupView& group);

// Whether the member has a finding of that id, at any severity.
bool HasFinding(const GroupMember& member, std::string_view id);

// The last component of a name in lower case without '_', '-' and spaces: "model/Weight_Decay" is
// "weightdecay".
std::string PlainName(std::string_view name);

}  // namespace telltale::diagnosis
