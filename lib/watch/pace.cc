#include "lib/watch/pace.h"

#include <algorithm>

namespace telltale::watch {

bool Budget::Allows(double now) {
  if (started_) left_ = std::min(purse_, left_ + share_ * (now - filled_at_));
  started_ = true;
  filled_at_ = now;
  return left_ > 0;
}

double Budget::Next(double now) const {
  return left_ > 0 ? now : std::max(now, filled_at_ - left_ / share_);
}

bool IsQuiet(double silence, double gap, const PaceOptions& options) {
  return silence >= std::max(options.quiet, options.quiet_gaps * gap);
}

double Worth(const Looks& looks, const Standing& standing, double now, const PaceOptions& options) {
  const uint64_t points = standing.points;
  if (points == 0) return 0;
  if (standing.urgent) return kUrgent;
  if (!looks.any) return points >= options.first_points || standing.quiet ? 1 : 0;
  // Fewer points than before: a file was replaced.
  if (points < looks.points) return 2;
  const double growth =
      static_cast<double>(points) / static_cast<double>(std::max<uint64_t>(1, looks.points));
  // What is quiet is looked at once more, since then more can be said of it.
  if (standing.quiet && (!looks.settled || points > looks.points)) return growth;
  if (points == looks.points) return 0;
  if (growth >= options.growth || now - looks.at >= options.longest_wait) return growth;
  return 0;
}

}  // namespace telltale::watch
