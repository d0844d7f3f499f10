#include <sys/stat.h>

#include <cstdint>
#include <string>
#include <vector>

#include "lib/base/str.h"
#include "lib/base/text.h"
#include "lib/base/version.h"
#include "lib/io/atomic_file.h"
#include "lib/io/read_file.h"
#include "lib/report/html.h"
#include "tools/telltale/command.h"
#include "tools/telltale/exit_code.h"
#include "tools/telltale/load.h"
#include "tools/telltale/options.h"
#include "tools/telltale/terminal.h"

namespace telltale::cli {
namespace {

constexpr Option kPage{
    .letter = 'o',
    .name = "output",
    .argument = "FILE",
    .help = "The page; one that an earlier report wrote is replaced, anything else is not",
    .completes = Completes::kFile,
    .initial = "telltale.html"};

// A slip of the hand must not cost a log: only nothing and pages of ours give way.
absl::Status CheckMayReplace(const std::string& file) {
  struct stat info;
  if (::lstat(file.c_str(), &info) != 0) return absl::OkStatus();
  if (S_ISREG(info.st_mode)) {
    const auto head = io::ReadHead(file, report::kPageBeginning.size());
    if (head.ok() && *head == report::kPageBeginning) return absl::OkStatus();
  }
  return absl::AlreadyExistsError(
      StrCat(file, ": is there and was not written by telltale report; choose another file"));
}

int Run(const Arguments& arguments) {
  const auto settings = ReadSettings(arguments);
  if (!settings.ok()) return Fail(settings.status());
  const std::string file = arguments.Value(kPage);
  if (const absl::Status status = CheckMayReplace(file); !status.ok()) return Fail(status);
  Tally tally;
  std::vector<Loaded> loaded;
  for (const std::string& path : arguments.positional()) {
    auto one = Load(path, *settings);
    if (!one.ok()) {
      Fail(one.status());
      tally.failed = true;
      continue;
    }
    Diagnose(*one, *settings, [](size_t) { return true; });
    tally.Take(*one, *settings);
    loaded.push_back(*std::move(one));
  }
  if (loaded.empty()) return kFailed;
  std::vector<report::PathReport> paths;
  paths.reserve(loaded.size());
  for (const Loaded& one : loaded) paths.push_back(one.report());
  if (const absl::Status status =
          io::WriteFileAtomically(file, report::DiagnosisHtml(paths, Version()));
      !status.ok()) {
    return Fail(status);
  }
  Output output;
  if (!settings->quiet) output.Write(StrCat(Printable(file), "\n"));
  return output.status().ok() ? tally.exit_code() : Fail(output.status());
}

constexpr const Option* kOutput[] = {&kPage, &kFailOn};
constexpr OptionGroup kOwn{"What is written", kOutput};
constexpr const OptionGroup* kGroups[] = {&kOwn, &kInputOptions, &kMeaningOptions,
                                          &kGeneralOptions};
constexpr Example kExamples[] = {
    {"telltale report logs -o report.html", "a page to send to a colleague"},
    {"telltale report mlflow.db --include '^resnet' -o resnet.html", "some runs, of any tracker"},
};

}  // namespace

extern const Command cmd_report;
constexpr Command cmd_report{
    .name = "report",
    .rank = 5,
    .summary = "Write a page with curves, findings and evidence",
    .operands = "PATH...",
    .description =
        "Diagnoses the training runs below each PATH and writes one HTML file that holds "
        "everything: the curves with the stretches that findings speak of, evidence, remedies. It "
        "loads nothing from anywhere and can be sent, archived and printed.",
    .fewest = 1,
    .most = SIZE_MAX,
    .completes = Completes::kDirectory,
    .groups = kGroups,
    .examples = kExamples,
    .run = Run};

}  // namespace telltale::cli
