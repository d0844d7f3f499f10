#include "lib/base/parallel.h"

#include <atomic>
#include <cstddef>
#include <vector>

#include "gtest/gtest.h"

namespace telltale {
namespace {

TEST(ParallelFor, DoesEachItemOnce) {
  for (const size_t jobs : {0u, 1u, 3u, 100u}) {
    std::vector<std::atomic<int>> done(57);
    ParallelFor(done.size(), jobs, [&](size_t i) { ++done[i]; });
    for (const auto& times : done) EXPECT_EQ(times, 1);
  }
}

TEST(ParallelFor, DoesNothingForNothing) {
  ParallelFor(0, 4, [](size_t) { FAIL(); });
}

}  // namespace
}  // namespace telltale
