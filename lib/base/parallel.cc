#include "lib/base/parallel.h"

#include <algorithm>
#include <atomic>
#include <thread>
#include <vector>

namespace telltale {

size_t ThreadsOf(size_t jobs) {
  return jobs > 0 ? jobs : std::max(1U, std::thread::hardware_concurrency());
}

void ParallelFor(size_t n, size_t jobs, const std::function<void(size_t)>& work) {
  jobs = std::min(ThreadsOf(jobs), n);
  std::atomic<size_t> next{0};
  const auto run = [&] {
    for (size_t i = next.fetch_add(1); i < n; i = next.fetch_add(1)) work(i);
  };
  std::vector<std::jthread> threads;
  for (size_t i = 1; i < jobs; ++i) threads.emplace_back(run);
  run();
}

}  // namespace telltale
