#include "lib/diagnosis/group_params.h"

#include <algorithm>
#include <cmath>
#include <variant>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_format.h"

namespace telltale::diagnosis {
namespace {

const model::ParamValue* Find(const GroupMember& member, std::string_view name) {
  for (const model::Param& param : member.training_run->params) {
    if (param.name == name) return &param.value;
  }
  return nullptr;
}

}  // namespace

std::optional<std::string> ParamText(const GroupMember& member, std::string_view name) {
  const model::ParamValue* value = Find(member, name);
  if (value == nullptr) return std::nullopt;
  if (const auto* text = std::get_if<std::string>(value)) return *text;
  if (const auto* number = std::get_if<double>(value)) return absl::StrFormat("%.6g", *number);
  return std::get<bool>(*value) ? "true" : "false";
}

std::optional<double> ParamNumber(const GroupMember& member, std::string_view name) {
  const model::ParamValue* value = Find(member, name);
  double number = 0;
  if (value == nullptr) return std::nullopt;
  if (const auto* given = std::get_if<double>(value)) {
    number = *given;
  } else if (const auto* text = std::get_if<std::string>(value);
             text == nullptr || !absl::SimpleAtod(*text, &number)) {
    return std::nullopt;
  }
  if (!std::isfinite(number)) return std::nullopt;
  return number;
}

std::optional<RunScore> ScoreOf(const GroupMember& member) {
  const MemberFacts& facts = member.facts;
  if (facts.metric) {
    return RunScore{.value = *facts.metric, .sign = -facts.metric_sign, .name = "metric"};
  }
  if (facts.validation.n >= 3) {
    return RunScore{.value = facts.validation.min, .sign = 1, .name = "validation loss"};
  }
  if (facts.train.n >= 3) {
    return RunScore{.value = facts.train.min, .sign = 1, .name = "training loss"};
  }
  return std::nullopt;
}

std::vector<RunScore> ScoresOf(const GroupView& group) {
  std::vector<RunScore> scores;
  for (const GroupMember& member : group.members) {
    const auto score = ScoreOf(member);
    if (!score || (!scores.empty() && score->name != scores.front().name)) return {};
    scores.push_back(*score);
  }
  return scores;
}

bool HasFinding(const GroupMember& member, std::string_view id) {
  const auto& findings = member.facts.findings;
  return std::find(findings.begin(), findings.end(), id) != findings.end();
}

std::string PlainName(std::string_view name) {
  if (const size_t slash = name.rfind('/'); slash != std::string_view::npos) {
    name.remove_prefix(slash + 1);
  }
  std::string plain;
  for (const char c : name) {
    if (c != '_' && c != '-' && c != ' ' && c != '.') plain.push_back(absl::ascii_tolower(c));
  }
  return plain;
}

}  // namespace telltale::diagnosis
