#include "lib/config/config.h"

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>
#include <vector>

#include "lib/base/nearest.h"
#include "lib/base/status_util.h"
#include "lib/base/str.h"
#include "lib/base/text.h"

namespace telltale::config {
namespace {

// "%g" without a locale.
std::string Shown(double value) { return StrCat(value); }

class Parser {
 public:
  Parser(std::string_view file, std::span<const diagnosis::Rule* const> rules)
      : file_(file), rules_(rules) {}

  absl::StatusOr<Config> Parse(std::string_view yaml);

 private:
  struct Entry {
    std::string key;
    YAML::Node key_node;
    YAML::Node value;
  };

  absl::Status Error(const YAML::Mark& mark, std::string_view what) const;
  absl::Status Error(const YAML::Node& node, std::string_view what) const {
    return Error(node.Mark(), what);
  }

  // The entries of a map whose keys are scalars and distinct. An empty value is an empty map.
  absl::StatusOr<std::vector<Entry>> Entries(const YAML::Node& node, std::string_view what) const;
  // The elements of a list. An empty value is an empty list.
  absl::StatusOr<std::vector<YAML::Node>> Elements(const YAML::Node& node,
                                                   std::string_view what) const;
  absl::StatusOr<std::string> Text(const YAML::Node& node, std::string_view what) const;
  absl::StatusOr<const diagnosis::Rule*> RuleNamed(const YAML::Node& node) const;
  absl::Status UnknownKey(const Entry& entry, std::span<const std::string_view> known) const;

  absl::Status ParseDisable(const YAML::Node& node);
  absl::Status ParseRules(const YAML::Node& node);
  absl::Status ParseParam(const diagnosis::Rule& rule, const Entry& entry);
  absl::Status ParseRoles(const YAML::Node& node);
  absl::Status ParseHyperParams(const YAML::Node& node);
  absl::Status ParseGroup(const YAML::Node& node);
  absl::Status ParseSuppress(const YAML::Node& node);
  absl::StatusOr<diagnosis::Suppression> ParseSuppression(const YAML::Node& node) const;

