// Running independent pieces of work on several threads.
#pragma once

#include <cstddef>
#include <functional>

namespace telltale {

// Calls work(i) once for each i in [0, n), on at most `jobs` threads, and returns when all are
// done. jobs == 0 means one per core. Items are taken in order, so put the longest first. `work`
// must not throw.
void ParallelFor(size_t n, size_t jobs, const std::function<void(size_t)>& work);

}  // namespace telltale
