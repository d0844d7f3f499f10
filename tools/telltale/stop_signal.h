// SIGINT, SIGTERM and SIGHUP as a request to come to an end.
#pragma once

#include <atomic>
#include <csignal>
#include <thread>

namespace telltale::cli {

// As long as it lives these signals end nothing by themselves; one that comes more than a second
// after the first ends the process at once. Make it before other threads, which must not be
// interrupted either.
class StopSignal {
 public:
  StopSignal();
  ~StopSignal();
  StopSignal(const StopSignal&) = delete;
  StopSignal& operator=(const StopSignal&) = delete;

  bool requested() const { return requested_; }
  // Becomes readable when a signal has come, and stays so; -1 where there is none.
  int fd() const { return pipe_[0]; }

 private:
  void Wait();

  sigset_t signals_;
  sigset_t before_;
  int pipe_[2] = {-1, -1};
  std::atomic<bool> requested_ = false;
  std::atomic<bool> ending_ = false;
  std::thread thread_;
};

// Waits until one of the descriptors is readable (-1: none), or `seconds` have passed (below 0:
// without end).
void WaitFor(int a, int b, double seconds);

}  // namespace telltale::cli
