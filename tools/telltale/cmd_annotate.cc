#include <algorithm>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "lib/annotate/annotate.h"
#include "lib/base/status_util.h"
#include "lib/base/str.h"
#include "lib/base/text.h"
#include "lib/formats/format.h"
#include "lib/report/number.h"
#include "lib/report/text.h"
#include "lib/workflow/diagnose_parts.h"
#include "lib/workflow/result_json.h"
#include "tools/telltale/command.h"
#include "tools/telltale/exit_code.h"
#include "tools/telltale/load.h"
#include "tools/telltale/options.h"
#include "tools/telltale/terminal.h"

namespace telltale::cli {
namespace {

using annotate::Outcome;

constexpr Option kOut{
    .name = "out",
    .argument = "DIR",
    .help = "Write event files below DIR, at the training runs' names, whatever was read",
    .completes = Completes::kDirectory};

// Each training run in one line, and with --verbose the file that was written.
std::string RunLines(std::span<const report::PathReport> paths,
                     const annotate::AnnotateResult& result, const Settings& settings) {
  const report::Painter paint(settings.text.color);
  report::TextOptions options = settings.text;
  options.detail = report::Detail::kBrief;
  options.name_width = report::NameWidth(paths, options.width);
  std::string out;
  for (const annotate::Annotation& annotation : result.annotations) {
    const report::PathReport& path = paths[annotation.path];
    out += report::TextOf(
        report::RunReport{path.experiment, path.grouping.training_runs[annotation.training_run],
                          path.diagnoses[annotation.training_run]},
        options);
    if (settings.verbose && !annotation.file.empty()) {
      StrAppend(&out,
                paint(report::Ink::kDim, StrCat("  ", workflow::OutcomeName(annotation.outcome),
                                                "  ", Printable(annotation.file))),
                "\n");
    }
  }
  return out;
}

std::string Totals(const annotate::AnnotateResult& result) {
  std::string out;
  for (const Outcome outcome :
       {Outcome::kWritten, Outcome::kReplaced, Outcome::kUnchanged, Outcome::kFailed}) {
    const size_t n = result.Count(outcome);
    if (n > 0) StrAppend(&out, out.empty() ? "" : ", ", n, " ", workflow::OutcomeName(outcome));
  }
  return StrCat(report::Count(result.annotations.size(), "annotation"), out.empty() ? "" : ": ",
                out, "\n");
}

// Where to look, a line a format.
std::string WhereToLook(std::span<const report::PathReport> paths, const std::string& out_dir) {
  if (!out_dir.empty())
    return StrCat("To see them: tensorboard --logdir ", Printable(out_dir), "\n");
  std::vector<std::string> lines;
  for (const report::PathReport& path : paths) {
    const formats::Format* format = formats::FindFormat(path.experiment.format);
    std::string line;
    if (path.experiment.format == "tensorboard") {
      line = StrCat("tensorboard --logdir ", Printable(path.experiment.path));
    } else if (format != nullptr && !format->notes_shown.empty()) {
      line = std::string(format->notes_shown);
    }
    if (line.empty() || std::find(lines.begin(), lines.end(), line) != lines.end()) continue;
    lines.push_back(std::move(line));
  }
  std::string out;
  for (const std::string& line : lines) StrAppend(&out, "To see them: ", line, "\n");
  return out;
}

std::string Text(std::span<const report::PathReport> paths, const annotate::AnnotateResult& result,
                 const std::string& out_dir, const Settings& settings) {
  std::string out = RunLines(paths, result, settings);
  if (settings.quiet) return out;
  report::Blocks blocks;
  out = blocks.Add(std::move(out));
  out += blocks.Add(report::ProblemsText(paths, settings.text));
  out += blocks.AddApart(Totals(result));
  return out + WhereToLook(paths, out_dir);
}

// What remains of a path whose training runs are annotated.
struct Told {
  model::Experiment experiment = {};  // without runs
  std::vector<diagnosis::Diagnosis> diagnoses = {};
  workflow::PartsDiagnosed rest = {};

  report::PathReport report() const { return {experiment, rest.grouping, diagnoses}; }
};

// Annotates a path part by part, so that any number of runs takes the memory of a few.
class PathAnnotator {
 public:
  PathAnnotator(const Settings& settings, annotate::AnnotateOptions options, size_t paths)
      : settings_(settings), annotator_(std::move(options), paths) {}

