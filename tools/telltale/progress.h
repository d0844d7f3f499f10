// A progress bar on standard error, for work that lasts.
#pragma once

#include <chrono>
#include <cstdint>
#include <mutex>
#include <string>

namespace telltale::cli {

enum class Unit { kBytes, kTrainingRuns, kPoints };

// Draws nothing unless standard error is a terminal and the work has lasted a second. Calls may
// come from any thread.
class ProgressBar {
 public:
  enum class When { kNever, kOnTerminal };
  ProgressBar(When when, std::string what, Unit unit);
  ~ProgressBar() { Clear(); }
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;

  // `points`, where it is not 0, is how many points that was: shown as points a second.
  void Update(uint64_t done, uint64_t total, uint64_t points = 0);
  // Takes the bar off the screen, before something else is printed. It comes back with the next
  // Update.
  void Clear();

 private:
  using Clock = std::chrono::steady_clock;

  std::mutex mutex_;
  const bool enabled_;
  const std::string what_;
  const Unit unit_;
  const Clock::time_point begin_;
  Clock::time_point drawn_;
  bool shown_ = false;
};

// One line on standard error that says how things are, for work without an end. Draws nothing
// unless standard error is a terminal.
class StatusLine {
 public:
  explicit StatusLine(ProgressBar::When when);
  ~StatusLine() { Clear(); }
  StatusLine(const StatusLine&) = delete;
  StatusLine& operator=(const StatusLine&) = delete;

  // Shows `text`, printable, cut to the terminal's width.
  void Show(const std::string& text);
  // Takes it off the screen, before something else is printed.
  void Clear();

 private:
  const bool enabled_;
  std::string shown_;
};

}  // namespace telltale::cli
