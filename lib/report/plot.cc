#include "lib/report/plot.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <limits>

namespace telltale::report {
namespace {

constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();
// A logarithmic axis needs values a decade apart, and most of them in the lowest step of a linear
// one.
constexpr double kLogRatio = 10;
constexpr int kLevels = 8;

// What the points of one column amount to.
struct Bin {
  double typical = kMissing;  // median of the finite values
  double highest = kMissing;
  bool not_finite = false;
};

std::vector<Bin> BinCurve(const model::Series& series, const Plot& axes, size_t columns) {
  std::vector<std::vector<double>> values(columns);
  std::vector<Bin> bins(columns);
  for (size_t i = 0; i < series.size(); ++i) {
    const size_t column = axes.ColumnOf(series.steps[i]);
    if (std::isfinite(series.values[i])) {
      values[column].push_back(series.values[i]);
    } else {
      bins[column].not_finite = true;
    }
  }
  for (size_t c = 0; c < columns; ++c) {
    if (values[c].empty()) continue;
    const auto middle = values[c].begin() + static_cast<std::ptrdiff_t>(values[c].size() / 2);
    std::nth_element(values[c].begin(), middle, values[c].end());
    bins[c].typical = *middle;
    bins[c].highest = *std::max_element(middle, values[c].end());
  }
  return bins;
}

struct Range {
  double low = std::numeric_limits<double>::infinity();
  double high = -std::numeric_limits<double>::infinity();
  void Take(double value) {
    if (std::isnan(value)) return;
    low = std::min(low, value);
    high = std::max(high, value);
  }
};

Range RangeOf(const std::vector<std::vector<Bin>>& curves) {
  Range range;
  for (const auto& bins : curves) {
    for (const Bin& bin : bins) range.Take(bin.typical);
  }
  return range;
}

// A column's value as it is drawn: its typical one, or a point that stands out of all typical ones.
double Drawn(const Bin& bin, const Range& usual) {
  return bin.highest > usual.high + (usual.high - usual.low) / 2 ? bin.highest : bin.typical;
}

// Whether a linear axis would show the few highest columns and nothing else.
bool WantsLogScale(const std::vector<std::vector<double>>& drawn, const Range& range) {
  // Written so that the empty range, from infinity to minus infinity, has no log scale.
  if (!(range.low > 0) || !(range.high > kLogRatio * range.low)) return false;
  std::vector<double> values;
  for (const auto& row : drawn) {
    std::copy_if(row.begin(), row.end(), std::back_inserter(values),
                 [](double v) { return !std::isnan(v); });
  }
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle - range.low < (range.high - range.low) / kLevels;
}

// Fills the columns between two that have points: along a straight line, or with × where both are
// not finite.
void Interpolate(std::vector<double>& values, std::vector<Bin>& bins) {
  std::optional<size_t> before;
  std::optional<size_t> not_finite;
  for (size_t c = 0; c < values.size(); ++c) {
    if (bins[c].not_finite) {
      if (not_finite) {
        for (size_t i = *not_finite + 1; i < c; ++i) bins[i].not_finite = true;
      }
      not_finite = c;
      before.reset();  // no line through a gap that means something
      continue;
    }
    if (!std::isnan(values[c])) not_finite.reset();
    if (std::isnan(values[c])) continue;
    if (before) {
      const double span = static_cast<double>(c - *before);
      for (size_t i = *before + 1; i < c; ++i) {
        const double t = static_cast<double>(i - *before) / span;
        values[i] = values[*before] * (1 - t) + values[c] * t;
      }
    }
    before = c;
  }
}

std::vector<Cell> Row(const std::vector<double>& values, const std::vector<Bin>& bins,
                      const Range& range) {
  std::vector<Cell> row(values.size());
  for (size_t c = 0; c < values.size(); ++c) {
    if (bins[c].not_finite) {
      row[c].kind = Cell::Kind::kNotFinite;
    } else if (!std::isnan(values[c])) {
      // Halved before subtracting: the range may span all doubles.
      const double whole = range.high / 2 - range.low / 2;
      const double share = whole > 0 ? (values[c] / 2 - range.low / 2) / whole : 0.5;
      row[c].kind = Cell::Kind::kLevel;
      row[c].level = std::clamp(static_cast<int>(share * kLevels), 0, kLevels - 1);
    }
  }
  return row;
}

// How many columns the curves deserve: a handful of points does not fill a screen.
size_t UsefulColumns(std::span<const model::Series* const> curves, const Plot& axes,
                     size_t columns) {
  if (axes.first_step == axes.last_step) return std::min<size_t>(columns, 1);
  size_t most = 0;
  for (const model::Series* curve : curves) most = std::max(most, curve->size());
  return std::min(columns, std::max<size_t>(4 * most, 1));
}

}  // namespace

std::string_view Glyph(const Cell& cell) {
  constexpr std::array<std::string_view, kLevels> kBlocks = {"▁", "▂", "▃", "▄",
                                                             "▅", "▆", "▇", "█"};
  switch (cell.kind) {
    case Cell::Kind::kEmpty:
      return " ";
    case Cell::Kind::kNotFinite:
      return "×";
    case Cell::Kind::kLevel:
      return kBlocks[static_cast<size_t>(std::clamp(cell.level, 0, kLevels - 1))];
  }
  return " ";
}

size_t Plot::ColumnOf(int64_t step) const {
  const size_t last_column = columns() - 1;
  if (step <= first_step) return 0;
  if (step >= last_step) return last_column;
  // In floating point: the span of two int64 steps need not be one.
  const double share = (static_cast<double>(step) - static_cast<double>(first_step)) /
                       (static_cast<double>(last_step) - static_cast<double>(first_step));
  return std::min(last_column,
                  static_cast<size_t>(std::lround(share * static_cast<double>(last_column))));
}

std::optional<Plot> DrawPlot(std::span<const model::Series* const> curves, size_t columns) {
  Plot plot;
  plot.first_step = std::numeric_limits<int64_t>::max();
  plot.last_step = std::numeric_limits<int64_t>::min();
  for (const model::Series* curve : curves) {
    for (const int64_t step : curve->steps) {
      plot.first_step = std::min(plot.first_step, step);
      plot.last_step = std::max(plot.last_step, step);
    }
  }
  columns = UsefulColumns(curves, plot, columns);
  if (plot.first_step > plot.last_step || columns == 0) return std::nullopt;
  plot.rows.assign(curves.size(), std::vector<Cell>(columns));

  std::vector<std::vector<Bin>> bins;
  for (const model::Series* curve : curves) bins.push_back(BinCurve(*curve, plot, columns));
  const Range usual = RangeOf(bins);

  std::vector<std::vector<double>> drawn(curves.size(), std::vector<double>(columns, kMissing));
  Range range;
  for (size_t r = 0; r < curves.size(); ++r) {
    for (size_t c = 0; c < columns; ++c) {
      drawn[r][c] = Drawn(bins[r][c], usual);
      range.Take(drawn[r][c]);
    }
  }
  plot.log_scale = WantsLogScale(drawn, range);
  if (plot.log_scale) {
    for (auto& row : drawn) {
      for (double& value : row) value = std::log(value);
    }
    range = {std::log(range.low), std::log(range.high)};
  }
  for (size_t r = 0; r < curves.size(); ++r) {
    Interpolate(drawn[r], bins[r]);
    plot.rows[r] = Row(drawn[r], bins[r], range);
  }
  return plot;
}

}  // namespace telltale::report
