#include <algorithm>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "lib/base/version.h"
#include "lib/report/html.h"
#include "lib/report/json.h"
#include "lib/report/junit.h"
#include "lib/report/markdown.h"
#include "lib/report/sarif.h"
#include "tools/telltale/command.h"
#include "tools/telltale/exit_code.h"
#include "tools/telltale/load.h"
#include "tools/telltale/options.h"
#include "tools/telltale/pieces.h"
#include "tools/telltale/terminal.h"

namespace telltale::cli {
namespace {

// Prints what can be printed as soon as it is known, and keeps the rest for the end.
class Printer {
 public:
  // `paths` are those to come: one that is a training run itself is named by its last component.
  Printer(const Settings& settings, const std::vector<std::string>& paths)
      : settings_(settings), text_(settings.text) {
    for (const std::string& path : paths) {
      const size_t end = path.find_last_not_of('/');
      const std::string whole = path.substr(0, end == std::string::npos ? 0 : end + 1);
      names_.training_runs.push_back({.name = whole.substr(whole.rfind('/') + 1)});
    }
  }

  void BeginPath(const Loaded& loaded) {
    const report::PathReport paths[] = {loaded.report(), {loaded.experiment, names_, {}, {}}};
    const bool alone = names_.training_runs.size() == 1;
    const size_t width = report::NameWidth(std::span(paths).first(alone ? 1 : 2), text_.width);
    text_.name_width = std::max(text_.name_width, width);
  }

  // Whether there is still somebody to print for.
  bool TrainingRun(const Loaded& loaded, size_t i) {
    const report::RunReport run{loaded.experiment, loaded.grouping.training_runs[i],
                                loaded.diagnoses[i]};
    if (settings_.format == ReportFormat::kText) {
      output_.Write(blocks_.Add(report::TextOf(run, text_)));
    }
    return output_.status().ok();
  }

  absl::Status Finish(const std::vector<Loaded>& loaded) {
    std::vector<report::PathReport> paths;
    paths.reserve(loaded.size());
    for (const Loaded& path : loaded) paths.push_back(path.report());
    switch (settings_.format) {
      case ReportFormat::kText:
        FinishText(paths);
        break;
      case ReportFormat::kJson:
      case ReportFormat::kJsonl:
        break;  // PrintPieces
      case ReportFormat::kMarkdown:
        output_.Write(report::DiagnosisMarkdown(paths));
        break;
      case ReportFormat::kHtml:
        output_.Write(report::DiagnosisHtml(paths, Version()));
        break;
      case ReportFormat::kSarif:
        output_.Write(report::DiagnosisSarif(paths, Version()));
        break;
      case ReportFormat::kJunit:
        output_.Write(report::DiagnosisJunit(paths, settings_.fail_on));
        break;
    }
    return output_.status();
  }

 private:
  void FinishText(std::span<const report::PathReport> paths) {
    for (const auto& path : paths) {
      for (size_t i = 0; i < path.grouping.groups.size(); ++i) {
        output_.Write(blocks_.Add(report::TextOf(
            report::GroupReport{path.grouping, path.grouping.groups[i], path.group_findings[i]},
            text_)));
      }
    }
    if (settings_.quiet) return;
    output_.Write(blocks_.Add(report::ProblemsText(paths, text_)));
    output_.Write(blocks_.AddApart(report::SummaryText(paths, text_)));
  }

  const Settings& settings_;
  report::TextOptions text_;
  model::Grouping names_;  // of the paths
  report::Blocks blocks_;
  Output output_;
};

int PrintLines(const Arguments& arguments, const Settings& settings) {
  return PrintPieces(
      arguments.positional(), settings,
      {.doing = "diagnosing",
       .training_run = [](const report::RunReport& run) { return report::JsonLine(run); },
       .group = [](const report::GroupReport& group) { return report::JsonLine(group); },
       .problem = [](const Problem& problem) { return report::JsonLine(problem); }});
}

int PrintDocument(const Arguments& arguments, const Settings& settings) {
  report::DiagnosisDocument document(Version());
  return PrintPieces(
      arguments.positional(), settings,
      {.doing = "diagnosing",
       .training_run = [&](const report::RunReport& run) { return document.Add(run); },
       .group = [&](const report::GroupReport& group) { return document.Add(group); },
       .problem = [&](const Problem& problem) { return document.Add(problem); },
       .end = [&] { return document.Finish(); }});
}

int Run(const Arguments& arguments) {
  const auto settings = ReadSettings(arguments);
  if (!settings.ok()) return Fail(settings.status());
  if (settings->format == ReportFormat::kJsonl) return PrintLines(arguments, *settings);
  if (settings->format == ReportFormat::kJson) return PrintDocument(arguments, *settings);
  Printer printer(*settings, arguments.positional());
  Tally tally;
  std::vector<Loaded> loaded;
  for (const std::string& path : arguments.positional()) {
    auto one = Load(path, *settings);
    if (!one.ok()) {
      Fail(one.status());
      tally.failed = true;
      continue;
    }
    printer.BeginPath(*one);
    Diagnose(*one, *settings, [&](size_t i) { return printer.TrainingRun(*one, i); });
    tally.Take(*one, *settings);
    loaded.push_back(*std::move(one));
  }
  if (loaded.empty()) return kFailed;
  if (const absl::Status status = printer.Finish(loaded); !status.ok()) return Fail(status);
  return tally.exit_code();
}

constexpr const Option* kOutput[] = {&kFormatOfDiagnosis, &kFailOn, &kMaxMemory};
constexpr OptionGroup kOwn{"What is printed", kOutput};
constexpr const OptionGroup* kGroups[] = {&kOwn, &kInputOptions, &kMeaningOptions,
                                          &kGeneralOptions};
constexpr Example kExamples[] = {
    {"telltale diagnose logs", "every training run below logs"},
    {"telltale diagnose logs --include '^resnet' --verbose",
     "some of them, with all there is to say"},
    {"telltale diagnose logs --fail-on error --quiet",
     "in a script: status 4 when something is wrong"},
    {"telltale diagnose logs --format sarif > telltale.sarif",
     "for code scanning; junit is for CI systems"},
    {"telltale diagnose logs --role val/obj=validation:loss",
     "when a tag's name does not say what it is"},
    {"telltale diagnose logs --param batch_size=32 --param train_samples=6000",
     "what the logs do not say, so that rules that need it can judge"},
};

}  // namespace

extern const Command cmd_diagnose;
constexpr Command cmd_diagnose{
    .name = "diagnose",
    .rank = 1,
    .summary = "Find training runs and say what is wrong with their curves",
    .operands = "PATH...",
    .description =
        "Finds the training runs below each PATH, whichever tracker wrote them, and says of each "
        "one whether it is healthy, needs attention or fails, with the evidence and what to do. "
        "Nothing that is read is modified.",
    .fewest = 1,
    .most = SIZE_MAX,
    .completes = Completes::kDirectory,
    .groups = kGroups,
    .examples = kExamples,
    .run = Run};

}  // namespace telltale::cli
