// The catalogue of rules, and what a rule says about itself.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "lib/diagnosis/rule.h"
#include "lib/report/style.h"
#include "lib/report/text.h"

namespace telltale::report {

// A line a rule: id, severity, summary.
std::string RulesText(std::span<const diagnosis::Rule* const> rules, const TextOptions& options);
std::string RulesMarkdown(std::span<const diagnosis::Rule* const> rules);
// The document of schema "telltale.rules/1".
std::string RulesJson(std::span<const diagnosis::Rule* const> rules, std::string_view version);

// All that a rule says: what it finds, why it matters, what to try, known limits, parameters.
std::string RuleText(const diagnosis::Rule& rule, const TextOptions& options);
std::string RuleMarkdown(const diagnosis::Rule& rule);
std::string RuleJson(const diagnosis::Rule& rule);

// Markdown of our own (headings, paragraphs, lists, code, emphasis) set for the terminal in `width`
// columns.
std::string MarkdownForTerminal(std::string_view markdown, size_t width, const Painter& paint);

}  // namespace telltale::report
