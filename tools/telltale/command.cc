#include "tools/telltale/command.h"

#include <algorithm>
#include <cxxopts.hpp>
#include <utility>

#include "lib/base/nearest.h"
#include "lib/base/str.h"
#include "lib/base/text.h"

namespace telltale::cli {

// The build writes one line X(cmd_name) for each cmd_*.cc, sorted.
#define X(name) extern const Command name;
#include "tools/telltale/command_list.inc"
#undef X

std::vector<const Command*> AllCommands() {
  std::vector<const Command*> commands = {
#define X(name) &(name),
#include "tools/telltale/command_list.inc"
#undef X
  };
  std::stable_sort(commands.begin(), commands.end(),
                   [](const Command* a, const Command* b) { return a->rank < b->rank; });
  return commands;
}

std::string Arguments::Value(const Option& option) const {
  const auto found = values_.find(option.name);
  return found == values_.end() ? std::string(option.initial) : found->second.back();
}

std::vector<std::string> Arguments::Values(const Option& option) const {
  const auto found = values_.find(option.name);
  return found == values_.end() ? std::vector<std::string>() : found->second;
}

// Speaks to cxxopts, whose exceptions end here.
class ArgumentParser {
 public:
  explicit ArgumentParser(const Command& command) : command_(command) {}

  absl::StatusOr<Arguments> Parse(std::span<const std::string> args);

 private:
  static constexpr const char* kOperands = "operands";

  absl::Status Check(const Arguments& arguments) const;
  std::string Explain(std::string message) const;

  const Command& command_;
};

absl::StatusOr<Arguments> ArgumentParser::Parse(std::span<const std::string> args) {
  Arguments arguments;
  try {
    cxxopts::Options options{std::string(command_.name)};
    for (const OptionGroup* group : command_.groups) {
      for (const Option* option : group->options) {
        std::string names(option->name);
        if (option->letter != 0) names = StrCat(std::string(1, option->letter), ",", names);
        options.add_options()(names, "",
                              option->argument.empty()
                                  ? cxxopts::value<bool>()
                                  : cxxopts::value<std::vector<std::string>>());
      }
    }
    options.add_options()(kOperands, "", cxxopts::value<std::vector<std::string>>());
    options.parse_positional({kOperands});

    std::vector<const char*> argv = {"telltale"};
    for (const std::string& arg : args) argv.push_back(arg.c_str());
    const auto result = options.parse(static_cast<int>(argv.size()), argv.data());
    for (const auto& given : result.arguments()) {
      if (given.key() == kOperands) {
        arguments.positional_.push_back(given.value());
      } else {
        arguments.values_[given.key()].push_back(given.value());
      }
    }
    for (const std::string& rest : result.unmatched()) arguments.positional_.push_back(rest);
  } catch (const cxxopts::exceptions::exception& e) {
    return absl::InvalidArgumentError(Explain(e.what()));
  }
  if (absl::Status status = Check(arguments); !status.ok()) return status;
  return arguments;
}

absl::Status ArgumentParser::Check(const Arguments& arguments) const {
  if (arguments.Has("help")) return absl::OkStatus();
  const size_t n = arguments.positional().size();
  if (n < command_.fewest) {
    return absl::InvalidArgumentError(StrCat("expected ", command_.operands));
  }
  if (n > command_.most) {
    return absl::InvalidArgumentError(
        StrCat("unexpected '", Printable(arguments.positional()[command_.most]), "'"));
  }
  for (const OptionGroup* group : command_.groups) {
    for (const Option* option : group->options) {
      if (option->choices.empty() || !arguments.Has(option->name)) continue;
      const std::string value = arguments.Value(*option);
      if (std::find(option->choices.begin(), option->choices.end(), value) !=
          option->choices.end()) {
        continue;
      }
      std::string list;
      for (const auto choice : option->choices) StrAppend(&list, list.empty() ? "" : ", ", choice);
      return absl::InvalidArgumentError(
          StrCat("--", option->name, " is one of ", list, ", not '", Printable(value), "'"));
    }
  }
  return absl::OkStatus();
}

// cxxopts quotes with typographic marks; the name inside them is what the user typed.
std::string ArgumentParser::Explain(std::string message) const {
  const std::string open = "‘";
  const std::string close = "’";
  const size_t begin = message.find(open);
  const size_t end = message.find(close);
  std::string hint;
  if (begin != std::string::npos && end != std::string::npos &&
      message.find("does not exist") != std::string::npos) {
    const std::string given = message.substr(begin + open.size(), end - begin - open.size());
    std::vector<std::string_view> names;
    for (const OptionGroup* group : command_.groups) {
      for (const Option* option : group->options) names.push_back(option->name);
    }
    const auto nearest = given.size() > 1 ? Nearest(given, names) : std::nullopt;
    return StrCat("unknown option ", given.size() > 1 ? "--" : "-", Printable(given),
                  nearest ? StrCat("; did you mean --", *nearest, "?") : "");
  }
  for (const std::string& mark : {open, close}) {
    for (size_t at; (at = message.find(mark)) != std::string::npos;) {
      message.replace(at, mark.size(), "'");
    }
  }
  return Printable(message);
}

absl::StatusOr<Arguments> ParseArguments(const Command& command,
                                         std::span<const std::string> args) {
  return ArgumentParser(command).Parse(args);
}

}  // namespace telltale::cli
