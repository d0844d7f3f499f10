#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>

#include "lib/base/str.h"
#include "lib/base/text.h"
#include "lib/base/version.h"
#include "lib/edit/repair.h"
#include "lib/report/number.h"
#include "tools/telltale/command.h"
#include "tools/telltale/exit_code.h"
#include "tools/telltale/options.h"
#include "tools/telltale/terminal.h"

namespace telltale::cli {
namespace {

using nlohmann::ordered_json;
using report::Count;

constexpr Option kDryRun{
    .letter = 'n', .name = "dry-run", .help = "Say what would be lost and changed; write nothing"};

std::string Around(const edit::LostRange& lost) {
  if (lost.step_before && lost.step_behind) {
    return StrCat(", between steps ", *lost.step_before, " and ", *lost.step_behind);
  }
  if (lost.step_before) return StrCat(", behind step ", *lost.step_before);
  if (lost.step_behind) return StrCat(", before step ", *lost.step_behind);
  return "";
}

std::string TextOf(const edit::RepairedFile& file, const report::Painter& paint) {
  std::string out = StrCat(Printable(file.written), "  ", Count(file.records, "record"), " kept\n");
  for (const edit::LostRange& lost : file.lost) {
    StrAppend(&out, "  ", paint(report::Ink::kRed, "lost"), "     bytes ", lost.problem.begin, "–",
              lost.problem.end, Around(lost), ": ", Printable(lost.problem.message), "\n");
  }
  if (file.torn_bytes > 0) {
    StrAppend(&out, "  ", paint(report::Ink::kRed, "lost"), "     ", file.torn_bytes,
              " bytes of a last record without an end\n");
  }
  for (const auto& [what, count] : file.changes) {
    StrAppend(&out, "  ", paint(report::Ink::kYellow, "changed"), "  ", what, ": ", count, "\n");
  }
  return out;
}

std::string JsonOf(const edit::RepairReport& report) {
  ordered_json json = {{"schema", "telltale.repair/1"}, {"version", Version()}};
  ordered_json& files = json["files"] = ordered_json::array();
  const auto step = [](const std::optional<int64_t>& value) {
    return value ? ordered_json(*value) : ordered_json(nullptr);
  };
  for (const edit::RepairedFile& file : report.files) {
    ordered_json each = {{"path", file.path},
                         {"written", file.written},
                         {"records", file.records},
                         {"torn_bytes", file.torn_bytes}};
    each["lost"] = ordered_json::array();
    for (const edit::LostRange& lost : file.lost) {
      each["lost"].push_back({{"offset", lost.problem.begin},
                              {"end", lost.problem.end},
                              {"kind", ProblemKindName(lost.problem.kind)},
                              {"message", lost.problem.message},
                              {"step_before", step(lost.step_before)},
                              {"step_behind", step(lost.step_behind)}});
    }
    each["changes"] = ordered_json::array();
    for (const auto& [what, count] : file.changes) {
      each["changes"].push_back({{"what", what}, {"count", count}});
    }
    files.push_back(std::move(each));
  }
  return PrintableJson(json.dump(2, ' ', false, ordered_json::error_handler_t::replace)) + "\n";
}

std::string Text(const edit::RepairReport& report, const std::string& destination, bool dry_run,
                 const Settings& settings) {
  const report::Painter paint(settings.text.color);
  std::string out;
  size_t touched = 0;
  for (const edit::RepairedFile& file : report.files) {
    const bool plain = file.lost.empty() && file.changes.empty() && file.torn_bytes == 0;
    touched += plain ? 0 : 1;
    if (!settings.quiet && (!plain || settings.verbose)) out += TextOf(file, paint);
  }
  return StrCat(out, dry_run ? "would write " : "wrote ", Count(report.files.size(), "file"),
                " to ", Printable(destination), ", ", touched, " of them mended\n");
}

int Run(const Arguments& arguments) {
  const Settings settings = ReadPresentation(arguments);
  const std::string& destination = arguments.positional()[1];
  const bool dry_run = arguments.Has(kDryRun.name);
  const auto report = edit::Repair(arguments.positional()[0], destination, {.dry_run = dry_run});
  if (!report.ok()) return Fail(report.status());
  Output output;
  output.Write(settings.format == ReportFormat::kJson
                   ? JsonOf(*report)
                   : Text(*report, destination, dry_run, settings));
  if (!output.status().ok()) return Fail(output.status());
  for (const edit::RepairedFile& file : report->files) {
    if (!file.lost.empty()) return kDamaged;
  }
  return kDone;
}

constexpr std::string_view kFormats[] = {"text", "json"};
constexpr Option kFormat{.letter = 'f',
                         .name = "format",
                         .argument = "FORMAT",
                         .help = "text or json",
                         .completes = Completes::kChoice,
                         .choices = kFormats,
                         .initial = "text"};
constexpr const Option* kOutput[] = {&kDryRun, &kFormat};
constexpr OptionGroup kOwn{"What is written", kOutput};
constexpr const OptionGroup* kGroups[] = {&kOwn, &kGeneralOptions};
constexpr Example kExamples[] = {
    {"telltale repair logs mended", "a copy that every reader takes to its end"},
    {"telltale repair logs mended --dry-run", "what is lost where, and what would be changed"},
};

}  // namespace

extern const Command cmd_repair;
constexpr Command cmd_repair{
    .name = "repair",
    .rank = 8,
    .summary = "Copy damaged logs such that every reader takes them",
    .operands = "SRC DST",
    .description =
        "Writes what can be read of the event files and .wandb files at or below SRC to the "
        "directory DST, under the same names, and says what is lost where. Records that are "
        "intact stay byte for byte, unless TensorBoard's readers would stop at them or hide "
        "them. SRC is never modified; DST is there completely or not at all.",
    .fewest = 2,
    .most = 2,
    .completes = Completes::kDirectory,
    .groups = kGroups,
    .examples = kExamples,
    .run = Run};

}  // namespace telltale::cli
