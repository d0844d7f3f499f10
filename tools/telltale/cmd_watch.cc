#include <sys/stat.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/time/time.h"
#include "lib/base/status_util.h"
#include "lib/base/str.h"
#include "lib/base/text.h"
#include "lib/formats/format.h"
#include "lib/io/dir_watcher.h"
#include "lib/report/live.h"
#include "lib/report/number.h"
#include "lib/watch/log_follower.h"
#include "lib/watch/watch.h"
#include "tools/telltale/command.h"
#include "tools/telltale/exit_code.h"
#include "tools/telltale/options.h"
#include "tools/telltale/progress.h"
#include "tools/telltale/stop_signal.h"
#include "tools/telltale/terminal.h"

namespace telltale::cli {
namespace {

using report::LiveEvent;
using report::LiveEventKind;

// Between two steps: what is written meanwhile is read together.
constexpr double kStepSeconds = 1;

constexpr std::string_view kFormats[] = {"text", "jsonl"};
constexpr std::string_view kSeverities[] = {"info", "warning", "error"};

constexpr Option kFormat{.letter = 'f',
                         .name = "format",
                         .argument = "FORMAT",
                         .help = "text, or jsonl: a JSON object a line for each event",
                         .completes = Completes::kChoice,
                         .choices = kFormats,
                         .initial = "text"};
constexpr Option kSeverity{.name = "severity",
                           .argument = "SEVERITY",
                           .help = "Tell findings from this severity on: info, warning or error",
                           .completes = Completes::kChoice,
                           .choices = kSeverities,
                           .initial = "warning"};
constexpr Option kOut{.name = "out",
                      .argument = "DIR",
                      .help = "Write the annotations below DIR, at the training runs' names",
                      .completes = Completes::kDirectory};
constexpr Option kNoAnnotate{.name = "no-annotate", .help = "Only tell, write no annotations"};
constexpr Option kInterval{.name = "interval",
                           .argument = "SECONDS",
                           .help = "Between two annotations of one training run, at least",
                           .initial = "10"};
constexpr Option kOnce{.name = "once",
                       .help = "Do what is to be done with what is there, and stop"};
constexpr Option kUntilIdle{.name = "until-idle",
                            .argument = "SECONDS",
                            .help = "Stop when nothing was written for as long"};
constexpr Option kPoll{.name = "poll",
                       .help =
                           "List the directories again and again instead of being told of "
                           "changes, as is done on network file systems anyway"};

absl::StatusOr<double> ReadSeconds(const Arguments& arguments, const Option& option) {
  const std::string text = arguments.Value(option);
  double seconds = 0;
  if (!absl::SimpleAtod(text, &seconds) || !(seconds >= 0) || seconds > 1e6) {
    return absl::InvalidArgumentError(StrCat("--", option.name,
                                             " is a number of seconds from 0 to 1000000, not '",
                                             Printable(text), "'"));
  }
  return seconds;
}

double SteadySeconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

watch::Moment Now() {
  const auto wall = std::chrono::system_clock::now().time_since_epoch();
  return {.now = SteadySeconds(), .wall = std::chrono::duration<double>(wall).count()};
}

// What only the command knows of the options.
struct WatchSettings {
  Settings common = {};
  diagnosis::Severity severity = diagnosis::Severity::kWarning;
  bool json = false;
  bool once = false;
  bool poll = false;
  bool annotate = true;
  std::string out = {};
  double interval = 10;
  std::optional<double> until_idle = {};
};

absl::StatusOr<WatchSettings> ReadWatchSettings(const Arguments& arguments) {
  WatchSettings settings;
  TELLTALE_ASSIGN_OR_RETURN(settings.common, ReadSettings(arguments));
  for (const auto severity : {diagnosis::Severity::kInfo, diagnosis::Severity::kError}) {
    if (arguments.Value(kSeverity) == diagnosis::SeverityName(severity)) {
      settings.severity = severity;
    }
  }
  settings.json = arguments.Value(kFormat) == "jsonl";
  settings.once = arguments.Has(kOnce.name);
  settings.poll = arguments.Has(kPoll.name);
  settings.annotate = !arguments.Has(kNoAnnotate.name);
  settings.out = arguments.Value(kOut);
  TELLTALE_ASSIGN_OR_RETURN(settings.interval, ReadSeconds(arguments, kInterval));
  if (arguments.Has(kUntilIdle.name)) {
    TELLTALE_ASSIGN_OR_RETURN(settings.until_idle, ReadSeconds(arguments, kUntilIdle));
  }
  return settings;
}

// Nothing to be watched, or the logs of another tracker: said before anything is done.
absl::Status CheckPath(const std::string& path, const std::string& from) {
  std::string format = from;
  if (format.empty()) {
    const auto detected = formats::Detect(path);
    // A directory in which there is nothing yet may become a log directory.
    struct stat info;
    const bool directory = ::stat(path.c_str(), &info) == 0 && S_ISDIR(info.st_mode);
    if (absl::IsNotFound(detected.status()) && directory) return absl::OkStatus();
    if (!detected.ok()) return detected.status();
    format = std::string((*detected)->id);
  }
  if (format == "tensorboard") return absl::OkStatus();
  return absl::FailedPreconditionError(
      StrCat(path, ": watch follows TensorBoard log directories, and this holds ", format,
             "; `telltale annotate` again and again does the same for it"));
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

int WatchPath(const std::string& path, const WatchSettings& settings) {
  const StopSignal stop;
  StatusLine line(settings.common.quiet ? ProgressBar::When::kNever
                                        : ProgressBar::When::kOnTerminal);
  EventPrinter printer(settings, line);
  const auto warn = [&](const std::string& message) {
    line.Clear();
    Complain(Printable(message));
  };
  const auto print = [&](const LiveEvent& event) { printer.Print(event); };

  watch::FollowOptions follow;
  follow.tree.read.jobs = settings.common.jobs;
  follow.tree.read.select = settings.common.select;
  follow.grouping = settings.common.config.grouping;
  follow.tree.warn = warn;
  follow.tree.on_problem = [&](const Problem& problem) {
    print({.kind = LiveEventKind::kProblem, .time = Now().wall, .problem = &problem});
  };
  watch::LogFollower follower(path, std::move(follow), MakeWatcher(path, settings));
  watch::Watch watch(follower, {.rules = settings.common.config.diagnosis,
                                .jobs = settings.common.jobs,
                                .annotate = settings.annotate,
                                .annotations = {.out_dir = settings.out},
                                .interval = settings.interval,
                                .on_event = print,
                                .warn = warn});
  print({.kind = LiveEventKind::kWatching, .time = Now().wall, .path = path});
  while (!stop.requested() && printer.status().ok()) {
    const watch::Moment moment = Now();
    if (const absl::Status status = watch.Step(moment); !status.ok()) return Fail(status);
    printer.set_begun();
    line.Show(StatusText(path, watch));
    if (settings.once) break;
    if (settings.until_idle && moment.now - watch.read_at() >= *settings.until_idle) break;
    WaitForNext(watch, follower.fd(), stop, settings, moment.now);
  }
  watch.Finish(Now(), settings.once ? watch::End::kRunsAreOver : watch::End::kWatchOnly);
  line.Clear();
  if (!printer.status().ok()) return Fail(printer.status());
  if (settings.common.fail_on && watch.Told(*settings.common.fail_on) > 0) return kFindings;
  return printer.damaged() ? kDamaged : kDone;
}

int Run(const Arguments& arguments) {
  const auto settings = ReadWatchSettings(arguments);
  if (!settings.ok()) return Fail(settings.status());
  const std::string& path = arguments.positional().front();
  if (const absl::Status status = CheckPath(path, settings->common.from); !status.ok()) {
    return Fail(status);
  }
  return WatchPath(path, *settings);
}

constexpr const Option* kTelling[] = {&kFormat, &kSeverity, &kFailOn};
constexpr OptionGroup kTellingOptions{"What is told", kTelling};
constexpr const Option* kAnnotating[] = {&kOut, &kNoAnnotate, &kInterval};
constexpr OptionGroup kAnnotatingOptions{"What is written", kAnnotating};
constexpr const Option* kFollowing[] = {&kOnce, &kUntilIdle, &kPoll};
constexpr OptionGroup kFollowingOptions{"How long, and how", kFollowing};
constexpr const OptionGroup* kGroups[] = {&kTellingOptions, &kAnnotatingOptions, &kFollowingOptions,
                                          &kInputOptions,   &kMeaningOptions,    &kGeneralOptions};
constexpr Example kExamples[] = {
    {"telltale watch logs", "findings are told as they come, and shown by the TensorBoard of logs"},
    {"telltale watch logs --format jsonl --until-idle 600 --fail-on error",
     "for scripts: ends ten minutes after the last point"},
};

}  // namespace

extern const Command cmd_watch;
constexpr Command cmd_watch{
    .name = "watch",
    .rank = 3,
    .summary = "Follow a growing log directory, and keep the annotations current",
    .operands = "PATH",
    .description =
        "Follows the event files below PATH, a TensorBoard log directory, while training goes on: "
        "reads what is appended, diagnoses the training runs that have grown, and tells a finding "
        "once several looks in a row have it, so that nothing flickers; a value that is not "
        "finite and a divergence are told at once. What holds no more is taken back in the same "
        "way. The annotations (see `telltale annotate`) are kept current. SIGINT and SIGTERM end "
        "it: the last annotations are written first.",
    .fewest = 1,
    .most = 1,
    .completes = Completes::kDirectory,
    .groups = kGroups,
    .examples = kExamples,
    .run = Run};

}  // namespace telltale::cli
