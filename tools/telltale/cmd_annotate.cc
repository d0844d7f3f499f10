#include <algorithm>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "lib/annotate/annotate.h"
#include "lib/base/str.h"
#include "lib/base/text.h"
#include "lib/formats/format.h"
#include "lib/report/number.h"
#include "lib/report/text.h"
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

std::vector<Loaded> Diagnosed(const Arguments& arguments, const Settings& settings, Tally& tally) {
  std::vector<Loaded> loaded;
  for (const std::string& path : arguments.positional()) {
    auto one = Load(path, settings);
    if (!one.ok()) {
      Fail(one.status());
      tally.failed = true;
      continue;
    }
    Diagnose(*one, settings, [](size_t) { return true; });
    tally.Take(*one, settings);
    loaded.push_back(*std::move(one));
  }
  return loaded;
}

int Run(const Arguments& arguments) {
  const auto settings = ReadSettings(arguments);
  if (!settings.ok()) return Fail(settings.status());
  Tally tally;
  const std::vector<Loaded> loaded = Diagnosed(arguments, *settings, tally);
  if (loaded.empty()) return kFailed;
  std::vector<report::PathReport> paths;
  paths.reserve(loaded.size());
  for (const Loaded& one : loaded) paths.push_back(one.report());

  const std::string out_dir = arguments.Value(kOut);
  const auto result = annotate::Annotate(paths, {.out_dir = out_dir});
  if (!result.ok()) return Fail(result.status());
  for (const auto& annotation : result->annotations) {
    if (annotation.outcome != Outcome::kFailed) continue;
    Fail(annotation.why);
    tally.failed = true;
  }
  Output output;
  output.Write(settings->format == ReportFormat::kJson ? workflow::AnnotationsJson(paths, *result)
                                                       : Text(paths, *result, out_dir, *settings));
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
constexpr const Option* kOutput[] = {&kOut, &kFormat, &kFailOn};
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
