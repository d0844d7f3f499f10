// A command of the command line: constant data and one function. Help, man page and completions are
// made from the data. The file cmd_<name>.cc is its registration; no list is edited.
#pragma once

#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace telltale::cli {

// What an option's argument is, for completions.
enum class Completes { kNothing, kFile, kDirectory, kChoice, kFormatId, kRuleId };

struct Option {
  char letter = 0;  // 0: only the long form
  std::string_view name;
  std::string_view argument = {};  // "REGEX"; empty for a switch
  std::string_view help;           // starts capital, ends bare
  Completes completes = Completes::kNothing;
  std::span<const std::string_view> choices = {};
  std::string_view initial = {};  // where it is not given
};

// The options that belong together, under one title.
struct OptionGroup {
  std::string_view title;
  std::span<const Option* const> options;
};

// What stood on the command line.
class Arguments {
 public:
  bool Has(std::string_view name) const { return values_.contains(name); }
  // The last value given, or the option's initial one.
  std::string Value(const Option& option) const;
  std::vector<std::string> Values(const Option& option) const;
  const std::vector<std::string>& positional() const { return positional_; }

 private:
  friend class ArgumentParser;
  std::map<std::string, std::vector<std::string>, std::less<>> values_;
  std::vector<std::string> positional_;
};

struct Example {
  std::string_view line;
  std::string_view says;
};

struct Command {
  std::string_view name;
  int rank;                   // place in the list of commands
  std::string_view summary;   // one line
  std::string_view operands;  // "PATH..."
  std::string_view description;
  size_t fewest = 0;  // operands
  size_t most = 0;
  Completes completes = Completes::kNothing;  // operands
  std::span<const OptionGroup* const> groups;
  std::span<const Example> examples = {};
  int (*run)(const Arguments& arguments);  // gives an ExitCode
};

// All commands, by rank.
std::vector<const Command*> AllCommands();

// What `args` (without program and command) mean to `command`. InvalidArgument says what is wrong
// with them.
absl::StatusOr<Arguments> ParseArguments(const Command& command, std::span<const std::string> args);

}  // namespace telltale::cli
