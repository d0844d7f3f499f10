#include "lib/watch/stability.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace telltale::watch {

bool IsStableAtOnce(std::string_view id) { return id == "non-finite" || id == "divergence"; }

bool IsAboutTheEnd(std::string_view id) {
  constexpr std::string_view kIds[] = {"best-checkpoint-not-last", "curve-ends-early",
                                       "insufficient-points", "slow-convergence", "undertrained"};
  return std::find(std::begin(kIds), std::end(kIds), id) != std::end(kIds);
}

// Counts a look that says the opposite of `streak.stable`. True where that is to change.
bool Stability::CountOpposite(Streak& streak, Needs needs, uint64_t points) const {
  if (streak.looks == 0 || points < streak.since) {
    streak.looks = 0;
    streak.since = points;
  }
  ++streak.looks;
  const double needed =
      std::max(static_cast<double>(options_.fewest), options_.share * static_cast<double>(points));
  return needs == Needs::kOneLook ||
         (streak.looks >= options_.looks && static_cast<double>(points - streak.since) >= needed);
}

std::vector<StabilityChange> Stability::Look(const std::vector<diagnosis::Finding>& findings,
                                             uint64_t points, LookKind kind) {
  const bool settled = kind == LookKind::kSettled;
  std::vector<StabilityChange> changes;
  std::vector<std::string_view> present;
  for (const diagnosis::Finding& finding : findings) {
    if (!settled && IsAboutTheEnd(finding.id)) continue;
    if (std::find(present.begin(), present.end(), finding.id) != present.end()) continue;
    present.push_back(finding.id);
    Streak& streak = streaks_[finding.id];
    if (streak.stable) {
      streak.looks = 0;
      continue;
    }
    const Needs needs = settled || IsStableAtOnce(finding.id) ? Needs::kOneLook : Needs::kStreak;
    if (!CountOpposite(streak, needs, points)) continue;
    streak = {.stable = true, .finding = finding};
    changes.push_back({ChangeKind::kStable, finding});
  }
  for (auto it = streaks_.begin(); it != streaks_.end();) {
    Streak& streak = it->second;
    if (std::find(present.begin(), present.end(), it->first) != present.end()) {
      ++it;
      continue;
    }
    if (streak.stable &&
        !CountOpposite(streak, settled ? Needs::kOneLook : Needs::kStreak, points)) {
      ++it;
      continue;
    }
    // One that was never told leaves nothing behind.
    if (streak.stable) changes.push_back({ChangeKind::kCleared, std::move(streak.finding)});
    it = streaks_.erase(it);
  }
  version_ += changes.size();
  return changes;
}

bool Stability::IsStable(std::string_view id) const {
  const auto found = streaks_.find(id);
  return found != streaks_.end() && found->second.stable;
}

std::vector<diagnosis::Finding> Stability::Stable(
    const std::vector<diagnosis::Finding>& findings) const {
  std::vector<diagnosis::Finding> stable;
  for (const diagnosis::Finding& finding : findings) {
    if (IsStable(finding.id)) stable.push_back(finding);
  }
  return stable;
}

std::vector<diagnosis::Finding> Stability::told() const {
  std::vector<diagnosis::Finding> told;
  for (const auto& [id, streak] : streaks_) {
    if (streak.stable) told.push_back(streak.finding);
  }
  return told;
}

}  // namespace telltale::watch
