#include <csignal>
#include <string>
#include <string_view>
#include <vector>

#include "lib/base/nearest.h"
#include "lib/base/str.h"
#include "lib/base/text.h"
#include "lib/base/version.h"
#include "tools/telltale/command.h"
#include "tools/telltale/exit_code.h"
#include "tools/telltale/help.h"
#include "tools/telltale/terminal.h"

namespace telltale::cli {
namespace {

int Print(std::string_view text) {
  Output output;
  output.Write(text);
  return output.status().ok() ? static_cast<int>(kDone) : Fail(output.status());
}

const Command* FindCommand(std::string_view name) {
  for (const Command* command : AllCommands()) {
    if (command->name == name) return command;
  }
  return nullptr;
}

int UnknownCommand(std::string_view name) {
  std::vector<std::string_view> names;
  for (const Command* command : AllCommands()) names.push_back(command->name);
  const std::string hint = DidYouMean(name, names);
  Complain(StrCat("unknown command '", Printable(name), "'",
                  hint.empty() ? "; telltale --help lists the commands" : hint));
  return kUsage;
}

int RunCommand(const Command& command, std::span<const std::string> args) {
  const auto arguments = ParseArguments(command, args);
  if (!arguments.ok()) {
    Complain(StrCat(command.name, ": ", ToStd(arguments.status().message()), " (telltale ",
                    command.name, " --help)"));
    return kUsage;
  }
  if (arguments->Has("help")) return Print(CommandHelp(command, TerminalWidth()));
  return command.run(*arguments);
}

int Main(std::span<const std::string> args) {
  if (args.empty()) {
    Complain(StrCat("expected a command\n\n", GeneralHelp(TerminalWidth())));
    return kUsage;
  }
  const std::string& first = args[0];
  const auto rest = args.subspan(1);
  if (first == "--version" || first == "-V") return Print(StrCat("telltale ", Version(), "\n"));
  if (first == "help" && !rest.empty()) {
    const Command* command = FindCommand(rest[0]);
    return command ? Print(CommandHelp(*command, TerminalWidth())) : UnknownCommand(rest[0]);
  }
  if (first == "--help" || first == "-h" || first == "help") {
    return Print(GeneralHelp(TerminalWidth()));
  }
  if (first.starts_with('-')) {
    Complain(StrCat("unknown option ", Printable(first), " before the command (telltale --help)"));
    return kUsage;
  }
  const Command* command = FindCommand(first);
  return command ? RunCommand(*command, rest) : UnknownCommand(first);
}

}  // namespace
}  // namespace telltale::cli

int main(int argc, char** argv) {
  // A reader that goes away is an error of the write, not the end of the process: files are being
  // written too.
  std::signal(SIGPIPE, SIG_IGN);
  const std::vector<std::string> args(argv + 1, argv + argc);
  return telltale::cli::Main(args);
}
