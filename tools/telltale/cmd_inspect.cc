#include <cstdint>
#include <utility>
#include <vector>

#include "lib/base/version.h"
#include "lib/report/json.h"
#include "lib/report/markdown.h"
#include "tools/telltale/command.h"
#include "tools/telltale/exit_code.h"
#include "tools/telltale/load.h"
#include "tools/telltale/options.h"
#include "tools/telltale/pieces.h"
#include "tools/telltale/terminal.h"

namespace telltale::cli {
namespace {

std::string Text(std::span<const report::PathReport> paths, const report::TextOptions& options) {
  std::string out;
  for (const auto& path : paths) {
    if (!out.empty() && options.detail != report::Detail::kBrief) out += "\n";
    out += report::InspectText(path, options);
  }
  return out;
}

std::string Render(std::span<const report::PathReport> paths, const Settings& settings) {
  switch (settings.format) {
    case ReportFormat::kText:
      return Text(paths, settings.text);
    case ReportFormat::kJson:
      return report::InspectJson(paths, Version());
    case ReportFormat::kMarkdown:
      return report::InspectMarkdown(paths);
    default:
      return "";  // PrintPieces, or not offered
  }
}

int Run(const Arguments& arguments) {
  const auto settings = ReadSettings(arguments);
  if (!settings.ok()) return Fail(settings.status());
  if (settings->format == ReportFormat::kJsonl) {
    return PrintPieces(
        arguments.positional(), *settings,
        {.diagnose = false,
         .doing = "reading",
         .training_run =
             [](const report::RunReport& run) {
               return report::InspectJsonLine(run.experiment, run.training_run);
             },
         .group = [](const report::GroupReport& group) { return report::InspectJsonLine(group); },
         .problem = [](const Problem& problem) { return report::JsonLine(problem); }});
  }
  Tally tally;
  const std::vector<Loaded> loaded =
      LoadAll(arguments.positional(), *settings, Depth::kPoints, tally);
  if (loaded.empty()) return kFailed;
  std::vector<report::PathReport> paths;
  paths.reserve(loaded.size());
  for (const Loaded& one : loaded) paths.push_back(one.report());
  Output output;
  output.Write(Render(paths, *settings));
  return output.status().ok() ? tally.exit_code() : Fail(output.status());
}

constexpr const Option* kOutput[] = {&kFormatOfReport, &kMaxMemory};
constexpr OptionGroup kOwn{"What is printed", kOutput};
constexpr const OptionGroup* kGroups[] = {&kOwn, &kInputOptions, &kMeaningOptions,
                                          &kGeneralOptions};
constexpr Example kExamples[] = {
    {"telltale inspect logs", "what was read, what it was taken for, and what was grouped and why"},
    {"telltale inspect logs --no-group", "every run on its own"},
};

}  // namespace

extern const Command cmd_inspect;
constexpr Command cmd_inspect{
    .name = "inspect",
    .rank = 6,
    .summary = "List runs, series, roles, groups and file problems; no diagnosis",
    .operands = "PATH...",
    .description =
        "Shows what a diagnosis would rest on: the runs below each PATH, their series with the "
        "role that each was taken for, how many points they have at which steps, which runs were "
        "grouped into training runs and why, and what is wrong with the files.",
    .fewest = 1,
    .most = SIZE_MAX,
    .completes = Completes::kDirectory,
    .groups = kGroups,
    .examples = kExamples,
    .run = Run};

}  // namespace telltale::cli
