// Help, made from the commands' tables.
#pragma once

#include <cstddef>
#include <string>

#include "tools/telltale/command.h"

namespace telltale::cli {

// What `telltale --help` prints.
std::string GeneralHelp(size_t width);

// What `telltale COMMAND --help` prints.
std::string CommandHelp(const Command& command, size_t width);

// "-f, --format FORMAT"
std::string OptionForms(const Option& option);

}  // namespace telltale::cli
