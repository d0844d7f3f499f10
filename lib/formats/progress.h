// How far a reader or a writer is.
#pragma once

#include <cstdint>

namespace telltale::formats {

struct Progress {
  uint64_t bytes_done = 0;
  uint64_t bytes_total = 0;
  uint64_t points = 0;
};

}  // namespace telltale::formats
