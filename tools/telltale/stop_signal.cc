#include "tools/telltale/stop_signal.h"

#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cmath>

namespace telltale::cli {
namespace {

// Who ends a process often signals its group as well, so that one request comes as two signals:
// timeout(1) does.
constexpr auto kOneRequest = std::chrono::seconds(1);

}  // namespace

StopSignal::StopSignal() {
  ::sigemptyset(&signals_);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
    // What the user has told us to ignore (nohup) stays ignored.
    struct sigaction now = {};
    if (::sigaction(signal, nullptr, &now) == 0 && now.sa_handler != SIG_IGN) {
      ::sigaddset(&signals_, signal);
    }
  }
  // Wakes the thread when it is to end, so it is always among those that it waits for.
  ::sigaddset(&signals_, SIGTERM);
  if (::pipe(pipe_) != 0) pipe_[0] = pipe_[1] = -1;
  for (const int end : pipe_) {
    if (end >= 0) ::fcntl(end, F_SETFD, FD_CLOEXEC);
  }
  ::pthread_sigmask(SIG_BLOCK, &signals_, &before_);
  thread_ = std::thread([this] { Wait(); });
}

StopSignal::~StopSignal() {
  ending_ = true;
  ::pthread_kill(thread_.native_handle(), SIGTERM);
  thread_.join();
  ::pthread_sigmask(SIG_SETMASK, &before_, nullptr);
  for (const int end : pipe_) {
    if (end >= 0) ::close(end);
  }
}

void StopSignal::Wait() {
  std::chrono::steady_clock::time_point first;
  while (true) {
    int signal = 0;
    if (::sigwait(&signals_, &signal) != 0) continue;
    if (ending_) return;
    const auto now = std::chrono::steady_clock::now();
    if (!requested_.exchange(true)) {
      first = now;
    } else if (now - first > kOneRequest) {
      ::signal(signal, SIG_DFL);
      sigset_t one;
      ::sigemptyset(&one);
      ::sigaddset(&one, signal);
      ::pthread_sigmask(SIG_UNBLOCK, &one, nullptr);
      ::raise(signal);
    }
    if (pipe_[1] >= 0) static_cast<void>(!::write(pipe_[1], "", 1));
  }
}

void WaitFor(int a, int b, double seconds) {
  pollfd wanted[2] = {{.fd = a, .events = POLLIN, .revents = 0},
                      {.fd = b, .events = POLLIN, .revents = 0}};
  constexpr double kLongest = 1e6;  // seconds: an int holds it in milliseconds
  const double milliseconds = std::ceil(1000 * std::min(seconds, kLongest));
  ::poll(wanted, 2, seconds < 0 ? -1 : static_cast<int>(milliseconds));
}

}  // namespace telltale::cli
