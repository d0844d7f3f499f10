#include "tools/telltale/progress.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <utility>

#include "absl/strings/str_format.h"
#include "lib/base/str.h"
#include "lib/base/text.h"
#include "lib/report/number.h"

namespace telltale::cli {
namespace {

constexpr auto kPatience = std::chrono::seconds(1);
constexpr auto kBetweenDrawings = std::chrono::milliseconds(100);

size_t ErrorWidth() {
  struct winsize size = {};
  return ::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

void Put(const std::string& text) { std::fwrite(text.data(), 1, text.size(), stderr); }

std::string AmountOf(Unit unit, uint64_t done, uint64_t total) {
  switch (unit) {
    case Unit::kBytes:
      return StrCat(report::FormatBytes(done), " of ", report::FormatBytes(total));
    case Unit::kTrainingRuns:
      return StrCat(done, " of ", report::Count(total, "training run"));
    case Unit::kPoints:
      return StrCat(done, " of ", report::Count(total, "point"));
  }
  return "";
}

}  // namespace

ProgressBar::ProgressBar(When when, std::string what, Unit unit)
    : enabled_(when == When::kOnTerminal && ::isatty(STDERR_FILENO) != 0),
      what_(std::move(what)),
      unit_(unit),
      begin_(Clock::now()),
      drawn_(begin_) {}

void ProgressBar::Update(uint64_t done, uint64_t total, uint64_t points) {
  if (!enabled_ || total == 0) return;
  const std::lock_guard lock(mutex_);
  const auto now = Clock::now();
  if (now - begin_ < kPatience || now - drawn_ < kBetweenDrawings) return;
  drawn_ = now;
  shown_ = true;
  const double share = std::min(1.0, static_cast<double>(done) / static_cast<double>(total));
  std::string tail = StrCat("  ", report::FormatPercent(share), "  ", AmountOf(unit_, done, total));
  if (points > 0) {
    const double seconds = std::chrono::duration<double>(now - begin_).count();
    const double rate = static_cast<double>(points) / seconds;
    absl::StrAppendFormat(&tail, "  %.*f %s points/s", rate < 1e7 ? 1 : 0,
                          rate < 1e6 ? rate / 1e3 : rate / 1e6, rate < 1e6 ? "k" : "M");
  }
  const size_t width = ErrorWidth();
  const size_t taken = DisplayWidth(what_) + 2 + tail.size() + 1;
  const size_t room = width > taken ? std::min<size_t>(width - taken, 40) : 0;
  const auto filled = static_cast<size_t>(share * static_cast<double>(room));
  std::string bar;
  for (size_t i = 0; i < room; ++i) bar += i < filled ? "█" : "░";
  Put(StrCat("\r", FitEnd(StrCat(what_, "  ", bar, tail), width - 1), "\x1b[K"));
}

void ProgressBar::Clear() {
  const std::lock_guard lock(mutex_);
  if (shown_) Put("\r\x1b[K");
  shown_ = false;
}

StatusLine::StatusLine(ProgressBar::When when)
    : enabled_(when == ProgressBar::When::kOnTerminal && ::isatty(STDERR_FILENO) != 0) {}

void StatusLine::Show(const std::string& text) {
  if (!enabled_ || text == shown_) return;
  Put(StrCat("\r", FitEnd(text, ErrorWidth() - 1), "\x1b[K"));
  shown_ = text;
}

void StatusLine::Clear() {
  if (!shown_.empty()) Put("\r\x1b[K");
  shown_.clear();
}

}  // namespace telltale::cli
