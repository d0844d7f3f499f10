#include "tools/telltale/watch_session.h"

#include <algorithm>
#include <chrono>
#include <memory>
#include <utility>

#include "absl/time/time.h"
#include "lib/base/str.h"
#include "lib/base/text.h"
#include "lib/io/dir_watcher.h"
#include "lib/report/live.h"
#include "lib/report/number.h"
#include "lib/watch/log_follower.h"
#include "lib/watch/notifier.h"
#include "lib/watch/watch.h"
#include "tools/telltale/exit_code.h"
#include "tools/telltale/progress.h"
#include "tools/telltale/stop_signal.h"
#include "tools/telltale/terminal.h"

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace telltale::cli {
namespace {

using report::LiveEvent;
using report::LiveEventKind;

// Between two steps: what is written meanwhile is read together.
constexpr double kStepSeconds = 1;

// How long findings that were not passed on yet are waited for at the end.
constexpr double kCloseSeconds = 30;

double SteadySeconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

watch::Moment Now() {
  const auto wall = std::chrono::system_clock::now().time_since_epoch();
  return {.now = SteadySeconds(), .wall = std::chrono::duration<double>(wall).count()};
}

// Prints events, and counts what matters for the exit status.
class EventPrinter {
 public:
  EventPrinter(const WatchSettings& settings, StatusLine& line)
      : settings_(settings), line_(line) {}

  void Print(const LiveEvent& event) {
    if (event.finding != nullptr && event.finding->severity < settings_.severity) return;
    if (event.problem != nullptr) damaged_ = damaged_ || IsDamage(event.problem->kind);
    if (!settings_.json && !IsShown(event)) return;
    line_.Clear();
    output_.Write(settings_.json
                      ? report::LiveJsonLine(event)
                      : report::LiveText(event, ClockOf(event), settings_.common.text.color));
  }
  // What was met before was there when it began.
  void set_begun() { begun_ = true; }

  bool damaged() const { return damaged_; }
  const absl::Status& status() const { return output_.status(); }

 private:
  bool IsShown(const LiveEvent& event) const {
    switch (event.kind) {
      case LiveEventKind::kWatching:
        return false;  // the status line says so
      case LiveEventKind::kRunAdded:
        return settings_.common.verbose || (begun_ && !settings_.common.quiet);
      case LiveEventKind::kStopped:
      case LiveEventKind::kRunRemoved:
        return !settings_.common.quiet;
      default:
        return true;
    }
  }

  std::string ClockOf(const LiveEvent& event) const {
    if (settings_.once) return "";
    return absl::FormatTime("%H:%M:%S", absl::FromUnixSeconds(static_cast<int64_t>(event.time)),
                            absl::LocalTimeZone());
  }

  const WatchSettings& settings_;
  StatusLine& line_;
  Output output_;
  bool begun_ = false;
  bool damaged_ = false;
};

std::unique_ptr<io::DirWatcher> MakeWatcher(const std::string& path,
                                            const WatchSettings& settings) {
  // A single look needs nobody who tells of changes.
  if (settings.once || settings.poll || io::IsRemote(path)) return io::MakePollingWatcher();
  auto watcher = io::MakeInotifyWatcher();
  if (watcher.ok()) return *std::move(watcher);
  Complain(
      StrCat(Printable(ToStd(watcher.status().message())), "; looking every 2 seconds instead"));
  return io::MakePollingWatcher();
}

std::string StatusText(const std::string& path, const watch::Watch& watch) {
  return StrCat("watching ", Printable(path), "  ",
                report::Count(watch.training_runs(), "training run"), "  ",
                report::Count(watch.points(), "point"), "  ",
                report::Count(watch.Told(diagnosis::Severity::kWarning), "finding"));
}

// Sleeps until there may be something to do.
void WaitForNext(const watch::Watch& watch, int watcher, const StopSignal& stop,
                 const WatchSettings& settings, double step_began) {
  if (!watch.busy()) {
    const double left =
        settings.until_idle ? watch.read_at() + *settings.until_idle - SteadySeconds() : -1;
    WaitFor(watcher, stop.fd(), settings.until_idle ? std::max(0.0, left) : left);
  }
  const double wait = step_began + kStepSeconds - SteadySeconds();
  if (wait > 0 && !stop.requested()) WaitFor(-1, stop.fd(), wait);
}

// The watch and what it reports to, for as long as it lasts.
class Session {
 public:
  Session(const std::string& path, const WatchSettings& settings,
          std::unique_ptr<watch::Notifier> notifier)
      : path_(path),
        settings_(settings),
        line_(settings.common.quiet ? ProgressBar::When::kNever : ProgressBar::When::kOnTerminal),
        printer_(settings, line_),
        notifier_(std::move(notifier)),
        follower_(path, FollowOptions(), MakeWatcher(path, settings)),
        watch_(follower_, WatchOptions()) {}

  int Run(const StopSignal& stop) {
    Take({.kind = LiveEventKind::kWatching, .time = Now().wall, .path = path_});
    // What is there already may take a while.
    line_.Show(StrCat("reading ", Printable(path_)));
    bool over = false;
    while (!stop.requested() && printer_.status().ok()) {
      const watch::Moment moment = Now();
      if (const absl::Status status = watch_.Step(moment); !status.ok()) return Fail(status);
      printer_.set_begun();
      TellWarnings();
      line_.Show(StatusText(path_, watch_));
      over = settings_.once || IdleLongEnough(moment);
      if (over) break;
      GiveBackMemory(moment.now);
      WaitForNext(watch_, follower_.fd(), stop, settings_, moment.now);
    }
    watch_.Finish(Now(), over ? watch::End::kRunsAreOver : watch::End::kWatchOnly);
    line_.Clear();
    if (notifier_ != nullptr) notifier_->Close(kCloseSeconds);
    TellWarnings();
    if (!printer_.status().ok()) return Fail(printer_.status());
    const auto& fail_on = settings_.common.fail_on;
    if (fail_on && watch_.Told(*fail_on) > 0) return kFindings;
    return printer_.damaged() ? kDamaged : kDone;
  }

 private:
  watch::FollowOptions FollowOptions() {
    watch::FollowOptions options;
    options.grouping = settings_.common.config.grouping;
    options.tree.read.jobs = settings_.common.jobs;
    options.tree.read.select = settings_.common.select;
    options.tree.warn = [this](const std::string& warning) { Warn(warning); };
    options.tree.on_problem = [this](const Problem& problem) {
      Take({.kind = LiveEventKind::kProblem, .time = Now().wall, .problem = &problem});
    };
    return options;
  }

  watch::WatchOptions WatchOptions() {
    return {.rules = settings_.common.config.diagnosis,
            .jobs = settings_.common.jobs,
            .annotate = settings_.annotate,
            .annotations = {.out_dir = settings_.out},
            .interval = settings_.interval,
            .on_event = [this](const LiveEvent& event) { Take(event); },
            .warn = [this](const std::string& warning) { Warn(warning); }};
  }

  void Take(const LiveEvent& event) {
    printer_.Print(event);
    if (notifier_ == nullptr || event.finding == nullptr) return;
    if (event.finding->severity < settings_.severity) return;
    if (event.kind == LiveEventKind::kFinding || settings_.notify_cleared) {
      notifier_->Send(event, path_);
    }
  }

  void Warn(const std::string& warning) {
    line_.Clear();
    Complain(Printable(warning));
  }

  void TellWarnings() {
    if (notifier_ == nullptr) return;
    for (const std::string& warning : notifier_->TakeWarnings()) Warn(warning);
  }

  // Columns that have moved leave holes, which the allocator would keep for us.
  void GiveBackMemory(double now) {
    constexpr double kEvery = 60;  // seconds
    if (now < trim_at_) return;
    trim_at_ = now + kEvery;
#ifdef __GLIBC__
    ::malloc_trim(0);
#endif
  }

  bool IdleLongEnough(const watch::Moment& moment) const {
    return settings_.until_idle && moment.now - watch_.read_at() >= *settings_.until_idle;
  }

  const std::string& path_;
  const WatchSettings& settings_;
  StatusLine line_;
  EventPrinter printer_;
  std::unique_ptr<watch::Notifier> notifier_;
  watch::LogFollower follower_;
  watch::Watch watch_;
  double trim_at_ = 0;
};

}  // namespace

int WatchPath(const std::string& path, const WatchSettings& settings) {
  const StopSignal stop;
  std::unique_ptr<watch::Notifier> notifier;
  if (!settings.command.empty() || !settings.webhook.empty()) {
    watch::NotifierOptions options{.command = settings.command, .webhook = settings.webhook};
    options.http.token = settings.webhook_token;
    // A finding is worth some tries, but the next one waits for it.
    options.http.connect_timeout = absl::Seconds(5);
    options.http.timeout = absl::Seconds(15);
    options.http.most_attempts = 4;
    auto made = watch::Notifier::Create(std::move(options));
    if (!made.ok()) return Fail(made.status());
    notifier = *std::move(made);
  }
  return Session(path, settings, std::move(notifier)).Run(stop);
}

}  // namespace telltale::cli
