#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>
#include <string>
#include <type_traits>

#include "lib/base/status_util.h"
#include "lib/base/str.h"
#include "lib/base/text.h"
#include "lib/base/version.h"
#include "lib/edit/edit.h"
#include "lib/report/number.h"
#include "tools/telltale/command.h"
#include "tools/telltale/exit_code.h"
#include "tools/telltale/options.h"
#include "tools/telltale/terminal.h"

namespace telltale::cli {
namespace {

using nlohmann::ordered_json;
using report::Count;

constexpr Option kKeep{.name = "keep",
                       .argument = "PATTERN",
                       .help =
                           "Keep only tags, run:RUNS or plugin:PLUGINS that match; a glob, or "
                           "/REGEX/ (repeatable)"};
constexpr Option kDrop{
    .name = "drop", .argument = "PATTERN", .help = "Leave out what matches (repeatable)"};
constexpr Option kSlim{.name = "slim", .help = "Keep scalars and texts only"};
constexpr Option kFromStep{
    .name = "from-step", .argument = "STEP", .help = "Leave out what was logged at lesser steps"};
constexpr Option kToStep{
    .name = "to-step", .argument = "STEP", .help = "Leave out what was logged at greater steps"};
constexpr Option kDownsample{.name = "downsample",
                             .argument = "N",
                             .help = "Keep at most N points of a scalar tag, extremes among them"};

constexpr Option kRename{.name = "rename",
                         .argument = "REGEX=NEW",
                         .help = "Rename what matches in tags; \\1 is a group (repeatable)"};
constexpr Option kRenameRun{
    .name = "rename-run", .argument = "REGEX=NEW", .help = "The same for runs (repeatable)"};

constexpr std::string_view kRestartChoices[] = {"keep", "merge", "split"};
constexpr Option kRestarts{.name = "restarts",
                           .argument = "HOW",
                           .help = "merge: one clean file, the last start wins; split: a run each",
                           .completes = Completes::kChoice,
                           .choices = kRestartChoices,
                           .initial = "keep"};
constexpr Option kMergeFiles{
    .name = "merge-files",
    .help = "Make one file of those of a run, by wall time: of several writers at once"};

constexpr Option kShiftSteps{.name = "shift-steps", .argument = "N", .help = "Add N to steps"};
constexpr Option kScaleSteps{
    .name = "scale-steps", .argument = "F", .help = "Multiply steps by F, before they are shifted"};
constexpr Option kOnly{.name = "only",
                       .argument = "PATTERN",
                       .help = "Change the steps only of what matches (repeatable)"};
constexpr Option kShiftTime{
    .name = "shift-time", .argument = "SECONDS", .help = "Add SECONDS to wall times"};
constexpr Option kScaleTime{.name = "scale-time",
                            .argument = "F",
                            .help = "Multiply the time since the run's first event by F"};
constexpr Option kFixClocks{.name = "fix-clocks",
                            .help = "Make wall times finite, and let none go back within a run"};

constexpr Option kDryRun{
    .letter = 'n', .name = "dry-run", .help = "Say what would be done; write nothing"};
constexpr std::string_view kFormats[] = {"text", "json"};
constexpr Option kFormat{.letter = 'f',
                         .name = "format",
                         .argument = "FORMAT",
                         .help = "text or json",
                         .completes = Completes::kChoice,
                         .choices = kFormats,
                         .initial = "text"};

template <typename T>
absl::Status ReadNumber(const Arguments& arguments, const Option& option, T& number) {
  const std::string text = arguments.Value(option);
  if (!arguments.Has(option.name)) return absl::OkStatus();
  const auto end = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool whole = end.ec == std::errc() && end.ptr == text.data() + text.size();
  if constexpr (std::is_floating_point_v<T>) {
    if (whole && std::isfinite(number)) return absl::OkStatus();
  } else {
    if (whole) return absl::OkStatus();
  }
  return absl::InvalidArgumentError(
      StrCat("--", option.name, ": '", Printable(text), "' is no number that it takes"));
}

absl::Status ReadPatterns(const Arguments& arguments, const Option& option,
                          std::vector<edit::Pattern>& patterns) {
  for (const std::string& text : arguments.Values(option)) {
    auto pattern = edit::Pattern::Parse(text);
    if (!pattern.ok()) {
      return absl::InvalidArgumentError(
          StrCat("--", option.name, ": ", ToStd(pattern.status().message())));
    }
    patterns.push_back(*std::move(pattern));
  }
  return absl::OkStatus();
}

absl::Status ReadRenames(const Arguments& arguments, const Option& option,
                         std::vector<convert::RenameRule>& rules) {
  for (const std::string& text : arguments.Values(option)) {
    auto rule = convert::ParseRename(text);
    if (!rule.ok()) {
      return absl::InvalidArgumentError(
          StrCat("--", option.name, ": ", ToStd(rule.status().message())));
    }
    rules.push_back(*std::move(rule));
  }
  return absl::OkStatus();
}

absl::StatusOr<edit::EditOptions> ReadEdits(const Arguments& arguments) {
  edit::EditOptions edits;
  TELLTALE_RETURN_IF_ERROR(ReadPatterns(arguments, kKeep, edits.keep));
  TELLTALE_RETURN_IF_ERROR(ReadPatterns(arguments, kDrop, edits.drop));
  TELLTALE_RETURN_IF_ERROR(ReadPatterns(arguments, kOnly, edits.only));
  TELLTALE_RETURN_IF_ERROR(ReadRenames(arguments, kRename, edits.rename_tags));
  TELLTALE_RETURN_IF_ERROR(ReadRenames(arguments, kRenameRun, edits.rename_runs));
  TELLTALE_RETURN_IF_ERROR(ReadNumber(arguments, kFromStep, edits.first_step));
  TELLTALE_RETURN_IF_ERROR(ReadNumber(arguments, kToStep, edits.last_step));
  TELLTALE_RETURN_IF_ERROR(ReadNumber(arguments, kDownsample, edits.points));
  TELLTALE_RETURN_IF_ERROR(ReadNumber(arguments, kShiftSteps, edits.shift_steps));
  TELLTALE_RETURN_IF_ERROR(ReadNumber(arguments, kScaleSteps, edits.scale_steps));
  TELLTALE_RETURN_IF_ERROR(ReadNumber(arguments, kShiftTime, edits.shift_time));
  TELLTALE_RETURN_IF_ERROR(ReadNumber(arguments, kScaleTime, edits.scale_time));
  TELLTALE_RETURN_IF_ERROR(ReadNumber(arguments, kJobs, edits.jobs));
  if (arguments.Has(kDownsample.name) && edits.points < 3) {
    return absl::InvalidArgumentError("--downsample: at least 3 points of a tag stay");
  }
  const std::string restarts = arguments.Value(kRestarts);
  edits.restarts = restarts == "merge"   ? edit::Restarts::kMerge
                   : restarts == "split" ? edit::Restarts::kSplit
                                         : edit::Restarts::kKeep;
  edits.slim = arguments.Has(kSlim.name);
  edits.merge_files = arguments.Has(kMergeFiles.name);
  edits.fix_clocks = arguments.Has(kFixClocks.name);
  edits.dry_run = arguments.Has(kDryRun.name);
  return edits;
}

std::string JsonOf(const edit::EditReport& report, bool dry_run) {
  ordered_json json = {{"schema", "telltale.edit/1"}, {"version", Version()}, {"dry_run", dry_run}};
  ordered_json& runs = json["runs"] = ordered_json::array();
  for (const edit::EditedRun& run : report.runs) {
    ordered_json each = {{"run", run.run},
                         {"read", run.read},
                         {"written", run.written},
                         {"records_in", run.records_in},
                         {"records_out", run.records_out},
                         {"values_in", run.values_in},
                         {"values_out", run.values_out}};
    each["changes"] = ordered_json::array();
    for (const auto& [what, count] : run.changes) {
      each["changes"].push_back({{"what", what}, {"count", count}});
    }
    each["overlaps"] = ordered_json::array();
    for (const edit::Overlap& overlap : run.overlaps) {
      each["overlaps"].push_back({{"tag", overlap.tag},
                                  {"first_step", overlap.first_step},
                                  {"last_step", overlap.last_step},
                                  {"values", overlap.values}});
    }
    each["problems"] = ordered_json::array();
    for (const Problem& problem : run.problems) {
      each["problems"].push_back({{"path", problem.path},
                                  {"offset", problem.begin},
                                  {"kind", ProblemKindName(problem.kind)},
                                  {"message", problem.message}});
    }
    runs.push_back(std::move(each));
  }
  return PrintableJson(json.dump(2, ' ', false, ordered_json::error_handler_t::replace)) + "\n";
}

std::string TextOf(const edit::EditedRun& run, const report::Painter& paint) {
  std::string out = StrCat(Printable(run.run), "  ");
  if (run.written.empty()) return StrCat(out, "left out\n");
  StrAppend(&out, run.values_out, " of ", Count(run.values_in, "value"), ", ",
            Count(run.written.size(), "file"), "\n");
  for (const auto& [what, count] : run.changes) StrAppend(&out, "  ", what, ": ", count, "\n");
  for (const edit::Overlap& overlap : run.overlaps) {
    StrAppend(&out, "  ", paint(report::Ink::kYellow, "overlap"), "  ", Printable(overlap.tag),
              ", steps ", overlap.first_step, "–", overlap.last_step, ": ",
              Count(overlap.values, "value"), " gave way\n");
  }
  for (const Problem& problem : run.problems) {
    StrAppend(&out, "  ", paint(report::Ink::kRed, "lost"), "  ", Printable(problem.path),
              ", bytes ", problem.begin, "–", problem.end, ": ", Printable(problem.message), "\n");
  }
  return out;
}

std::string Text(const edit::EditReport& report, const std::string& destination,
                 const edit::EditOptions& edits, const Settings& settings) {
  const report::Painter paint(settings.text.color);
  std::string out;
  size_t files = 0;
  uint64_t values = 0;
  for (const edit::EditedRun& run : report.runs) {
    const bool plain =
        !run.written.empty() && run.changes.empty() && run.overlaps.empty() && run.problems.empty();
    if (!settings.quiet && (!plain || settings.verbose)) out += TextOf(run, paint);
    files += run.written.size();
    values += run.values_out;
  }
  return StrCat(out, edits.dry_run ? "would write " : "wrote ", Count(files, "file"), " with ",
                Count(values, "value"), " to ", Printable(destination), "\n");
}

int Run(const Arguments& arguments) {
  const Settings settings = ReadPresentation(arguments);
  const auto edits = ReadEdits(arguments);
  if (!edits.ok()) return Fail(edits.status());
  const std::string& destination = arguments.positional()[1];
  const auto report = edit::Edit(arguments.positional()[0], destination, *edits);
  if (!report.ok()) return Fail(report.status());
  Output output;
  output.Write(settings.format == ReportFormat::kJson
                   ? JsonOf(*report, edits->dry_run)
                   : Text(*report, destination, *edits, settings));
  if (!output.status().ok()) return Fail(output.status());
  for (const edit::EditedRun& run : report->runs) {
    if (!run.problems.empty()) return kDamaged;
  }
  return kDone;
}

constexpr const Option* kChoice[] = {&kKeep, &kDrop, &kSlim, &kFromStep, &kToStep, &kDownsample};
constexpr const Option* kNames[] = {&kRename, &kRenameRun};
constexpr const Option* kFiles[] = {&kRestarts, &kMergeFiles};
constexpr const Option* kAxes[] = {&kShiftSteps, &kScaleSteps, &kOnly,
                                   &kShiftTime,  &kScaleTime,  &kFixClocks};
constexpr const Option* kOutput[] = {&kDryRun, &kFormat, &kJobs};
constexpr OptionGroup kOwnGroups[] = {{"What stays", kChoice},
                                      {"What it is called", kNames},
                                      {"Restarts and workers", kFiles},
                                      {"Steps and wall times", kAxes},
                                      {"What is written", kOutput}};
constexpr const OptionGroup* kGroups[] = {&kOwnGroups[0], &kOwnGroups[1], &kOwnGroups[2],
                                          &kOwnGroups[3], &kOwnGroups[4], &kGeneralOptions};
constexpr Example kExamples[] = {
    {"telltale edit logs slim --slim", "without images, histograms and all that is large"},
    {"telltale edit logs clean --drop 'debug/*' --rename '^val_=validation/'",
     "without some tags, and with better names for others"},
    {"telltale edit logs whole --restarts merge --dry-run",
     "which values of a run were logged twice"},
    {"telltale edit logs moved --scale-steps 512 --only 'epoch_*'",
     "epochs as batches, other tags as they are"},
};

}  // namespace

extern const Command cmd_edit;
constexpr Command cmd_edit{
    .name = "edit",
    .rank = 9,
    .summary = "Copy event files with other tags, runs, steps or times",
    .operands = "SRC DST",
    .description =
        "Copies the event files at or below SRC to the directory DST and changes them on the way. "
        "Summaries of every kind are copied: what no option is about stays byte for byte. SRC is "
        "never modified; DST is there completely or not at all, and a later edit replaces it. "
        "TensorBoard shows a changed directory after it is started anew.",
    .fewest = 2,
    .most = 2,
    .completes = Completes::kDirectory,
    .groups = kGroups,
    .examples = kExamples,
    .run = Run};

}  // namespace telltale::cli
