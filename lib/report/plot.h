// Curves as one row of block characters each, on common axes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "lib/model/series.h"

namespace telltale::report {

// One column of a row.
struct Cell {
  enum class Kind { kEmpty, kLevel, kNotFinite } kind = Kind::kEmpty;
  int level = 0;  // 0 (lowest) to 7
};

// "▁" to "█", "×" for a value that is NaN or infinite, " " where the curve has no point.
std::string_view Glyph(const Cell& cell);

struct Plot {
  std::vector<std::vector<Cell>> rows = {};  // one a curve, all of the same length
  int64_t first_step = 0;
  int64_t last_step = 0;
  bool log_scale = false;  // the curves are positive and span orders of magnitude

  size_t columns() const { return rows.empty() ? 0 : rows[0].size(); }
  // The column where `step` falls; steps outside fall into the first or the last column.
  size_t ColumnOf(int64_t step) const;
};

// Draws `curves` (none of them null) in at most `columns` columns. A column shows the median of its
// points, or its highest point where that stands out of the whole curve: a spike is what one looks
// for. Columns between two points are interpolated. All curves share the range of steps and the
// scale, so that the gap between them is seen. nullopt when no curve has a point, or `columns` is
// 0. Cost: O(n log n).
std::optional<Plot> DrawPlot(std::span<const model::Series* const> curves, size_t columns);

}  // namespace telltale::report
