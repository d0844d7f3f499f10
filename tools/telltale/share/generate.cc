// Prints what is installed beside the program, made from the commands' tables: `telltale_share
// man|bash|zsh|fish`.
#include <algorithm>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include "lib/base/str.h"
#include "lib/base/version.h"
#include "tools/telltale/command.h"
#include "tools/telltale/help.h"

namespace telltale::cli {
namespace {

template <typename Visit>
void ForEachOption(const Command& command, Visit visit) {
  for (const OptionGroup* group : command.groups) {
    for (const Option* option : group->options) visit(*option);
  }
}

std::string Replaced(std::string_view text,
                     const std::vector<std::pair<char, std::string_view>>& with) {
  std::string out;
  for (const char c : text) {
    const auto found =
        std::find_if(with.begin(), with.end(), [c](const auto& pair) { return pair.first == c; });
    if (found == with.end()) {
      out += c;
    } else {
      out += found->second;
    }
  }
  return out;
}

std::string Joined(std::span<const std::string_view> words) {
  std::string out;
  for (const auto word : words) StrAppend(&out, out.empty() ? "" : " ", word);
  return out;
}

// ---- man page

std::string Roff(std::string_view text) {
  std::string out = Replaced(text, {{'\\', "\\e"}, {'-', "\\-"}, {'`', "\\(ga"}, {'\'', "\\(aq"}});
  if (out.starts_with('.')) out.insert(0, "\\&");
  return out;
}

std::string ManOption(const Option& option) {
  std::string out = ".TP\n";
  if (option.letter != 0) StrAppend(&out, "\\fB\\-", std::string(1, option.letter), "\\fR, ");
  StrAppend(&out, "\\fB\\-\\-", Roff(option.name), "\\fR");
  if (!option.argument.empty()) StrAppend(&out, " \\fI", Roff(option.argument), "\\fR");
  StrAppend(&out, "\n", Roff(option.help), ".");
  if (!option.initial.empty()) StrAppend(&out, " Default: ", Roff(option.initial), ".");
  return out + "\n";
}

std::string ManCommand(const Command& command) {
  std::string out =
      StrCat(".SS \"telltale ", command.name, command.operands.empty() ? "" : " ",
             Roff(command.operands), " [OPTION...]\"\n", Roff(command.description), "\n");
  ForEachOption(command, [&](const Option& option) { out += ManOption(option); });
  for (const Example& example : command.examples) {
    StrAppend(&out, ".PP\n", Roff(example.says), ":\n.PP\n.nf\n.RS\n", Roff(example.line),
              "\n.RE\n.fi\n");
  }
  return out;
}

std::string Man() {
  std::string out =
      StrCat(".TH TELLTALE 1 \"\" \"telltale ", Version(), "\" \"User Commands\"\n",
             ".SH NAME\ntelltale \\- say what is wrong with training curves\n",
             ".SH SYNOPSIS\n.B telltale\n\\fICOMMAND\\fR [\\fIOPTION\\fR...]\n",
             ".SH DESCRIPTION\nReads the logs that training runs leave behind, says what is wrong "
             "with the learning curves and what to do, and writes that back where people look.\n"
             "Nothing that is read is ever modified.\n.SH COMMANDS\n");
  for (const Command* command : AllCommands()) out += ManCommand(*command);
  out +=
      ".SH EXIT STATUS\n"
      ".TP\n.B 0\nDone.\n"
      ".TP\n.B 1\nFailed: nothing readable at a PATH, or the output could not be written.\n"
      ".TP\n.B 2\nWrong usage.\n"
      ".TP\n.B 3\nDone, but some input was damaged; the rest was used.\n"
      ".TP\n.B 4\nA finding at or above \\fB\\-\\-fail\\-on\\fR; wins over 3.\n"
      ".SH FILES\n.TP\n.I telltale.yaml\nConfiguration, read from the working directory: rules to "
      "disable, their parameters, roles of tags, findings that are accepted.\n"
      ".SH ENVIRONMENT\n.TP\n.B NO_COLOR\nSet: no colour, unless \\fB\\-\\-color always\\fR.\n"
      ".TP\n.B COLUMNS\nWidth of the text, where it is not the terminal's.\n"
      ".SH SEE ALSO\n.BR tensorboard (1)\n";
  return out;
}

// ---- bash

std::string BashWords(Completes completes, std::span<const std::string_view> choices) {
  switch (completes) {
    case Completes::kChoice:
      return StrCat("COMPREPLY=($(compgen -W \"", Joined(choices), "\" -- \"$cur\"))");
    case Completes::kFile:
    case Completes::kDirectory:
      return "compopt -o default; COMPREPLY=()";
    case Completes::kFormatId:
      return "COMPREPLY=($(compgen -W \"$(telltale formats 2>/dev/null | cut -d' ' -f1)\" -- "
             "\"$cur\"))";
    case Completes::kRuleId:
      return "COMPREPLY=($(compgen -W \"$(telltale rules 2>/dev/null | cut -d' ' -f1)\" -- "
             "\"$cur\"))";
    case Completes::kNothing:
      return "COMPREPLY=()";
  }
  return "";
}

std::string BashCommand(const Command& command) {
  std::string options;
  std::string cases;
  ForEachOption(command, [&](const Option& option) {
    StrAppend(&options, options.empty() ? "" : " ", "--", option.name);
    if (option.argument.empty()) return;
    StrAppend(&cases, "        ",
              option.letter == 0 ? "" : StrCat("-", std::string(1, option.letter), "|"), "--",
              option.name, ") ", BashWords(option.completes, option.choices), "; return ;;\n");
  });
  return StrCat("    ", command.name, ")\n",
                cases.empty() ? "" : StrCat("      case \"$prev\" in\n", cases, "      esac\n"),
                "      if [[ $cur == -* ]]; then\n        COMPREPLY=($(compgen -W \"", options,
                "\" -- \"$cur\"))\n      else\n        ", BashWords(command.completes, {}),
                "\n      fi\n      ;;\n");
}

std::string Bash() {
  std::string names;
  std::string cases;
  for (const Command* command : AllCommands()) {
    StrAppend(&names, command->name, " ");
    cases += BashCommand(*command);
  }
  return StrCat(
      "# bash completion for telltale\n_telltale() {\n"
      "  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]}\n"
      "  if [[ $COMP_CWORD -eq 1 ]]; then\n    COMPREPLY=($(compgen -W \"",
      names,
      "--help --version\" -- \"$cur\"))\n    return\n  fi\n"
      "  case \"${COMP_WORDS[1]}\" in\n",
      cases, "  esac\n}\ncomplete -F _telltale telltale\n");
}

// ---- zsh

std::string ZshQuoted(std::string_view text) {
  return Replaced(text, {{'\'', "'\\''"}, {'[', "\\["}, {']', "\\]"}, {':', "\\:"}});
}

std::string ZshAction(Completes completes, std::span<const std::string_view> choices) {
  switch (completes) {
    case Completes::kChoice:
      return StrCat("(", Joined(choices), ")");
    case Completes::kFile:
    case Completes::kDirectory:
      return "_files";
    case Completes::kFormatId:
      return "($(telltale formats 2>/dev/null | cut -d\" \" -f1))";
    case Completes::kRuleId:
      return "($(telltale rules 2>/dev/null | cut -d\" \" -f1))";
    case Completes::kNothing:
      return "";
  }
  return "";
}

std::string ZshCommand(const Command& command) {
  std::string out = StrCat("        ", command.name, ")\n          _arguments");
  ForEachOption(command, [&](const Option& option) {
    const std::string help = StrCat("[", ZshQuoted(option.help), "]");
    const std::string argument = option.argument.empty()
                                     ? ""
                                     : StrCat(":", ZshQuoted(option.argument), ":",
                                              ZshAction(option.completes, option.choices));
    const std::string longer = StrCat("--", option.name);
    if (option.letter == 0) {
      StrAppend(&out, " \\\n            '*", longer, help, argument, "'");
    } else {
      const std::string shorter = StrCat("-", std::string(1, option.letter));
      StrAppend(&out, " \\\n            '(", shorter, " ", longer, ")'{", shorter, ",", longer,
                "}'", help, argument, "'");
    }
  });
  if (!command.operands.empty()) {
    StrAppend(&out, " \\\n            '*:", ZshQuoted(command.operands), ":",
              ZshAction(command.completes, {}), "'");
  }
  return out + "\n          ;;\n";
}

std::string Zsh() {
  std::string names;
  std::string cases;
  for (const Command* command : AllCommands()) {
    StrAppend(&names, "        '", command->name, ":", ZshQuoted(command->summary), "'\n");
    cases += ZshCommand(*command);
  }
  return StrCat(
      "#compdef telltale\n\n_telltale() {\n  local curcontext=$curcontext state line\n"
      "  local -a commands\n"
      "  _arguments -C '(- *)--help[Print help]' '(- *)--version[Print the version]' '1: "
      ":->command' "
      "'*:: :->argument'\n"
      "  case $state in\n    command)\n      commands=(\n",
      names,
      "      )\n      _describe -t commands command commands\n      ;;\n    argument)\n"
      "      case $words[1] in\n",
      cases, "      esac\n      ;;\n  esac\n}\n\n_telltale \"$@\"\n");
}

// ---- fish

std::string FishQuoted(std::string_view text) {
  return StrCat("'", Replaced(text, {{'\'', "\\'"}, {'\\', "\\\\"}}), "'");
}

std::string FishArgument(Completes completes, std::span<const std::string_view> choices) {
  switch (completes) {
    case Completes::kChoice:
      return StrCat(" -x -a ", FishQuoted(Joined(choices)));
    case Completes::kFile:
    case Completes::kDirectory:
      return " -r -F";
    case Completes::kFormatId:
      return " -x -a '(telltale formats 2>/dev/null | string split -f1 \" \")'";
    case Completes::kRuleId:
      return " -x -a '(telltale rules 2>/dev/null | string split -f1 \" \")'";
    case Completes::kNothing:
      return " -x";
  }
  return "";
}

std::string Fish() {
  std::string out =
      "# fish completion for telltale\ncomplete -c telltale -f\n"
      "complete -c telltale -n __fish_use_subcommand -l help -s h -d 'Print help'\n"
      "complete -c telltale -n __fish_use_subcommand -l version -d 'Print the version'\n";
  for (const Command* command : AllCommands()) {
    StrAppend(&out, "complete -c telltale -n __fish_use_subcommand -a ", command->name, " -d ",
              FishQuoted(command->summary), "\n");
  }
  for (const Command* command : AllCommands()) {
    const std::string when =
        StrCat("complete -c telltale -n '__fish_seen_subcommand_from ", command->name, "'");
    if (command->completes != Completes::kNothing) {
      StrAppend(
          &out, when,
          command->completes == Completes::kRuleId ? FishArgument(Completes::kRuleId, {}) : " -F",
          "\n");
    }
    ForEachOption(*command, [&](const Option& option) {
      StrAppend(&out, when, " -l ", option.name,
                option.letter == 0 ? "" : StrCat(" -s ", std::string(1, option.letter)),
                option.argument.empty() ? "" : FishArgument(option.completes, option.choices),
                " -d ", FishQuoted(option.help), "\n");
    });
  }
  return out;
}

}  // namespace

std::string Generate(std::string_view what) {
  if (what == "man") return Man();
  if (what == "bash") return Bash();
  if (what == "zsh") return Zsh();
  if (what == "fish") return Fish();
  return "";
}

}  // namespace telltale::cli

int main(int argc, char** argv) {
  const std::string text = argc == 2 ? telltale::cli::Generate(argv[1]) : "";
  if (text.empty()) {
    std::fputs("usage: telltale_share man|bash|zsh|fish\n", stderr);
    return 2;
  }
  return std::fwrite(text.data(), 1, text.size(), stdout) == text.size() ? 0 : 1;
}
