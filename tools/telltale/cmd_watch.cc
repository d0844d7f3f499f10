#include <sys/stat.h>

#include <cstdlib>
#include <string>
#include <string_view>

#include "absl/strings/numbers.h"
#include "lib/base/status_util.h"
#include "lib/base/str.h"
#include "lib/base/text.h"
#include "lib/formats/format.h"
#include "tools/telltale/command.h"
#include "tools/telltale/exit_code.h"
#include "tools/telltale/options.h"
#include "tools/telltale/terminal.h"
#include "tools/telltale/watch_session.h"

namespace telltale::cli {
namespace {

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
                            .help = "Stop when nothing was written for as long: the runs are over"};
constexpr Option kPoll{.name = "poll",
                       .help =
                           "List the directories again and again instead of being told of "
                           "changes, as is done on network file systems anyway"};

constexpr Option kExec{.name = "exec",
                       .argument = "COMMAND",
                       .help =
                           "Run COMMAND (by /bin/sh) for each finding: TELLTALE_FINDING, "
                           "TELLTALE_RUN, ... say which, and standard input is its JSON"};
constexpr Option kWebhook{.name = "webhook",
                          .argument = "URL",
                          .help =
                              "POST each finding as JSON to URL; TELLTALE_WEBHOOK_TOKEN is sent "
                              "as a bearer token where it is set"};
constexpr Option kNotifyCleared{.name = "notify-cleared",
                                .help = "--exec and --webhook also for findings that hold no more"};

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
  settings.command = arguments.Value(kExec);
  settings.webhook = arguments.Value(kWebhook);
  settings.notify_cleared = arguments.Has(kNotifyCleared.name);
  const char* token = std::getenv("TELLTALE_WEBHOOK_TOKEN");
  if (token != nullptr) settings.webhook_token = token;
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

int Run(const Arguments& arguments) {
  const auto settings = ReadWatchSettings(arguments);
  if (!settings.ok()) return Fail(settings.status());
  const std::string& path = arguments.positional().front();
  if (const absl::Status status = CheckPath(path, settings->common.from); !status.ok()) {
    return Fail(status);
  }
  return WatchPath(path, *settings);
}

constexpr const Option* kTelling[] = {&kFormat,  &kSeverity,      &kExec,
                                      &kWebhook, &kNotifyCleared, &kFailOn};
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
    {"telltale watch logs --severity error --exec 'notify-send \"$TELLTALE_RUN: "
     "$TELLTALE_FINDING\"'",
     "quotes keep the shell from looking into names"},
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
