// When a finding of a growing training run is told, and when it is taken back: not at the first
// look that has it, since the next one may see it otherwise.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "lib/diagnosis/finding.h"

namespace telltale::watch {

struct StabilityOptions {
  // A finding is stable when this many looks in a row have it, and cleared when as many have not.
  int looks = 3;
  // The points that came between the first and the last of them, as a share of all there are then:
  // a look at the same curve once more says nothing new.
  double share = 0.1;
  uint64_t fewest = 8;  // of these points, however few there are
};

enum class LookKind {
  kGrowing,  // more points are to be expected
  kSettled,  // nothing came for long, or nobody looks again: what is found is told at once
};

enum class ChangeKind { kStable, kCleared };

struct StabilityChange {
  ChangeKind kind = ChangeKind::kStable;
  diagnosis::Finding finding = {};  // of the look that made it stable; when cleared, as told before
};

// The findings of one training run over its looks. Has no clock: what counts is points.
class Stability {
 public:
  explicit Stability(StabilityOptions options = {}) : options_(options) {}

  // Takes the findings of a look at `points` points, more or fewer than at the last one (a file may
  // be replaced). Of several findings of one id the first counts. Changes come in the order of
  // `findings`, then those that are cleared, by id.
  std::vector<StabilityChange> Look(const std::vector<diagnosis::Finding>& findings,
                                    uint64_t points, LookKind kind);

  // Whether a finding of this id is told and not cleared.
  bool IsStable(std::string_view id) const;
  // Those of a look that are stable.
  std::vector<diagnosis::Finding> Stable(const std::vector<diagnosis::Finding>& findings) const;
  // As told, by id.
  std::vector<diagnosis::Finding> told() const;
  // Goes up with every change.
  uint64_t version() const { return version_; }

 private:
  struct Streak {
    bool stable = false;
    int looks = 0;       // in a row, up to the last one, that said otherwise than `stable`
    uint64_t since = 0;  // points at the first of them
    diagnosis::Finding finding = {};  // as told, or as found last
  };

  enum class Needs { kOneLook, kStreak };

  bool CountOpposite(Streak& streak, Needs needs, uint64_t points) const;

  StabilityOptions options_;
  std::map<std::string, Streak, std::less<>> streaks_;  // by id
  uint64_t version_ = 0;
};

// Findings that are facts or cannot wait: stable at the first look that has them.
bool IsStableAtOnce(std::string_view id);

// Findings that measure a run by where it ended: of one that goes on they say nothing.
bool IsAboutTheEnd(std::string_view id);

}  // namespace telltale::watch
