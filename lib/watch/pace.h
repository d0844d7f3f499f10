// How often something is looked at again, so that all looks together cost a fixed share of the
// time. No clock of its own: times are seconds that never go back.
#pragma once

#include <cstdint>

namespace telltale::watch {

// A purse of CPU seconds that fills with time. What is done may overdraw it once; then nothing is
// done until it is filled again. So even a single piece of work that is larger than the purse gets
// its turn, and no more than its share.
class Budget {
 public:
  // `share` of one core; at most `purse` seconds are saved up.
  Budget(double share, double purse) : share_(share), purse_(purse), left_(purse) {}

  bool Allows(double now);
  // The same for what cannot wait, which may overdraw the purse ten times.
  bool AllowsUrgent(double now);
  void Spend(double seconds) { left_ -= seconds; }

 private:
  void Fill(double now);

  double share_;
  double purse_;
  double left_;
  double filled_at_ = 0;
  bool started_ = false;
};

struct PaceOptions {
  uint64_t first_points = 16;  // fewer are not looked at before the run is quiet
  double growth = 1.05;        // points over those of the last look, at least
  double longest_wait = 60;    // seconds after which fewer new points do
  double quiet = 30;           // seconds without a point, at least, before a run counts as quiet...
  double quiet_gaps = 5;       // ...and usual distances between its points
};

// The looks at one training run so far.
struct Looks {
  uint64_t points = 0;  // at the last one
  double at = 0;        // when that was
  bool any = false;
  bool settled = false;  // the last one was of a quiet run
  // After something urgent the run is looked at more often for a while: what has begun shows only
  // when there is more of it.
  uint64_t alarm = 0;       // points at the urgent look
  uint64_t alarm_next = 0;  // further points at which to look again; 0: no alarm
};

// How a training run stands now.
struct Standing {
  uint64_t points = 0;
  bool urgent = false;  // something came that should be judged at once
  bool quiet = false;   // nothing came for long
};

// How much a look is worth now: 0 nothing, above 1 the more the run has grown, kUrgent at once.
inline constexpr double kUrgent = 1e300;
double Worth(const Looks& looks, const Standing& standing, double now, const PaceOptions& options);

// `looks` with one more, at a training run that stands like this.
Looks AfterLook(const Looks& looks, const Standing& standing, double now);

// Whether a run without a new point for `silence` seconds has come to an end or a pause; `gap` is
// what usually lies between two points.
bool IsQuiet(double silence, double gap, const PaceOptions& options);

}  // namespace telltale::watch