  std::string_view file_;
  std::span<const diagnosis::Rule* const> rules_;
  Config config_;
};

absl::Status Parser::Error(const YAML::Mark& mark, std::string_view what) const {
  const std::string line = mark.is_null() ? "" : StrCat(":", mark.line + 1);
  return absl::InvalidArgumentError(StrCat(file_, line, ": ", what));
}

absl::StatusOr<std::vector<Parser::Entry>> Parser::Entries(const YAML::Node& node,
                                                           std::string_view what) const {
  std::vector<Entry> entries;
  if (node.IsNull()) return entries;
  if (!node.IsMap()) return Error(node, StrCat("'", what, "' is a map of names to values"));
  std::set<std::string> seen;
  for (const auto& pair : node) {
    TELLTALE_ASSIGN_OR_RETURN(std::string key, Text(pair.first, what));
    if (!seen.insert(key).second) {
      return Error(pair.first, StrCat("'", Printable(key), "' is given twice"));
    }
    entries.push_back({std::move(key), pair.first, pair.second});
  }
  return entries;
}

absl::StatusOr<std::vector<YAML::Node>> Parser::Elements(const YAML::Node& node,
                                                         std::string_view what) const {
  if (node.IsNull()) return std::vector<YAML::Node>();
  if (!node.IsSequence()) return Error(node, StrCat("'", what, "' is a list"));
  return std::vector<YAML::Node>(node.begin(), node.end());
}

absl::StatusOr<std::string> Parser::Text(const YAML::Node& node, std::string_view what) const {
  if (!node.IsScalar() || node.Scalar().empty()) {
    return Error(node, StrCat("expected text in '", what, "'"));
  }
  return node.Scalar();
}

absl::StatusOr<const diagnosis::Rule*> Parser::RuleNamed(const YAML::Node& node) const {
  TELLTALE_ASSIGN_OR_RETURN(const std::string id, Text(node, "rule id"));
  std::vector<std::string_view> ids;
  for (const diagnosis::Rule* rule : rules_) {
    if (rule->id == id) return rule;
    ids.push_back(rule->id);
  }
  return Error(node, StrCat("no rule is called '", Printable(id), "'", DidYouMean(id, ids)));
}

absl::Status Parser::UnknownKey(const Entry& entry, std::span<const std::string_view> known) const {
  std::string list;
  for (const std::string_view key : known) StrAppend(&list, list.empty() ? "" : ", ", key);
  const std::string hint = DidYouMean(entry.key, known);
  return Error(entry.key_node, StrCat("unknown key '", Printable(entry.key), "'",
                                      hint.empty() ? StrCat("; known are: ", list) : hint));
}

absl::Status Parser::ParseDisable(const YAML::Node& node) {
  TELLTALE_ASSIGN_OR_RETURN(const auto elements, Elements(node, "disable"));
  for (const YAML::Node& element : elements) {
    TELLTALE_ASSIGN_OR_RETURN(const diagnosis::Rule* rule, RuleNamed(element));
    config_.diagnosis.disabled.emplace_back(rule->id);
  }
  return absl::OkStatus();
}

absl::Status Parser::ParseRules(const YAML::Node& node) {
  TELLTALE_ASSIGN_OR_RETURN(const auto entries, Entries(node, "rules"));
  for (const Entry& entry : entries) {
    TELLTALE_ASSIGN_OR_RETURN(const diagnosis::Rule* rule, RuleNamed(entry.key_node));
    TELLTALE_ASSIGN_OR_RETURN(const auto params, Entries(entry.value, rule->id));
    for (const Entry& param : params) TELLTALE_RETURN_IF_ERROR(ParseParam(*rule, param));
  }
  return absl::OkStatus();
}

absl::Status Parser::ParseParam(const diagnosis::Rule& rule, const Entry& entry) {
  std::vector<std::string_view> names;
  for (const auto& spec : rule.params) names.push_back(spec.name);
  const auto at = std::find(names.begin(), names.end(), entry.key);
  if (names.empty()) {
    return Error(entry.key_node, StrCat("unknown key '", Printable(entry.key), "'; '", rule.id,
                                        "' has no parameters"));
  }
  if (at == names.end()) return UnknownKey(entry, names);
  const diagnosis::ParamSpec& spec = rule.params[static_cast<size_t>(at - names.begin())];

  double value = 0;
  if (!entry.value.IsScalar() || !YAML::convert<double>::decode(entry.value, value)) {
    return Error(entry.value, StrCat("'", spec.name, "' is a number"));
  }
  // Not `value < min || value > max`: NaN is out of range as well.
  if (!(value >= spec.min && value <= spec.max)) {
    return Error(entry.value, StrCat("'", spec.name, "' is from ", Shown(spec.min), " to ",
                                     Shown(spec.max), ", not ", Shown(value)));
  }
  config_.diagnosis.params[StrCat(rule.id, ".", spec.name)] = value;
  return absl::OkStatus();
}

absl::Status Parser::ParseRoles(const YAML::Node& node) {
  TELLTALE_ASSIGN_OR_RETURN(const auto entries, Entries(node, "roles"));
  for (const Entry& entry : entries) {
    TELLTALE_ASSIGN_OR_RETURN(const std::string text, Text(entry.value, "roles"));
    const auto role = model::ParseRole(text);
    if (!role.ok()) return Error(entry.value, ToStd(role.status().message()));
    config_.grouping.roles.push_back({entry.key, *role});
  }
  return absl::OkStatus();
}

absl::Status Parser::ParseHyperParams(const YAML::Node& node) {
  TELLTALE_ASSIGN_OR_RETURN(const auto entries, Entries(node, "params"));
  for (const Entry& entry : entries) {
    if (!entry.value.IsScalar()) {
      return Error(entry.value, StrCat("the value of '", Printable(entry.key),
                                       "' is a number, true, false or text"));
    }
    // yaml-cpp tags what stands in quotation marks with "!": that is text, whatever it looks like.
    const bool quoted = entry.value.Tag() == "!";
    auto set =
        model::ParseParamOverride(entry.key, quoted ? model::ParamValue(entry.value.Scalar())
                                                    : model::ParseParamValue(entry.value.Scalar()));
    if (!set.ok()) return Error(entry.key_node, ToStd(set.status().message()));
    config_.grouping.params.push_back(*std::move(set));
  }
  return absl::OkStatus();
}

absl::Status Parser::ParseGroup(const YAML::Node& node) {
  bool group = true;
  if (!node.IsScalar() || !YAML::convert<bool>::decode(node, group)) {
    return Error(node, "'group' is true or false");
  }
  config_.grouping.group = group;
  return absl::OkStatus();
}

absl::Status Parser::ParseSuppress(const YAML::Node& node) {
  TELLTALE_ASSIGN_OR_RETURN(const auto elements, Elements(node, "suppress"));
  for (const YAML::Node& element : elements) {
    TELLTALE_ASSIGN_OR_RETURN(auto suppression, ParseSuppression(element));
    config_.diagnosis.suppressions.push_back(std::move(suppression));
  }
  return absl::OkStatus();
}

absl::StatusOr<diagnosis::Suppression> Parser::ParseSuppression(const YAML::Node& node) const {
  constexpr std::string_view kKeys[] = {"id", "run", "reason"};
  TELLTALE_ASSIGN_OR_RETURN(const auto entries, Entries(node, "suppress"));
  diagnosis::Suppression suppression;
  for (const Entry& entry : entries) {
    TELLTALE_ASSIGN_OR_RETURN(std::string text, Text(entry.value, entry.key));
    if (entry.key == "id") {
      // A pattern may stand for rules to come; a plain id that does not exist is a slip.
      if (text.find_first_of("*?") == std::string::npos) {
        TELLTALE_RETURN_IF_ERROR(RuleNamed(entry.value).status());
      }
      suppression.id = std::move(text);
    } else if (entry.key == "run") {
      suppression.run = std::move(text);
    } else if (entry.key == "reason") {
      suppression.reason = std::move(text);
    } else {
      return UnknownKey(entry, kKeys);
    }
  }
  if (suppression.id.empty()) return Error(node, "a suppression needs the 'id' of a rule");
  if (suppression.reason.empty()) {
    return Error(node, "a suppression needs a 'reason', for whoever reads this next");
  }
  return suppression;
}

absl::StatusOr<Config> Parser::Parse(std::string_view yaml) {
  constexpr std::string_view kKeys[] = {"disable", "rules", "roles", "params", "group", "suppress"};
  try {
    const YAML::Node root = YAML::Load(std::string(yaml));
    TELLTALE_ASSIGN_OR_RETURN(const auto entries, Entries(root, "telltale.yaml"));
    for (const Entry& entry : entries) {
      absl::Status status;
      if (entry.key == "disable") {
        status = ParseDisable(entry.value);
      } else if (entry.key == "rules") {
        status = ParseRules(entry.value);
      } else if (entry.key == "roles") {
        status = ParseRoles(entry.value);
      } else if (entry.key == "params") {
        status = ParseHyperParams(entry.value);
      } else if (entry.key == "group") {
        status = ParseGroup(entry.value);
      } else if (entry.key == "suppress") {
        status = ParseSuppress(entry.value);
      } else {
        status = UnknownKey(entry, kKeys);
      }
      if (!status.ok()) return status;
    }
  } catch (const YAML::Exception& e) {  // yaml-cpp's way to say that it is not YAML
    return Error(e.mark, e.msg);
  }
  return std::move(config_);
}

}  // namespace

absl::StatusOr<Config> ParseConfig(std::string_view yaml, std::string_view file,
                                   std::span<const diagnosis::Rule* const> rules) {
  return Parser(file, rules).Parse(yaml);
}

}  // namespace telltale::config
