#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "lib/base/status_util.h"
#include "lib/base/str.h"
#include "lib/base/text.h"
#include "lib/convert/convert.h"
#include "lib/report/text.h"
#include "tools/telltale/command.h"
#include "tools/telltale/convert_report.h"
#include "tools/telltale/exit_code.h"
#include "tools/telltale/load.h"
#include "tools/telltale/options.h"
#include "tools/telltale/progress.h"
#include "tools/telltale/terminal.h"

namespace telltale::cli {
namespace {

constexpr Option kTo{
    .name = "to",
    .argument = "FORMAT",
    .help =
        "What DST becomes, where its name does not say it; `telltale formats` lists "
        "what can be written",
    .completes = Completes::kFormatId};
constexpr Option kRename{
    .name = "rename",
    .argument = "PATTERN=REPLACEMENT",
    .help =
        "Call tags otherwise: each match of the pattern becomes the replacement, in which \\1 is "
        "its first group. Several are applied in turn"};
constexpr Option kDownsample{
    .name = "downsample",
    .argument = "METHOD:N",
    .help =
        "At most N points a series: lttb (keeps the look of the curve) or "
        "minmax (keeps every extreme). Ends and values that are not finite "
        "stay"};
constexpr Option kMerge{
    .name = "merge-training-runs",
    .help = "Runs that belong together (train/ and validation/) become one run"};
constexpr Option kDryRun{.name = "dry-run",
                         .help = "Only say what would go where, and what DST cannot hold"};
constexpr Option kVerify{.name = "verify",
                         .help = "Read DST back and compare every point; status 1 on a difference"};

absl::StatusOr<convert::ConvertOptions> ReadOptions(const Arguments& arguments,
                                                    const Settings& settings) {
  convert::ConvertOptions options;
  options.from = settings.from;
  options.to = arguments.Value(kTo);
  options.jobs = settings.jobs;
  if (settings.max_record_bytes > 0) options.max_record_bytes = settings.max_record_bytes;
  if (settings.max_tags > 0) options.max_tags = settings.max_tags;
  options.select = settings.select;
  options.grouping = settings.config.grouping;
  options.merge_training_runs = arguments.Has(kMerge.name);
  options.dry_run = arguments.Has(kDryRun.name);
  options.verify = arguments.Has(kVerify.name) && !options.dry_run;
  for (const std::string& text : arguments.Values(kRename)) {
    auto rule = convert::ParseRename(text);
    if (!rule.ok()) {
      return absl::InvalidArgumentError(StrCat("--rename: ", ToStd(rule.status().message())));
    }
    options.plan.renames.push_back(*std::move(rule));
  }
  if (arguments.Has(kDownsample.name)) {
    auto downsampling = model::ParseDownsampling(arguments.Value(kDownsample));
    if (!downsampling.ok()) {
      return absl::InvalidArgumentError(
          StrCat("--downsample: ", ToStd(downsampling.status().message())));
    }
    options.plan.downsampling = *downsampling;
  }
  return options;
}

void ComplainOfProblems(const convert::Conversion& conversion, const Settings& settings) {
  if (settings.quiet || settings.format == ReportFormat::kJson) return;
  model::Experiment experiment;
  experiment.problems = conversion.problems;
  const model::Grouping grouping;
  const report::PathReport path{experiment, grouping, {}, {}};
  const std::string text = report::ProblemsText(std::span(&path, 1), settings.text);
  if (!text.empty()) Complain(StrCat("some of the source could not be read:\n", text));
}

int ExitCodeOf(const convert::Conversion& conversion) {
  if (conversion.verification && !conversion.verification->ok()) return kFailed;
  for (const Problem& problem : conversion.problems) {
    if (IsDamage(problem.kind)) return kDamaged;
  }
  return kDone;
}

int Run(const Arguments& arguments) {
  const auto settings = ReadSettings(arguments);
  if (!settings.ok()) return Fail(settings.status());
  auto options = ReadOptions(arguments, *settings);
  if (!options.ok()) return Fail(options.status());
  const ConvertedPaths paths{.source = arguments.positional()[0],
                             .destination = arguments.positional()[1],
                             .dry_run = options->dry_run};
  const auto when = settings->quiet ? ProgressBar::When::kNever : ProgressBar::When::kOnTerminal;
  ProgressBar reading(when, "reading", Unit::kBytes);
  ProgressBar writing(when, "writing", Unit::kPoints);
  options->on_read = [&](const formats::Progress& p) {
    reading.Update(p.bytes_done, p.bytes_total, p.points);
  };
  options->on_write = [&](const formats::Progress& p) {
    reading.Clear();
    writing.Update(p.bytes_done, p.bytes_total, p.points);
  };
  const auto conversion = convert::Convert(paths.source, paths.destination, *options);
  reading.Clear();
  writing.Clear();
  if (!conversion.ok()) return Fail(conversion.status());
  ComplainOfProblems(*conversion, *settings);
  Output output;
  output.Write(settings->format == ReportFormat::kJson
                   ? workflow::ConversionJson(*conversion, paths)
                   : ConversionText(*conversion, paths, settings->text));
  return output.status().ok() ? ExitCodeOf(*conversion) : Fail(output.status());
}

constexpr std::string_view kFormats[] = {"text", "json"};
constexpr Option kFormat{.letter = 'f',
                         .name = "format",
                         .argument = "FORMAT",
                         .help = "How the result is told: text or json",
                         .completes = Completes::kChoice,
                         .choices = kFormats,
                         .initial = "text"};
constexpr const Option* kOutput[] = {&kTo, &kDryRun, &kVerify, &kFormat};
constexpr const Option* kChange[] = {&kRename, &kDownsample, &kMerge};
constexpr OptionGroup kOwn{"What is written", kOutput};
constexpr OptionGroup kOnTheWay{"What changes on the way", kChange};
constexpr const OptionGroup* kGroups[] = {&kOwn, &kOnTheWay, &kInputOptions, &kMeaningOptions,
                                          &kGeneralOptions};
constexpr Example kExamples[] = {
    {"telltale convert logs metrics.csv", "every point of every run below logs, one a row"},
    {"telltale convert logs mlflow.db --dry-run", "what would go where, and what would be lost"},
    {"telltale convert mlruns logs --to tensorboard --verify",
     "an MLflow file store as TensorBoard shows it, read back and compared"},
    {"telltale convert logs offline --to wandb --rename '^val_=validation/'",
     "for `wandb sync offline/offline-run-*`"},
    {"telltale convert wandb thin.jsonl --include loss --downsample lttb:500",
     "only losses, at most 500 points each"},
};

}  // namespace

extern const Command cmd_convert;
constexpr Command cmd_convert{
    .name = "convert",
    .rank = 4,
    .summary = "Carry runs from one tracker to another",
    .operands = "SRC DST",
    .description =
        "Reads all runs below SRC, whichever tracker wrote them, and writes them as another does. "
        "What DST cannot hold is listed, before with --dry-run and after the work, and noted in "
        "DST "
        "itself, so that converting back restores names. SRC is never modified; in DST, runs of an "
        "earlier conversion of SRC are replaced and nothing else is touched. What was begun and "
        "interrupted is completed by running the same command again.",
    .fewest = 2,
    .most = 2,
    .completes = Completes::kFile,
    .groups = kGroups,
    .examples = kExamples,
    .run = Run};

}  // namespace telltale::cli
