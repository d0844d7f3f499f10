// A rule is the code that can produce one finding id: constant data and one function. The file
// `rules/<id>.cc` is its registration (docs/adding-a-rule.md); no list is edited.
#pragma once

#include <span>
#include <string_view>

#include "lib/diagnosis/finding.h"

namespace telltale::diagnosis {

class Context;

// A number that a rule can be tuned by, from telltale.yaml.
struct ParamSpec {
  std::string_view name;
  double value;  // default
  double min;
  double max;
  std::string_view doc;  // unit and meaning
};

// Whether a rule looks at one training run or at a group of them.
enum class Scope { kTrainingRun, kGroup };

struct Rule {
  std::string_view id;                     // names the bad thing; the file's stem with '-' for '_'
  Severity severity = Severity::kWarning;  // of a usual finding; a rule may report another
  Scope scope = Scope::kTrainingRun;
  std::string_view summary;  // starts small, ends bare
  // Markdown under fixed headings: "## What it finds", "## Why it matters", "## What to try", "##
  // Known limits".
  std::string_view doc;
  std::span<const ParamSpec> params = {};
  // Ids that this finding is a consequence of: where one of them is reported, this one is not said
  // as well.
  std::span<const std::string_view> explained_by = {};
  void (*check)(Context& context) = nullptr;
};

// All rules, sorted by id. Constant data.
std::span<const Rule* const> AllRules();

// The rule for `id`, or nullptr.
const Rule* FindRule(std::string_view id);

}  // namespace telltale::diagnosis
