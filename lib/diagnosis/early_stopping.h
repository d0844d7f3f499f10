// When to stop, decided while the run goes on: only from what has been seen up to then.
#pragma once

#include <cstddef>
#include <optional>
#include <span>

namespace telltale::diagnosis {

// Prechelt's generalisation loss on rolling medians: 100 (median(last window) / lowest such median
// - 1) must exceed 100 * tolerance in `in_a_row` evaluations one after the other. For values that
// are not positive the rise counts against the fall from the first value.
struct StoppingRule {
  double tolerance = 0.05;  // Prechelt's alpha of 5 %
  size_t window = 9;        // evaluations
  size_t in_a_row = 4;  // five bad values move a median of nine, four more make it nine bad ones
};

// Index of the evaluation after which to stop; empty when the run should have gone on to its end.
// n log(window).
std::optional<size_t> StopAt(std::span<const double> losses, const StoppingRule& rule = {});

// The longest stretch of evaluations without a new best before the last new best: the least
// patience that would have kept the best one.
size_t PatienceNeeded(std::span<const double> losses);

}  // namespace telltale::diagnosis
