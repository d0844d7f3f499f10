// The points, texts and opaque values of a run as one stream of events.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include "absl/status/status.h"
#include "lib/model/experiment.h"

namespace telltale::formats::tensorboard {

enum class ItemKind : uint8_t { kScalar, kText, kOpaque };

// One value: point `point` of series, texts or opaque `series` of the run.
struct Item {
  ItemKind kind = ItemKind::kScalar;
  size_t series = 0;
  size_t point = 0;
  int64_t step = 0;
  double wall_time = 0;
};

// Calls `take` with every value of `run`: those of one series in their order, and all in the order
// of wall times as far as that allows; at the same wall time in the order of the run's series. A
// wall time that is NaN stands where the one before it stands. Ends at the first error of `take`
// and gives it.
absl::Status ForEachItem(const model::Run& run,
                         const std::function<absl::Status(const Item&)>& take);

}  // namespace telltale::formats::tensorboard
