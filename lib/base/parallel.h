// Running independent pieces of work on several threads.
#pragma once

#include <cstddef>
#include <functional>

namespace telltale {

// How many threads `jobs` stands for: so many, or one per core where it is 0.
size_t ThreadsOf(size_t jobs);

// Calls work(i) once for each i in [0, n), on at most `jobs` threads, and returns when all are
// done. `jobs` as in ThreadsOf. Items are taken in order, so put the longest first. `work`
// must not throw.
void ParallelFor(size_t n, size_t jobs, const std::function<void(size_t)>& work);

}  // namespace telltale