  absl::Status Annotate(const std::string& path) {
    ProgressBar progress(WhenFor(settings_), "annotating", Unit::kBytes);
    workflow::PartsOptions options = PartsOptionsFor(settings_, progress);
    Told told;
    absl::Status wrong;
    options.part = [&](const report::PathReport& part) {
      wrong = Take(part, told);
      return wrong.ok();
    };
    // Fails only before the first part is annotated: later ones that cannot be read are problems.
    TELLTALE_ASSIGN_OR_RETURN(told.rest, workflow::DiagnoseParts(path, options));
    TELLTALE_RETURN_IF_ERROR(wrong);
    told.experiment.problems = std::move(told.rest.problems);
    told_.push_back(std::move(told));
    return absl::OkStatus();
  }

  std::span<const Told> told() const { return told_; }
  const annotate::AnnotateResult& result() const { return result_; }

 private:
  absl::Status Take(const report::PathReport& part, Told& told) {
    told.experiment.path = part.experiment.path;
    told.experiment.format = part.experiment.format;
    TELLTALE_ASSIGN_OR_RETURN(auto annotations, annotator_.Annotate(part, told_.size()));
    for (annotate::Annotation& annotation : annotations) {
      annotation.training_run += told.diagnoses.size();
      result_.annotations.push_back(std::move(annotation));
    }
    for (const auto& diagnosis : part.diagnoses)
      told.diagnoses.push_back(report::InShort(diagnosis));
    return absl::OkStatus();
  }

  const Settings& settings_;
  annotate::Annotator annotator_;
  std::vector<Told> told_;
  annotate::AnnotateResult result_;
};

Tally TallyOf(const PathAnnotator& done, const Settings& settings) {
  Tally tally;
  for (const Told& told : done.told()) {
    tally.Take(told.experiment.problems);
    for (const auto& diagnosis : told.diagnoses) tally.Take(diagnosis.findings, settings);
    for (const auto& findings : told.rest.group_findings) tally.Take(findings, settings);
  }
  for (const auto& annotation : done.result().annotations) {
    if (annotation.outcome != Outcome::kFailed) continue;
    Fail(annotation.why);
    tally.failed = true;
  }
  return tally;
}

int Run(const Arguments& arguments) {
  const auto settings = ReadSettings(arguments);
  if (!settings.ok()) return Fail(settings.status());
  const std::string out_dir = arguments.Value(kOut);
  PathAnnotator annotator(*settings, {.out_dir = out_dir}, arguments.positional().size());
  bool failed = false;
  for (const std::string& path : arguments.positional()) {
    const absl::Status status = annotator.Annotate(path);
    if (status.ok()) continue;
    Fail(status);
    failed = true;
  }
  if (annotator.told().empty()) return kFailed;
  Tally tally = TallyOf(annotator, *settings);
  tally.failed = tally.failed || failed;

  std::vector<report::PathReport> paths;
  for (const Told& told : annotator.told()) paths.push_back(told.report());
  Output output;
  output.Write(settings->format == ReportFormat::kJson
                   ? workflow::AnnotationsJson(paths, annotator.result())
                   : Text(paths, annotator.result(), out_dir, *settings));
  return output.status().ok() ? tally.exit_code() : Fail(output.status());
}

constexpr std::string_view kFormats[] = {"text", "json"};
constexpr Option kFormat{.letter = 'f',
                         .name = "format",
                         .argument = "FORMAT",
                         .help = "text or json",
                         .completes = Completes::kChoice,
                         .choices = kFormats,
                         .initial = "text"};
constexpr const Option* kOutput[] = {&kOut, &kFormat, &kFailOn, &kMaxMemory};
constexpr OptionGroup kOwn{"What is written", kOutput};
constexpr const OptionGroup* kGroups[] = {&kOwn, &kInputOptions, &kMeaningOptions,
                                          &kGeneralOptions};
constexpr Example kExamples[] = {
    {"telltale annotate logs", "findings appear in the TensorBoard that shows logs"},
    {"telltale annotate logs --out notes",
     "logs is left alone; `tensorboard --logdir_spec` shows both"},
};

}  // namespace

extern const Command cmd_annotate;
constexpr Command cmd_annotate{
    .name = "annotate",
    .rank = 2,
    .summary = "Diagnose, and write the findings where the tracker shows them",
    .operands = "PATH...",
    .description =
        "Diagnoses the training runs below each PATH and writes the findings where people look: "
        "for "
        "TensorBoard one extra run each, with the findings as text, curves that make them visible "
        "and a layout of charts; for MLflow tags and the run's note; for W&B a new offline run of "
        "the same id, to be synced; for Trackio alerts; beside tables a page of Markdown. Logs are "
        "never modified; annotating again replaces what Telltale wrote and nothing else.",
    .fewest = 1,
    .most = SIZE_MAX,
    .completes = Completes::kDirectory,
    .groups = kGroups,
    .examples = kExamples,
    .run = Run};

}  // namespace telltale::cli
