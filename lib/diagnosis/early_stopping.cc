#include "lib/diagnosis/early_stopping.h"

#include <algorithm>
#include <limits>

#include "lib/diagnosis/stats.h"

namespace telltale::diagnosis {

std::optional<size_t> StopAt(std::span<const double> losses, const StoppingRule& rule) {
  double lowest = std::numeric_limits<double>::infinity();
  size_t beyond = 0;
  for (size_t i = 0; i < losses.size(); ++i) {
    const size_t window = std::min(i + 1, std::max<size_t>(rule.window, 1));
    const double level = Median(losses.subspan(i + 1 - window, window));
    lowest = std::min(lowest, level);
    const double scale = lowest > 0 ? lowest : losses.front() - lowest;
    beyond = scale > 0 && level - lowest > rule.tolerance * scale ? beyond + 1 : 0;
    if (beyond >= rule.in_a_row) return i;
  }
  return std::nullopt;
}

size_t PatienceNeeded(std::span<const double> losses) {
  size_t longest = 0, best = 0;
  for (size_t i = 1; i < losses.size(); ++i) {
    if (!(losses[i] < losses[best])) continue;
    longest = std::max(longest, i - best);
    best = i;
  }
  return longest;
}

}  // namespace telltale::diagnosis
