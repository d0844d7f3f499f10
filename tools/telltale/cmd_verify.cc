#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "lib/base/status_util.h"
#include "lib/base/version.h"
#include "lib/edit/repair.h"
#include "lib/report/verify.h"
#include "tools/telltale/command.h"
#include "tools/telltale/exit_code.h"
#include "tools/telltale/load.h"
#include "tools/telltale/options.h"
#include "tools/telltale/terminal.h"

namespace telltale::cli {
namespace {

constexpr Option kExplain{
    .name = "explain",
    .help = "What TensorBoard's two loaders or wandb show of each file, and why"};

// Of files that can be explained: those of other trackers have no readers that stop.
absl::StatusOr<report::Explanations> ExplainAll(std::span<const report::PathReport> paths) {
  report::Explanations explained;
  for (const report::PathReport& path : paths) {
    if (path.experiment.format != "tensorboard" && path.experiment.format != "wandb") continue;
    for (const model::Run& run : path.experiment.runs) {
      for (const model::RunFile& file : run.files) {
        if (explained.contains(file.path)) continue;
        TELLTALE_ASSIGN_OR_RETURN(explained[file.path], edit::Explain(file.path));
      }
    }
  }
  return explained;
}

std::string Render(std::span<const report::PathReport> paths, const Settings& settings,
                   const report::Explanations& explained) {
  switch (settings.format) {
    case ReportFormat::kText:
      return report::VerifyText(paths, settings.text, explained);
    case ReportFormat::kJson:
      return report::VerifyJson(paths, Version(), explained);
    case ReportFormat::kJsonl:
      return report::VerifyJsonLines(paths, explained);
    case ReportFormat::kMarkdown:
      return report::VerifyMarkdown(paths);
    default:
      return "";  // not offered
  }
}

int Run(const Arguments& arguments) {
  const auto settings = ReadSettings(arguments);
  if (!settings.ok()) return Fail(settings.status());
  Tally tally;
  const std::vector<Loaded> loaded =
      LoadAll(arguments.positional(), *settings, Depth::kChecksumsOnly, tally);
  if (loaded.empty()) return kFailed;
  std::vector<report::PathReport> paths;
  paths.reserve(loaded.size());
  for (const Loaded& one : loaded) paths.push_back(one.report());
  report::Explanations explained;
  if (arguments.Has(kExplain.name)) {
    auto sentences = ExplainAll(paths);
    if (!sentences.ok()) return Fail(sentences.status());
    explained = *std::move(sentences);
  }
  Output output;
  output.Write(Render(paths, *settings, explained));
  return output.status().ok() ? tally.exit_code() : Fail(output.status());
}

constexpr const Option* kOutput[] = {&kFormatOfReport, &kExplain};
constexpr const Option* kInput[] = {&kFrom, &kJobs};
constexpr OptionGroup kOwn{"What is printed", kOutput};
constexpr OptionGroup kRead{"What is read", kInput};
constexpr const OptionGroup* kGroups[] = {&kOwn, &kRead, &kGeneralOptions};
constexpr Example kExamples[] = {
    {"telltale verify logs", "every file, with its records"},
    {"telltale verify logs --explain", "and what others show of them; telltale repair mends that"},
    {"telltale verify logs --quiet", "only damaged files; status 3 when there are any"},
};

}  // namespace

extern const Command cmd_verify;
constexpr Command cmd_verify{
    .name = "verify",
    .rank = 7,
    .summary = "Check every checksum of every file",
    .operands = "PATH...",
    .description =
        "Reads each file below each PATH from end to end and checks every record's checksums. "
        "Lists the files with their records, and the byte ranges that cannot be read. A record "
        "that a live writer has not finished is no damage.",
    .fewest = 1,
    .most = SIZE_MAX,
    .completes = Completes::kDirectory,
    .groups = kGroups,
    .examples = kExamples,
    .run = Run};

}  // namespace telltale::cli
