#include "lib/report/catalogue.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/str_split.h"
#include "lib/base/str.h"
#include "lib/base/text.h"
#include "lib/report/json_value.h"
#include "lib/report/number.h"
#include "lib/report/text_finding.h"
#include "lib/report/text_plot.h"

namespace telltale::report {
namespace {

std::string_view ScopeName(diagnosis::Scope scope) {
  return scope == diagnosis::Scope::kGroup ? "group" : "training run";
}

std::string Bounds(const diagnosis::ParamSpec& param) {
  return StrCat(FormatNumber(param.min), " to ", FormatNumber(param.max));
}

std::string RuleParamsText(const diagnosis::Rule& rule, size_t width, const Painter& paint) {
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

// "a, b": what this finding is a consequence of, each between `mark`s.
std::string ExplainedBy(const diagnosis::Rule& rule, std::string_view mark) {
  std::string out;
  for (const auto id : rule.explained_by) {
    StrAppend(&out, out.empty() ? "" : ", ", mark, id, mark);
  }
  return out;
}

// `doc` before and from the heading that the example stands before.
std::pair<std::string_view, std::string_view> SplitAtExample(std::string_view doc) {
  const size_t at = std::min(doc.find("## Why it matters"), doc.size());
  return {doc.substr(0, at), doc.substr(at)};
}

// `markdown` without empty lines at its end.
std::string_view Trimmed(std::string_view markdown) {
  while (markdown.ends_with('\n')) markdown.remove_suffix(1);
  return markdown;
}

// Markdown with headings `levels` deeper and an empty line around each; what is fenced stays as it
// is.
std::string Deeper(std::string_view markdown, int levels) {
  std::string out;
  bool fenced = false;
  bool below_heading = false;
  for (const absl::string_view text : absl::StrSplit(ToAbsl(Trimmed(markdown)), '\n')) {
    const std::string_view line = ToStd(text);
    if (line.starts_with("```")) fenced = !fenced;
    const bool heading = !fenced && line.starts_with('#');
    const bool apart = heading || (below_heading && !line.empty());
    if (apart && !out.empty() && !out.ends_with("\n\n")) out += "\n";
    if (heading) out.append(static_cast<size_t>(levels), '#');
    StrAppend(&out, line, "\n");
    below_heading = heading;
  }
  return out;
}

std::string ExampleText(const diagnosis::Example* example, const TextOptions& options,
                        const Painter& paint) {
  if (example == nullptr) return "";
  const size_t width = ProseWidth(options);
  std::string out = StrCat("\n", paint(Ink::kBold, "Example"), "\n");
  if (!example->caption.empty()) {
    out += Hanging("  ", Printable(example->caption), width, paint, Ink::kDim);
  }
  out += ExamplePlot(*example, options);
  return out + Hanging("  ", Printable(example->finding.summary), width, paint);
}

std::string ExampleMarkdown(const diagnosis::Example* example, std::string_view hashes) {
  if (example == nullptr) return "";
  std::string out = StrCat(hashes, " Example\n\n");
  if (!example->caption.empty()) StrAppend(&out, EscapeMarkdown(example->caption), "\n\n");
  StrAppend(&out, "```text\n", ExamplePlot(*example, {}), "```\n\n> ",
            EscapeMarkdown(example->finding.summary), "\n\n");
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

std::string RulesJson(std::span<const diagnosis::Rule* const> rules, std::string_view version) {
  Json json;
  json["schema"] = "telltale.rules/1";
  json["version"] = version;
  json["rules"] = Json::array();
  for (const auto* rule : rules) json["rules"].push_back(ToJson(*rule));
  return Indented(json);
}

std::string ExamplePlot(const diagnosis::Example& example, const TextOptions& options) {
  if (example.finding.id.empty()) return "";
  const auto* rule = diagnosis::FindRule(example.finding.id);
  if (rule != nullptr && rule->scope == diagnosis::Scope::kGroup) {
    const PathReport path{example.experiment, example.grouping, example.diagnoses};
    return PlotText(path, example.grouping.groups[example.subject], options);
  }
  const RunReport run{example.experiment, example.grouping.training_runs[example.subject],
                      example.diagnoses[example.subject]};
  return PlotText(run, example.finding, options);
}

std::string RuleText(const RuleReport& report, const TextOptions& options) {
  const diagnosis::Rule& rule = report.rule;
  const Painter paint(options.color);
  const size_t width = ProseWidth(options);
  std::string out = StrCat(paint(Ink::kBold, rule.id), "  ",
                           paint(InkOf(rule.severity), diagnosis::SeverityName(rule.severity)),
                           paint(Ink::kDim, StrCat(", about a ", ScopeName(rule.scope))), "\n");
  out += Hanging("", rule.summary, width, paint);
  const auto [before, behind] = SplitAtExample(rule.doc);
  StrAppend(&out, "\n", MarkdownForTerminal(Trimmed(before), width, paint),
            ExampleText(report.example, options, paint), "\n",
            MarkdownForTerminal(behind, width, paint));
  if (!rule.explained_by.empty()) {
    out += StrCat("\n", paint(Ink::kBold, "What explains it"), "\n");
    out += Hanging("  ",
                   StrCat("Where one of these is found, this is its consequence and not said as "
                          "well: ",
                          ExplainedBy(rule, "")),
                   width, paint);
  }
  return out + RuleParamsText(rule, width, paint);
}

std::string RuleMarkdown(const RuleReport& report, int heading) {
  const diagnosis::Rule& rule = report.rule;
  const std::string hashes(static_cast<size_t>(heading), '#');
  const auto [before, behind] = SplitAtExample(rule.doc);
  std::string out =
      StrCat(hashes, " ", rule.id, "\n\n", EscapeMarkdown(rule.summary), " *(",
             diagnosis::SeverityName(rule.severity), ", about a ", ScopeName(rule.scope), ")*\n\n",
             Deeper(before, heading - 1), "\n", ExampleMarkdown(report.example, hashes + "#"));
  if (!behind.empty()) StrAppend(&out, Deeper(behind, heading - 1), "\n");
  if (!rule.explained_by.empty()) {
    StrAppend(&out, hashes,
              "# What explains it\n\nWhere one of these is found, this is its consequence and not "
              "said as well: ",
              ExplainedBy(rule, "`"), ".\n\n");
  }
  if (!rule.params.empty()) {
    StrAppend(&out, hashes,
              "# Parameters\n\n| name | value | bounds | meaning |\n| --- | ---: | --- | --- |\n");
    for (const auto& param : rule.params) {
      StrAppend(&out, "| ", MarkdownCode(param.name), " | ", FormatNumber(param.value), " | ",
                Bounds(param), " | ", EscapeMarkdown(param.doc), " |\n");
    }
  }
  return StrCat(Trimmed(out), "\n");
}

std::string RulesMarkdown(std::span<const RuleReport> rules) {
  std::string out =
      "# What Telltale can find\n\n"
      "Each rule can produce one finding. `error`: the result is unusable, or the run should stop. "
      "`warning`: act on it. `info`: good to know; it makes no run unhealthy. The drawings are the "
      "rules' fixtures, with the finding's steps marked, as `telltale diagnose` prints them; below "
      "each one is what it says there. Parameters are set in `telltale.yaml`: `rules: {ID: {NAME: "
      "VALUE}}`.\n\n"
      "| rule | severity | what it finds |\n| --- | --- | --- |\n";
  for (const auto& [rule, example] : rules) {
    StrAppend(&out, "| [", MarkdownCode(rule.id), "](#", rule.id, ") | ",
              diagnosis::SeverityName(rule.severity), " | ", EscapeMarkdown(rule.summary), " |\n");
  }
  for (const RuleReport& report : rules) StrAppend(&out, "\n", RuleMarkdown(report, 2));
  return out;
}

std::string RuleJson(const RuleReport& report) {
  Json json = ToJson(report.rule);
  if (report.example != nullptr) {
    json["example"]["about"] = report.example->caption;
    json["example"]["plot"] = ExamplePlot(*report.example, {});
    json["example"]["summary"] = report.example->finding.summary;
  }
  return Indented(json);
}

}  // namespace telltale::report
