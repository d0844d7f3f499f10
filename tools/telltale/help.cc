#include "tools/telltale/help.h"

#include <algorithm>

#include "lib/base/str.h"
#include "lib/base/text.h"
#include "lib/base/version.h"
#include "lib/report/style.h"

namespace telltale::cli {
namespace {

constexpr size_t kWidest = 100;  // columns of prose

const report::Painter kPlain(report::Color::kNever);

std::string HelpOf(const Option& option) {
  if (option.initial.empty()) return std::string(option.help);
  return StrCat(option.help, " [", option.initial, "]");
}

}  // namespace

std::string OptionForms(const Option& option) {
  return StrCat(option.letter == 0 ? "    " : StrCat("-", std::string(1, option.letter), ", "),
                "--", option.name, option.argument.empty() ? "" : " ", option.argument);
}

std::string GeneralHelp(size_t width) {
  width = std::min(width, kWidest);
  std::string out =
      "Reads the logs that training runs leave behind and says what is wrong with the curves.\n\n"
      "Usage: telltale COMMAND [OPTION...]\n\n";
  for (const Command* command : AllCommands()) {
    out += report::Hanging(StrCat("  ", report::PadEnd(command->name, 10)), command->summary, width,
                           kPlain);
  }
  out +=
      "\n  telltale COMMAND --help   says more about a command\n"
      "  telltale --version        prints the version\n\n";
  out += report::Hanging("Exit status: ",
                         "0 done; 1 failed; 2 wrong usage; 3 done, but some input was damaged; 4 a "
                         "finding at or above "
                         "--fail-on.",
                         width, kPlain);
  return out;
}

std::string CommandHelp(const Command& command, size_t width) {
  width = std::min(width, kWidest);
  std::string out = StrCat("Usage: telltale ", command.name, command.operands.empty() ? "" : " ",
                           command.operands, " [OPTION...]\n\n");
  out += report::Hanging("", command.description, width, kPlain);
  size_t forms = 0;
  for (const OptionGroup* group : command.groups) {
    for (const Option* option : group->options) {
      forms = std::max(forms, OptionForms(*option).size());
    }
  }
  // Where the terminal is narrow the help of an option goes below it.
  const bool beside = width >= forms + 40;
  for (const OptionGroup* group : command.groups) {
    StrAppend(&out, "\n", group->title, ":\n");
    for (const Option* option : group->options) {
      const std::string form = StrCat("  ", OptionForms(*option));
      if (!beside) StrAppend(&out, form, "\n");
      out += report::Hanging(beside ? StrCat(report::PadEnd(form, forms + 2), "  ") : "          ",
                             HelpOf(*option), width, kPlain);
    }
  }
  if (!command.examples.empty()) out += "\nExamples:\n";
  for (const Example& example : command.examples) {
    StrAppend(&out, "  ", example.line, "\n",
              report::Hanging("      ", example.says, width, kPlain));
  }
  return out;
}

}  // namespace telltale::cli
