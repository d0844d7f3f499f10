// The catalogue of rules, and what a rule says about itself.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "lib/diagnosis/example.h"
#include "lib/diagnosis/rule.h"
#include "lib/report/style.h"
#include "lib/report/text.h"

namespace telltale::report {

// A rule and its example, which must outlive the call; nullptr where there is none.
struct RuleReport {
  const diagnosis::Rule& rule;
  const diagnosis::Example* example = nullptr;
};

// A line a rule: id, severity, summary.
std::string RulesText(std::span<const diagnosis::Rule* const> rules, const TextOptions& options);
// The document of schema "telltale.rules/1".
std::string RulesJson(std::span<const diagnosis::Rule* const> rules, std::string_view version);
// One page: a table of the rules, then all that each one says.
std::string RulesMarkdown(std::span<const RuleReport> rules);

// All that a rule says: what it finds, drawn on its example, why it matters, what to try, known
// limits, what explains it, parameters.
std::string RuleText(const RuleReport& report, const TextOptions& options);
// `heading` is the level of its own heading, 1 to 4.
std::string RuleMarkdown(const RuleReport& report, int heading = 1);
std::string RuleJson(const RuleReport& report);

// The curves of an example with the range of its finding marked.
std::string ExamplePlot(const diagnosis::Example& example, const TextOptions& options);

// Markdown of our own (headings, paragraphs, lists, code, emphasis) set for the terminal in `width`
// columns.
std::string MarkdownForTerminal(std::string_view markdown, size_t width, const Painter& paint);

}  // namespace telltale::report
