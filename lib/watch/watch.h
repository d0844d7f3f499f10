// Watches a growing log directory: reads what is new, looks again at the training runs that have
// grown, tells findings once they are stable, and keeps the annotations current.
//
// What it costs is bounded whatever is written: all looks together take a fixed share of the time,
// so that a few runs are looked at whenever they have grown by some percent, and thousands more
// rarely. Only what is cheap to see is looked at at once: a value that is not finite, or one far
// beyond those at the beginning.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "lib/annotate/annotate.h"
#include "lib/diagnosis/engine.h"
#include "lib/diagnosis/group_view.h"
#include "lib/report/live.h"
#include "lib/watch/log_follower.h"
#include "lib/watch/pace.h"
#include "lib/watch/stability.h"

namespace telltale::watch {

struct WatchOptions {
  diagnosis::Options rules = {};
  size_t jobs = 0;  // threads for what is there at the beginning and at the end; 0: one per core
  StabilityOptions stability = {};
  PaceOptions pace = {};
  double share = 0.02;  // of one core, for looks and annotations
  double purse = 1;     // CPU seconds that may be spent at once

  bool annotate = true;
  annotate::AnnotateOptions annotations = {};
  double interval = 10;      // seconds between two annotations of one training run, at least
  double retry_after = 30;   // seconds after an annotation that could not be written
  size_t most_at_once = 20;  // annotations in one step: each waits for the disk

  std::function<double()> cpu = {};  // seconds that this process has used; empty: what it has
  std::function<void(const report::LiveEvent&)> on_event = {};
  std::function<void(std::string)> warn = {};
};

// A time by two clocks, in seconds.
struct Moment {
  double now = 0;   // never goes back
  double wall = 0;  // Unix time
};

// What the end of a watch says of the training runs: nothing, or that they are to be judged as
// over.
enum class End { kWatchOnly, kRunsAreOver };

class Watch {
 public:
  // `follower` must outlive the watch.
  Watch(LogFollower& follower, WatchOptions options);

  // Does what is to be done now. Fails where nothing can be read at all, at the first step only.
  absl::Status Step(Moment moment);

  // Whether Step() has something to do soon though nobody writes.
  bool busy() const { return busy_ || follower_.hot(); }
  // When something was read last.
  double read_at() const { return read_at_; }

  // The last look, at everything.
  void Finish(Moment moment, End end);

  size_t training_runs() const { return follower_.grouping().training_runs.size(); }
  uint64_t points() const { return follower_.points(); }
  // Findings that are told and not cleared, at or above `severity`.
  size_t Told(diagnosis::Severity severity) const;

 private:
  // Of one training run.
  struct State {
    Looks looks = {};
    Stability stability;
    diagnosis::MemberFacts facts = {};  // of the last look
    double first_grew_at = 0;
    double silent_before = 0;  // seconds without a point when it was met
    uint64_t annotated_version = 0;
    uint64_t annotated_points = 0;
    double annotate_at = 0;  // not before
    bool annotated = false;
    bool wants_annotation = false;  // which could not be written yet
    bool warned = false;
  };
  struct GroupState {
    Looks looks = {};
    Stability stability;
  };
  struct Due {
    size_t training_run = 0;
    double worth = 0;
  };
  enum class Limits { kKept, kNone };

  void Regroup(Moment moment);
  bool Quiet(const State& state, const Activity& activity, double now) const;
  std::vector<Due> CollectDue(Moment moment);
  void LookAt(std::span<const size_t> training_runs, Moment moment, Limits limits);
  void Judge(size_t training_run, const diagnosis::Diagnosis& diagnosis, Moment moment);
  std::vector<size_t> WithSessions(size_t training_run) const;
  size_t EndOfTogether(std::span<const size_t> training_runs, size_t begin) const;
  bool WantsAnnotation(const State& state, double now, Limits limits) const;
  void Annotate(std::span<const size_t> training_runs,
                const std::vector<diagnosis::Diagnosis>& diagnoses, Moment moment);
  void LookAtGroups(Moment moment, Limits limits);
  void Tell(const std::vector<StabilityChange>& changes, report::LiveEvent event) const;
  void Emit(const report::LiveEvent& event) const;
  State& StateOf(size_t training_run);
  double Cpu() const;

  LogFollower& follower_;
  WatchOptions options_;
  Budget budget_;
  std::map<std::string, State> states_;       // by training run
  std::map<std::string, GroupState> groups_;  // by group
  // Training runs that may become worth a look by time alone, or have grown. The others are
  // settled: however many they are, they cost nothing.
  std::set<size_t> open_;
  double next_regroup_ = 0;
  double read_at_ = 0;
  size_t annotations_ = 0;  // in this step
  bool first_ = true;
  bool busy_ = true;
  bool over_ = false;
};

}  // namespace telltale::watch
