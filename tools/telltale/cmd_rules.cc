#include <optional>
#include <string>
#include <vector>

#include "lib/base/nearest.h"
#include "lib/base/str.h"
#include "lib/base/text.h"
#include "lib/base/version.h"
#include "lib/diagnosis/example.h"
#include "lib/diagnosis/rule.h"
#include "lib/report/catalogue.h"
#include "tools/telltale/command.h"
#include "tools/telltale/exit_code.h"
#include "tools/telltale/options.h"
#include "tools/telltale/terminal.h"

namespace telltale::cli {
namespace {

// The page of all rules.
std::string Page() {
  std::vector<std::optional<diagnosis::Example>> examples;
  for (const diagnosis::Rule* rule : diagnosis::AllRules()) {
    examples.push_back(diagnosis::ExampleOf(*rule));
  }
  std::vector<report::RuleReport> reports;
  for (size_t i = 0; i < examples.size(); ++i) {
    reports.push_back({*diagnosis::AllRules()[i], examples[i] ? &*examples[i] : nullptr});
  }
  return report::RulesMarkdown(reports);
}

std::string Catalogue(const Settings& settings) {
  switch (settings.format) {
    case ReportFormat::kJson:
      return report::RulesJson(diagnosis::AllRules(), Version());
    case ReportFormat::kMarkdown:
      return Page();
    default:
      return report::RulesText(diagnosis::AllRules(), settings.text);
  }
}

std::string Explanation(const diagnosis::Rule& rule, const Settings& settings) {
  const auto example = diagnosis::ExampleOf(rule);
  const report::RuleReport report{rule, example ? &*example : nullptr};
  switch (settings.format) {
    case ReportFormat::kJson:
      return report::RuleJson(report);
    case ReportFormat::kMarkdown:
      return report::RuleMarkdown(report);
    default:
      return report::RuleText(report, settings.text);
  }
}

int Run(const Arguments& arguments) {
  const Settings settings = ReadPresentation(arguments);
  Output output;
  if (arguments.positional().empty()) {
    output.Write(Catalogue(settings));
  } else {
    const std::string& id = arguments.positional()[0];
    const diagnosis::Rule* rule = diagnosis::FindRule(id);
    if (rule == nullptr) {
      std::vector<std::string_view> ids;
      for (const diagnosis::Rule* known : diagnosis::AllRules()) ids.push_back(known->id);
      return Fail(absl::InvalidArgumentError(
          StrCat("no rule is called '", Printable(id), "'", DidYouMean(id, ids))));
    }
    output.Write(Explanation(*rule, settings));
  }
  return output.status().ok() ? static_cast<int>(kDone) : Fail(output.status());
}

constexpr const Option* kOptions[] = {&kFormatOfTable, &kColor, &kHelp};
constexpr OptionGroup kOwn{"Options", kOptions};
constexpr const OptionGroup* kGroups[] = {&kOwn};
constexpr Example kExamples[] = {
    {"telltale rules", "everything that can be found"},
    {"telltale rules --format markdown", "all of that about every rule, as one page"},
    {"telltale rules overfitting",
     "what it finds, drawn on an example, why it matters, what to try, its limits and parameters"},
};

}  // namespace

extern const Command cmd_rules;
constexpr Command cmd_rules{
    .name = "rules",
    .rank = 20,
    .summary = "List what can be found; with an id, explain it",
    .operands = "[ID]",
    .description =
        "Lists the rules with their severity. With the id of one, prints its full explanation with "
        "an example and the parameters that telltale.yaml can set.",
    .fewest = 0,
    .most = 1,
    .completes = Completes::kRuleId,
    .groups = kGroups,
    .examples = kExamples,
    .run = Run};

}  // namespace telltale::cli
