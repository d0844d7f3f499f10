// Long native work that Ctrl-C ends.
#pragma once

#include <Python.h>
#include <nanobind/nanobind.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <future>
#include <utility>

namespace telltale::python {

// Calls `work(cancelled)` on a thread of its own, without the GIL, while this one looks now and
// then whether a signal's handler wants to raise. Where it does, `cancelled()` becomes true, the
// end of the work is awaited, and the handler's exception is thrown. What `work` throws is thrown.
template <typename Work>
auto Interruptible(Work work) {
  constexpr std::chrono::milliseconds kBetweenLooks{20};
  std::atomic<bool> stop = false;
  const std::function<bool()> cancelled = [&stop] { return stop.load(std::memory_order_relaxed); };
  bool raised = false;
  auto result = [&] {
    const nanobind::gil_scoped_release release;
    auto done = std::async(std::launch::async, [&] { return work(cancelled); });
    while (done.wait_for(kBetweenLooks) != std::future_status::ready) {
      if (stop) continue;
      const nanobind::gil_scoped_acquire acquire;
      raised = PyErr_CheckSignals() != 0;
      if (raised) stop = true;
    }
    return done.get();
  }();
  if (raised) throw nanobind::python_error();
  return result;
}

}  // namespace telltale::python
