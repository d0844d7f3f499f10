#include "lib/report/catalogue.h"

#include <algorithm>
#include <string>

#include "lib/base/str.h"
#include "lib/base/text.h"
#include "lib/report/json_value.h"
#include "lib/report/number.h"
#include "lib/report/text_finding.h"

namespace telltale::report {
namespace {

std::string_view ScopeName(diagnosis::Scope scope) {
  return scope == diagnosis::Scope::kGroup ? "group" : "training run";
}

std::string Bounds(const diagnosis::ParamSpec& param) {
  return StrCat(FormatNumber(param.min), " to ", FormatNumber(param.max));
}

std::string ParamsText(const diagnosis::Rule& rule, size_t width, const Painter& paint) {
  if (rule.params.empty()) return "";
  size_t name = 0;
  for (const auto& param : rule.params) name = std::max(name, param.name.size());
  std::string out = StrCat("\n", paint(Ink::kBold, "Parameters"), "\n");
  for (const auto& param : rule.params) {
    out +=
        Hanging(StrCat("  ", PadEnd(param.name, name), "  "),
                StrCat(param.doc, " (", FormatNumber(param.value), "; from ", Bounds(param), ")"),
                width, paint);
  }
  StrAppend(
      &out, "\n",
      paint(Ink::kDim, StrCat("In telltale.yaml:  rules: {", rule.id, ": {", rule.params[0].name,
                              ": ", FormatNumber(rule.params[0].value), "}}")),
      "\n");
  return out;
}

std::string ExplainedBy(const diagnosis::Rule& rule) {
  std::string out;
  for (const auto id : rule.explained_by) StrAppend(&out, out.empty() ? "" : ", ", id);
  return out;
}

Json ToJson(const diagnosis::Rule& rule) {
  Json json;
  json["id"] = rule.id;
  json["severity"] = diagnosis::SeverityName(rule.severity);
  json["scope"] = rule.scope == diagnosis::Scope::kGroup ? "group" : "training-run";
  json["summary"] = rule.summary;
  json["doc"] = rule.doc;
  json["params"] = Json::array();
  for (const auto& param : rule.params) {
    json["params"].push_back({{"name", param.name},
                              {"value", Number(param.value)},
                              {"min", Number(param.min)},
                              {"max", Number(param.max)},
                              {"doc", param.doc}});
  }
  json["explained_by"] = Json::array();
  for (const auto id : rule.explained_by) json["explained_by"].push_back(id);
  return json;
}

}  // namespace

std::string RulesText(std::span<const diagnosis::Rule* const> rules, const TextOptions& options) {
  const Painter paint(options.color);
  size_t id_width = 0;
  for (const auto* rule : rules) id_width = std::max(id_width, rule->id.size());
  std::string out;
  for (const auto* rule : rules) {
    const Ink ink = InkOf(rule->severity);
    const std::string first = StrCat(PadEnd(rule->id, id_width), "  ",
                                     PadEnd(diagnosis::SeverityName(rule->severity), 7), "  ");
    std::string line = Hanging(first, rule->summary, ProseWidth(options), paint);
    line.replace(0, first.size(),
                 StrCat(paint(Ink::kBold, PadEnd(rule->id, id_width)), "  ",
                        paint(ink, PadEnd(diagnosis::SeverityName(rule->severity), 7)), "  "));
    out += line;
  }
  return out;
}

std::string RulesMarkdown(std::span<const diagnosis::Rule* const> rules) {
  std::string out = "| id | severity | what it finds |\n| --- | --- | --- |\n";
  for (const auto* rule : rules) {
    StrAppend(&out, "| ", MarkdownCode(rule->id), " | ", diagnosis::SeverityName(rule->severity),
              " | ", EscapeMarkdown(rule->summary), " |\n");
  }
  return out;
}

std::string RulesJson(std::span<const diagnosis::Rule* const> rules, std::string_view version) {
  Json json;
  json["schema"] = "telltale.rules/1";
  json["version"] = version;
  json["rules"] = Json::array();
  for (const auto* rule : rules) json["rules"].push_back(ToJson(*rule));
  return Indented(json);
}

std::string RuleText(const diagnosis::Rule& rule, const TextOptions& options) {
  const Painter paint(options.color);
  const size_t width = ProseWidth(options);
  std::string out = StrCat(paint(Ink::kBold, rule.id), "  ",
                           paint(InkOf(rule.severity), diagnosis::SeverityName(rule.severity)),
                           paint(Ink::kDim, StrCat(", about a ", ScopeName(rule.scope))), "\n");
  out += Hanging("", rule.summary, width, paint);
  StrAppend(&out, "\n", MarkdownForTerminal(rule.doc, width, paint));
  if (!rule.explained_by.empty()) {
    out += "\n" + Hanging("Not said as well as: ", ExplainedBy(rule), width, paint, Ink::kDim);
  }
  return out + ParamsText(rule, width, paint);
}

std::string RuleMarkdown(const diagnosis::Rule& rule) {
  std::string out = StrCat("# ", rule.id, "\n\n", EscapeMarkdown(rule.summary), " *(",
                           diagnosis::SeverityName(rule.severity), ", about a ",
                           ScopeName(rule.scope), ")*\n\n", rule.doc);
  if (!out.ends_with('\n')) out += "\n";
  if (!rule.explained_by.empty()) {
    StrAppend(&out, "\nNot said as well as: ", ExplainedBy(rule), ".\n");
  }
  if (rule.params.empty()) return out;
  out += "\n## Parameters\n\n| name | value | bounds | meaning |\n| --- | ---: | --- | --- |\n";
  for (const auto& param : rule.params) {
    StrAppend(&out, "| ", MarkdownCode(param.name), " | ", FormatNumber(param.value), " | ",
              Bounds(param), " | ", EscapeMarkdown(param.doc), " |\n");
  }
  return out;
}

std::string RuleJson(const diagnosis::Rule& rule) { return Indented(ToJson(rule)); }

}  // namespace telltale::report
