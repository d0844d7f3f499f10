#include "tools/telltale/terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "absl/strings/numbers.h"
#include "lib/base/status_util.h"
#include "lib/base/str.h"
#include "lib/base/text.h"
#include "tools/telltale/exit_code.h"

namespace telltale::cli {

size_t TerminalWidth() {
  constexpr size_t kNarrowest = 40;
  constexpr size_t kWidest = 1000;
  size_t columns = 0;
  const char* variable = std::getenv("COLUMNS");
  if (variable == nullptr || !absl::SimpleAtoi(variable, &columns) || columns == 0) {
    struct winsize size = {};
    columns = ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
  }
  if (columns == 0) columns = 80;
  return std::clamp(columns, kNarrowest, kWidest);
}

report::Color ColorFor(std::string_view when) {
  if (when == "always") return report::Color::kAlways;
  if (when == "never") return report::Color::kNever;
  const char* no_color = std::getenv("NO_COLOR");
  const char* term = std::getenv("TERM");
  const bool unwanted = (no_color != nullptr && *no_color != '\0') ||
                        (term != nullptr && std::string_view(term) == "dumb");
  return !unwanted && ::isatty(STDOUT_FILENO) != 0 ? report::Color::kAlways : report::Color::kNever;
}

void Output::Write(std::string_view text) {
  while (!text.empty() && status_.ok()) {
    const ssize_t n = ::write(STDOUT_FILENO, text.data(), text.size());
    if (n >= 0) {
      text.remove_prefix(static_cast<size_t>(n));
    } else if (errno == EPIPE) {
      status_ = absl::AbortedError("standard output is closed");
    } else if (errno != EINTR) {
      status_ = ErrnoStatus(errno, "standard output", "cannot write");
      if (absl::IsAborted(status_)) status_ = absl::InternalError(status_.message());
    }
  }
}

void Complain(std::string_view text) {
  const std::string line = StrCat("telltale: ", text, "\n");
  std::fwrite(line.data(), 1, line.size(), stderr);
}

int Fail(const absl::Status& status) {
  if (!absl::IsAborted(status)) Complain(Printable(ToStd(status.message())));
  return absl::IsInvalidArgument(status) ? kUsage : kFailed;
}

}  // namespace telltale::cli
