#include "lib/watch/pace.h"

#include <algorithm>

namespace telltale::watch {

void Budget::Fill(double now) {
  if (started_) left_ = std::min(purse_, left_ + share_ * (now - filled_at_));
  started_ = true;
  filled_at_ = now;
}

bool Budget::Allows(double now) {
  Fill(now);
  return left_ > 0;
}

bool Budget::AllowsUrgent(double now) {
  constexpr double kOverdraft = 10;  // purses
  Fill(now);
  return left_ > -kOverdraft * purse_;
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
  if (looks.alarm_next > 0 && points >= looks.alarm + looks.alarm_next) return kUrgent;
  if (growth >= options.growth || now - looks.at >= options.longest_wait) return growth;
  return 0;
}

Looks AfterLook(const Looks& looks, const Standing& standing, double now) {
  // After 1.6 % more points, then after 3 %, 6 %, ..., until there is half as much again.
  constexpr uint64_t kFirstShare = 64;
  constexpr uint64_t kFewest = 4;
  Looks after{.points = standing.points, .at = now, .any = true, .settled = standing.quiet};
  if (standing.urgent) {
    after.alarm = standing.points;
    after.alarm_next = std::max(kFewest, standing.points / kFirstShare);
  } else if (looks.alarm_next > 0 && standing.points >= looks.points) {
    after.alarm = looks.alarm;
    after.alarm_next = looks.alarm_next;
    while (standing.points >= after.alarm + after.alarm_next) after.alarm_next *= 2;
    if (after.alarm_next > std::max(2 * kFewest, looks.alarm / 2)) after.alarm_next = 0;
  }
  return after;
}

}  // namespace telltale::watch
