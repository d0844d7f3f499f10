#include "lib/watch/watch.h"

#include <algorithm>
#include <ctime>
#include <iterator>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "lib/base/parallel.h"
#include "lib/base/status_util.h"
#include "lib/base/str.h"
#include "lib/diagnosis/arbitration.h"

namespace telltale::watch {
namespace {

using report::LiveEvent;
using report::LiveEventKind;

// Grouping takes at most this share of the time.
constexpr double kGroupingShare = 0.02;
// A group is looked at again when its training runs have this many times the points.
constexpr double kGroupGrowth = 1.25;
// Training runs that are looked at together, and their points: these are in memory for as long.
constexpr size_t kTogether = 256;
constexpr uint64_t kPointsTogether = uint64_t{1} << 20;
// An annotation of a training run about which there is nothing to say can wait for this many
// points.
constexpr uint64_t kFirstAnnotation = 64;

double ProcessSeconds() {
  timespec used = {};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
  return static_cast<double>(used.tv_sec) + 1e-9 * static_cast<double>(used.tv_nsec);
}

// `diagnosis` as far as it is stable.
diagnosis::Diagnosis StablePart(diagnosis::Diagnosis diagnosis, const Stability& stability) {
  std::vector<diagnosis::Finding> stable = stability.Stable(diagnosis.findings);
  if (stable.size() == diagnosis.findings.size()) return diagnosis;
  diagnosis.findings = std::move(stable);
  diagnosis.verdict = diagnosis::VerdictOf(diagnosis.findings);
  return diagnosis;
}

// Annotates all training runs of `grouping`, several at a time, since each waits for the disk.
std::vector<annotate::Annotation> AnnotateTogether(
    const model::Experiment& experiment, const model::Grouping& grouping,
    const std::vector<diagnosis::Diagnosis>& diagnoses, const annotate::AnnotateOptions& options) {
  constexpr size_t kAtOnce = 8;
  const auto& all = grouping.training_runs;
  std::vector<annotate::Annotation> annotations(all.size());
  const auto annotate = [&](size_t begin, size_t end) {
    model::Grouping part;
    part.training_runs.assign(all.begin() + static_cast<std::ptrdiff_t>(begin),
                              all.begin() + static_cast<std::ptrdiff_t>(end));
    const report::PathReport path{experiment, part,
                                  std::span(diagnoses).subspan(begin, end - begin)};
    const auto result = annotate::Annotate(std::span(&path, 1), options);
    for (size_t i = begin; i < end; ++i) {
      annotations[i] = result.ok() ? result->annotations[i - begin]
                                   : annotate::Annotation{.why = result.status()};
    }
  };
  std::vector<size_t> begins;
  for (size_t i = 0; i < all.size(); ++i) {
    // All sessions of a directory are one piece: each has to know of the others.
    if (i == 0 || all[i].session == 0 || all[i].home != all[i - 1].home) begins.push_back(i);
  }
  ParallelFor(begins.size(), std::min(kAtOnce, begins.size()), [&](size_t piece) {
    annotate(begins[piece], piece + 1 < begins.size() ? begins[piece + 1] : all.size());
  });
  return annotations;
}

}  // namespace

Watch::Watch(LogFollower& follower, WatchOptions options)
    : follower_(follower), options_(std::move(options)), budget_(options_.share, options_.purse) {}

double Watch::Cpu() const { return options_.cpu ? options_.cpu() : ProcessSeconds(); }

void Watch::Emit(const LiveEvent& event) const {
  if (options_.on_event) options_.on_event(event);
}

Watch::State& Watch::StateOf(size_t training_run) {
  return states_.at(follower_.grouping().training_runs[training_run].name);
}

absl::Status Watch::Step(Moment moment) {
  TELLTALE_ASSIGN_OR_RETURN(const bool any, follower_.Look(moment.now));
  if (any || first_) read_at_ = moment.now;
  if (follower_.stale() && moment.now >= next_regroup_) Regroup(moment);
  annotations_ = 0;
  const std::vector<Due> due = CollectDue(moment);
  size_t done = 0;
  if (first_) {
    std::vector<size_t> all;
    for (const Due& each : due) all.push_back(each.training_run);
    LookAt(all, moment, Limits::kKept);
    done = due.size();
  }
  for (; done < due.size() && !follower_.stale(); ++done) {
    const bool urgent = due[done].worth == kUrgent;
    if (!(urgent ? budget_.AllowsUrgent(moment.now) : budget_.Allows(moment.now))) break;
    const double begin = Cpu();
    LookAt(std::vector<size_t>{due[done].training_run}, moment, Limits::kKept);
    budget_.Spend(Cpu() - begin);
  }
  if (done > 0) LookAtGroups(moment, Limits::kKept);
  first_ = false;
  busy_ = follower_.stale() || !open_.empty();
  return absl::OkStatus();
}

void Watch::Regroup(Moment moment) {
  const double begin = Cpu();
  follower_.Regroup();
  next_regroup_ = moment.now + (Cpu() - begin) / kGroupingShare;
  absl::flat_hash_set<std::string> names;
  open_.clear();
  const auto& training_runs = follower_.grouping().training_runs;
  for (size_t i = 0; i < training_runs.size(); ++i) {
    names.insert(training_runs[i].name);
    open_.insert(i);
    const auto [it, is_new] = states_.try_emplace(training_runs[i].name);
    if (!is_new) continue;
    const Activity activity = follower_.ActivityOf(i);
    it->second.stability = Stability(options_.stability);
    it->second.first_grew_at = activity.grew_at;
    if (activity.last_wall_time > 0) {
      it->second.silent_before = std::max(0.0, moment.wall - activity.last_wall_time);
    }
    Emit({.kind = LiveEventKind::kRunAdded,
          .time = moment.wall,
          .path = training_runs[i].path,
          .training_run = training_runs[i].name});
  }
  for (auto it = states_.begin(); it != states_.end();) {
    if (names.contains(it->first)) {
      ++it;
      continue;
    }
    Emit({.kind = LiveEventKind::kRunRemoved, .time = moment.wall, .training_run = it->first});
    it = states_.erase(it);
  }
}

bool Watch::Quiet(const State& state, const Activity& activity, double now) const {
  if (over_) return true;
  double silence = now - activity.grew_at;
  if (activity.grew_at <= state.first_grew_at) silence += state.silent_before;
  return IsQuiet(silence, activity.gap, options_.pace);
}

// Training runs that are worth a look, the most worth first.
std::vector<Watch::Due> Watch::CollectDue(Moment moment) {
  std::vector<Due> due;
  for (const size_t i : follower_.TakeTouched()) open_.insert(i);
  for (auto it = open_.begin(); it != open_.end();) {
    const size_t i = *it;
    const State& state = StateOf(i);
    const Activity activity = follower_.ActivityOf(i);
    double worth = Worth(state.looks,
                         {.points = activity.points,
                          .urgent = activity.urgent,
                          .quiet = Quiet(state, activity, moment.now)},
                         moment.now, options_.pace);
    if (worth == 0 && state.wants_annotation && moment.now >= state.annotate_at) worth = 1;
    if (worth > 0) due.push_back({i, worth});
    const bool settled = state.looks.settled || activity.points == 0;
    it = worth == 0 && settled && !state.wants_annotation ? open_.erase(it) : std::next(it);
  }
  std::stable_sort(due.begin(), due.end(),
                   [](const Due& a, const Due& b) { return a.worth > b.worth; });
  return due;
}

// Sessions of one directory are annotated together, since each changes what the others' place is
// called.
std::vector<size_t> Watch::WithSessions(size_t training_run) const {
  const auto& training_runs = follower_.grouping().training_runs;
  if (training_runs[training_run].session == 0) return {training_run};
  std::vector<size_t> together;
  for (size_t i = 0; i < training_runs.size(); ++i) {
    if (training_runs[i].home == training_runs[training_run].home) together.push_back(i);
  }
  return together;
}

// Behind the last of `training_runs` that is looked at together with the one at `begin`.
size_t Watch::EndOfTogether(std::span<const size_t> training_runs, size_t begin) const {
  size_t end = begin;
  for (uint64_t points = 0; end < training_runs.size() && end - begin < kTogether; ++end) {
    points += follower_.ActivityOf(training_runs[end]).points;
    if (end > begin && points > kPointsTogether) break;
  }
  return end;
}

void Watch::LookAt(std::span<const size_t> wanted, Moment moment, Limits limits) {
  std::vector<size_t> training_runs;
  absl::flat_hash_set<size_t> taken;
  for (const size_t each : wanted) {
    for (const size_t i : WithSessions(each)) {
      if (taken.insert(i).second) training_runs.push_back(i);
    }
  }
  for (size_t begin = 0; begin < training_runs.size();) {
    // All sessions of a directory stay together.
    size_t end = EndOfTogether(training_runs, begin);
    const auto& all = follower_.grouping().training_runs;
    while (end < training_runs.size() && all[training_runs[end]].session != 0 &&
           all[training_runs[end]].home == all[training_runs[end - 1]].home) {
      ++end;
    }
    const std::span part(training_runs.data() + begin, end - begin);
    begin = end;
    if (!follower_.Lend(part)) continue;
    std::vector<diagnosis::Diagnosis> diagnoses(part.size());
    ParallelFor(part.size(), part.size() > 1 ? options_.jobs : 1, [&](size_t i) {
      const model::TrainingRun& training_run = all[part[i]];
      diagnoses[i] = diagnosis::Diagnose(follower_.experiment(), training_run, options_.rules);
      StateOf(part[i]).facts =
          diagnosis::FactsOf(follower_.experiment(), training_run, diagnoses[i]);
    });
    for (size_t i = 0; i < part.size(); ++i) Judge(part[i], diagnoses[i], moment);
    std::vector<size_t> annotated;
    std::vector<diagnosis::Diagnosis> said;
    for (size_t i = 0; i < part.size(); ++i) {
      State& state = StateOf(part[i]);
      state.wants_annotation = WantsAnnotation(state, 0, limits) || state.wants_annotation;
      const std::vector<size_t> together = WithSessions(part[i]);
      const bool now = std::any_of(together.begin(), together.end(), [&](size_t other) {
        return WantsAnnotation(StateOf(other), moment.now, limits);
      });
      if (!now || (limits == Limits::kKept && annotations_ >= options_.most_at_once)) continue;
      annotated.push_back(part[i]);
      said.push_back(StablePart(std::move(diagnoses[i]), state.stability));
      if (all[part[i]].session == 0 || part[i] == together.back()) ++annotations_;
    }
    if (!annotated.empty()) Annotate(annotated, said, moment);
    follower_.GiveBack();
  }
}

void Watch::Judge(size_t training_run, const diagnosis::Diagnosis& diagnosis, Moment moment) {
  const Activity activity = follower_.ActivityOf(training_run);
  State& state = StateOf(training_run);
  const bool settled = Quiet(state, activity, moment.now);
  const auto changes = state.stability.Look(diagnosis.findings, activity.points,
                                            settled ? LookKind::kSettled : LookKind::kGrowing);
  state.looks = AfterLook(state.looks,
                          {.points = activity.points, .urgent = activity.urgent, .quiet = settled},
                          moment.now);
  follower_.Judged(training_run);
  Tell(changes, {.time = moment.wall,
                 .training_run = follower_.grouping().training_runs[training_run].name,
                 .points = activity.points,
                 .settled = settled});
}

void Watch::Tell(const std::vector<StabilityChange>& changes, LiveEvent event) const {
  for (const StabilityChange& change : changes) {
    event.kind =
        change.kind == ChangeKind::kStable ? LiveEventKind::kFinding : LiveEventKind::kCleared;
    event.finding = &change.finding;
    Emit(event);
  }
}

bool Watch::WantsAnnotation(const State& state, double now, Limits limits) const {
  if (!options_.annotate || !state.looks.any) return false;
  if (limits == Limits::kKept && now > 0 && now < state.annotate_at) return false;
  if (state.wants_annotation) return true;
  const uint64_t points = state.looks.points;
  const uint64_t version = state.stability.version();
  const bool last = state.looks.settled || limits == Limits::kNone;
  if (!state.annotated) return last || version > 0 || points >= kFirstAnnotation;
  if (version != state.annotated_version || points < state.annotated_points) return true;
  return points >= 2 * state.annotated_points || (last && points != state.annotated_points);
}

void Watch::Annotate(std::span<const size_t> training_runs,
                     const std::vector<diagnosis::Diagnosis>& diagnoses, Moment moment) {
  model::Grouping some;
  for (const size_t i : training_runs) {
    some.training_runs.push_back(follower_.grouping().training_runs[i]);
  }
  const std::vector<annotate::Annotation> annotations =
      AnnotateTogether(follower_.experiment(), some, diagnoses, options_.annotations);
  for (size_t i = 0; i < training_runs.size(); ++i) {
    State& state = StateOf(training_runs[i]);
    const absl::Status& why = annotations[i].why;
    const bool failed = annotations[i].outcome == annotate::Outcome::kFailed;
    state.wants_annotation = failed;
    state.annotate_at = moment.now + (failed ? std::max(options_.retry_after, options_.interval)
                                             : options_.interval);
    if (!failed) {
      state.annotated = true;
      state.annotated_version = state.stability.version();
      state.annotated_points = state.looks.points;
    }
    if (!why.ok() && !state.warned && options_.warn) {
      options_.warn(StrCat(ToStd(why.message()),
                           failed && !over_ ? "; the annotation is tried again later" : ""));
    }
    state.warned = !why.ok();
  }
}

// Groups as a whole, when all of their training runs have been looked at.
void Watch::LookAtGroups(Moment moment, Limits limits) {
  if (follower_.stale()) return;
  const model::Grouping& grouping = follower_.grouping();
  std::vector<diagnosis::MemberFacts> facts;
  absl::flat_hash_set<std::string> names;
  for (const model::Group& group : grouping.groups) {
    names.insert(group.name);
    GroupState& state =
        groups_.try_emplace(group.name, GroupState{.stability = Stability(options_.stability)})
            .first->second;
    uint64_t points = 0;
    bool ready = true;
    bool settled = true;
    for (const size_t i : group.training_runs) {
      const State& member = StateOf(i);
      points += member.looks.points;
      ready = ready && member.looks.any;
      settled = settled && member.looks.settled;
    }
    const bool grown =
        static_cast<double>(points) >= kGroupGrowth * static_cast<double>(state.looks.points);
    const bool news = points != state.looks.points || settled != state.looks.settled;
    if (!ready || !news || !(grown || settled)) continue;
    if (limits == Limits::kKept && !first_ && !budget_.Allows(moment.now)) continue;
    const double begin = Cpu();
    if (facts.empty()) {
      for (size_t i = 0; i < training_runs(); ++i) facts.push_back(StateOf(i).facts);
    }
    const auto findings = diagnosis::DiagnoseGroup(grouping, group, facts, options_.rules);
    state.looks = {.points = points, .at = moment.now, .any = true, .settled = settled};
    Tell(state.stability.Look(findings, points, settled ? LookKind::kSettled : LookKind::kGrowing),
         {.time = moment.wall, .group = group.name, .points = points, .settled = settled});
    budget_.Spend(Cpu() - begin);
  }
  std::erase_if(groups_, [&](const auto& entry) { return !names.contains(entry.first); });
}

void Watch::Finish(Moment moment, End end) {
  over_ = end == End::kRunsAreOver;
  follower_.LookAtAll(moment.now);
  if (follower_.stale()) Regroup(moment);
  std::vector<size_t> due;
  for (size_t i = 0; i < training_runs(); ++i) {
    const State& state = StateOf(i);
    const Activity activity = follower_.ActivityOf(i);
    if (activity.points == 0 && !over_) continue;
    if (!state.looks.any || activity.points != state.looks.points ||
        Quiet(state, activity, moment.now) != state.looks.settled ||
        WantsAnnotation(state, 0, Limits::kNone)) {
      due.push_back(i);
    }
  }
  LookAt(due, moment, Limits::kNone);
  LookAtGroups(moment, Limits::kNone);
  Emit({.kind = LiveEventKind::kStopped,
        .time = moment.wall,
        .points = points(),
        .training_runs = training_runs()});
}

size_t Watch::Told(diagnosis::Severity severity) const {
  size_t told = 0;
  const auto count = [&](const Stability& stability) {
    for (const diagnosis::Finding& finding : stability.told()) told += finding.severity >= severity;
  };
  for (const auto& [name, state] : states_) count(state.stability);
  for (const auto& [name, state] : groups_) count(state.stability);
  return told;
}

}  // namespace telltale::watch
