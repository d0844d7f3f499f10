// The terminal that the process speaks to, if it does.
#pragma once

#include <cstddef>
#include <string_view>

#include "absl/status/status.h"
#include "lib/report/style.h"

namespace telltale::cli {

// Columns of standard output: $COLUMNS, or what the terminal says, or 80.
size_t TerminalWidth();

// For --color `when`: "auto" colours a terminal, unless NO_COLOR is set or TERM is "dumb".
report::Color ColorFor(std::string_view when);

// Writes results to standard output, unbuffered. Once writing has failed nothing more is tried, and
// all calls say so.
class Output {
 public:
  void Write(std::string_view text);
  // Aborted when the reader has gone away, which nobody wants to hear about; else what is
  // wrong.
  const absl::Status& status() const { return status_; }

 private:
  absl::Status status_;
};

// "telltale: `text`" on standard error.
void Complain(std::string_view text);

// Complains about `status` (unless it is that the reader has gone away) and gives kFailed, or
// kUsage for InvalidArgument.
int Fail(const absl::Status& status);

}  // namespace telltale::cli
