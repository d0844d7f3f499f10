#include "tools/telltale/options.h"

#include <sys/stat.h>

#include <array>
#include <cstddef>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "lib/base/nearest.h"
#include "lib/base/status_util.h"
#include "lib/base/str.h"
#include "lib/base/text.h"
#include "lib/diagnosis/rule.h"
#include "lib/formats/format.h"
#include "lib/io/byte_source.h"
#include "lib/workflow/selection.h"
#include "tools/telltale/terminal.h"

namespace telltale::cli {
namespace {

// Each at the place of its ReportFormat.
constexpr std::string_view kDiagnosisFormats[] = {"text", "json",  "jsonl", "markdown",
                                                  "html", "sarif", "junit"};
constexpr auto kReportFormats = std::span(kDiagnosisFormats).first<4>();
constexpr std::string_view kTableFormats[] = {"text", "json", "markdown"};
constexpr std::string_view kColors[] = {"auto", "always", "never"};
constexpr std::string_view kSeverities[] = {"info", "warning", "error", "never"};
constexpr const char* kConfigFile = "telltale.yaml";

}  // namespace

constexpr Option kHelp{.letter = 'h', .name = "help", .help = "Print this help"};
constexpr Option kQuiet{
    .letter = 'q', .name = "quiet", .help = "One line a training run; no warnings and no progress"};
constexpr Option kVerbose{.letter = 'v',
                          .name = "verbose",
                          .help = "Everything, also what could not be assessed and why"};
constexpr Option kColor{.name = "color",
                        .argument = "WHEN",
                        .help = "auto (on a terminal, unless NO_COLOR is set), always or never",
                        .completes = Completes::kChoice,
                        .choices = kColors,
                        .initial = "auto"};
constexpr Option kFormatOfReport{
    .letter = 'f',
    .name = "format",
    .argument = "FORMAT",
    .help = "text, json, jsonl (a training run a line, as soon as it is ready) or markdown",
    .completes = Completes::kChoice,
    .choices = kReportFormats,
    .initial = "text"};
constexpr Option kFormatOfDiagnosis{
    .letter = 'f',
    .name = "format",
    .argument = "FORMAT",
    .help =
        "text, json, jsonl (a training run a line, as soon as it is ready), markdown, html (a "
        "page that holds all), sarif or junit",
    .completes = Completes::kChoice,
    .choices = kDiagnosisFormats,
    .initial = "text"};
constexpr Option kFormatOfTable{.letter = 'f',
                                .name = "format",
                                .argument = "FORMAT",
                                .help = "text, json or markdown",
                                .completes = Completes::kChoice,
                                .choices = kTableFormats,
                                .initial = "text"};
constexpr Option kFrom{
    .name = "from",
    .argument = "FORMAT",
    .help = "What PATH holds, instead of finding out; `telltale formats` lists them",
    .completes = Completes::kFormatId};
constexpr Option kInclude{.name = "include",
                          .argument = "REGEX",
                          .help =
                              "Read only what REGEX is found in: a run's name, a tag, or RUN:TAG. "
                              "Several: any of them"};
constexpr Option kExclude{.name = "exclude",
                          .argument = "REGEX",
                          .help = "Leave out what REGEX is found in; wins over --include"};
constexpr Option kJobs{.letter = 'j',
                       .name = "jobs",
                       .argument = "N",
                       .help = "Threads to use; one a core where it is not given"};
constexpr Option kLimit{.name = "limit",
                        .argument = "WHAT=SIZE",
                        .help =
                            "Raise what is accepted of a file: record=SIZE (256M), tags=N "
                            "(1000000)"};
constexpr Option kMaxMemory{
    .name = "max-memory",
    .argument = "SIZE",
    .help = "How much memory annotate, jsonl and diagnose to json should take, as in 500M or 2G"};
constexpr Option kRole{.name = "role",
                       .argument = "TAG=SPLIT:QUANTITY",
                       .help =
                           "What a tag (or RUN:TAG) means, as in val/obj=validation:loss. Several "
                           "may be given"};
constexpr Option kParam{.name = "param",
                        .argument = "NAME=VALUE",
                        .help =
                            "A hyper-parameter that the logs lack, as in batch_size=32; with "
                            "RUN:NAME=VALUE only of training runs that RUN, a pattern with * and "
                            "?, covers. Several may be given"};
constexpr Option kNoGroup{.name = "no-group",
                          .help = "Take every run for a training run of its own"};
constexpr Option kConfig{.name = "config",
                         .argument = "FILE",
                         .help =
                             "Configuration; telltale.yaml in the working directory where it is "
                             "not given",
                         .completes = Completes::kFile};
constexpr Option kNoConfig{.name = "no-config", .help = "Read no telltale.yaml"};
constexpr Option kFailOn{.name = "fail-on",
                         .argument = "SEVERITY",
                         .help =
                             "Exit with status 4 on a finding of this severity or above: info, "
                             "warning, error or never",
                         .completes = Completes::kChoice,
                         .choices = kSeverities,
                         .initial = "never"};

namespace {

constexpr const Option* kInput[] = {&kFrom, &kInclude, &kExclude, &kJobs, &kLimit};
constexpr const Option* kMeaning[] = {&kRole, &kParam, &kNoGroup, &kConfig, &kNoConfig};
constexpr const Option* kGeneral[] = {&kColor, &kQuiet, &kVerbose, &kHelp};

}  // namespace

constexpr OptionGroup kInputOptions{"What is read", kInput};
constexpr OptionGroup kMeaningOptions{"What it means", kMeaning};
constexpr OptionGroup kGeneralOptions{"General", kGeneral};

namespace {

absl::Status ReadSelection(const Arguments& arguments, Settings& settings) {
  auto select = workflow::MakeSelection(arguments.Values(kInclude), arguments.Values(kExclude));
  if (!select.ok()) {
    return absl::InvalidArgumentError(StrCat("--", ToStd(select.status().message())));
  }
  settings.select = *std::move(select);
  return absl::OkStatus();
}

absl::StatusOr<std::string> ReadSmallFile(const std::string& path) {
  constexpr size_t kMostBytes = size_t{1} << 20;
  TELLTALE_ASSIGN_OR_RETURN(const auto source, io::OpenFile(path));
  std::string text;
  std::array<char, 4096> block;
  while (text.size() <= kMostBytes) {
    TELLTALE_ASSIGN_OR_RETURN(const size_t n, source->Read(block.data(), block.size()));
    if (n == 0) return text;
    text.append(block.data(), n);
  }
  return absl::InvalidArgumentError(StrCat(path, ": more than a megabyte is no configuration"));
}

absl::Status ReadConfig(const Arguments& arguments, Settings& settings) {
  std::string file = arguments.Value(kConfig);
  if (arguments.Has(kNoConfig.name)) {
    if (!file.empty())
      return absl::InvalidArgumentError("--config and --no-config exclude each other");
    return absl::OkStatus();
  }
  if (file.empty()) {
    struct stat info;
    if (::stat(kConfigFile, &info) != 0) return absl::OkStatus();
    file = kConfigFile;
  }
  TELLTALE_ASSIGN_OR_RETURN(const std::string yaml, ReadSmallFile(file));
  TELLTALE_ASSIGN_OR_RETURN(settings.config,
                            config::ParseConfig(yaml, file, diagnosis::AllRules()));
  return absl::OkStatus();
}

absl::Status ReadRoles(const Arguments& arguments, Settings& settings) {
  std::vector<model::RoleOverride> roles;
  for (const std::string& text : arguments.Values(kRole)) {
    // A tag may hold '='; a role never does.
    const size_t equals = text.rfind('=');
    if (equals == std::string::npos || equals == 0) {
      return absl::InvalidArgumentError(
          StrCat("--role is TAG=SPLIT:QUANTITY, as in val/obj=validation:loss, not '",
                 Printable(text), "'"));
    }
    auto role = model::ParseRole(std::string_view(text).substr(equals + 1));
    if (!role.ok()) return role.status();
    roles.push_back({text.substr(0, equals), *std::move(role)});
  }
  // The command line comes first, so that it wins over the configuration.
  auto& all = settings.config.grouping.roles;
  all.insert(all.begin(), roles.begin(), roles.end());
  if (arguments.Has(kNoGroup.name)) settings.config.grouping.group = false;
  return absl::OkStatus();
}

absl::Status ReadParams(const Arguments& arguments, Settings& settings) {
  for (const std::string& text : arguments.Values(kParam)) {
    // A value may hold '='; a '?' in RUN stands for one.
    const size_t equals = text.find('=');
    if (equals == std::string::npos) {
      return absl::InvalidArgumentError(
          StrCat("--param is NAME=VALUE or RUN:NAME=VALUE, as in batch_size=32, not '",
                 Printable(text), "'"));
    }
    TELLTALE_ASSIGN_OR_RETURN(
        auto set, model::ParseParamOverride(
                      std::string_view(text).substr(0, equals),
                      model::ParseParamValue(std::string_view(text).substr(equals + 1))));
    // After those of the configuration, so that it wins.
    settings.config.grouping.params.push_back(std::move(set));
  }
  return absl::OkStatus();
}

// "300M": a number with K, M or G behind it (powers of 1024), or none.
absl::StatusOr<uint64_t> ParseSize(std::string_view option, std::string_view text) {
  constexpr std::string_view kUnits = "KMG";
  const size_t unit = text.empty() ? std::string_view::npos : kUnits.find(text.back());
  const bool has_unit = unit != std::string_view::npos;
  uint64_t number = 0;
  const bool read =
      absl::SimpleAtoi(ToAbsl(text.substr(0, text.size() - (has_unit ? 1 : 0))), &number);
  if (!read || number == 0 || number > (uint64_t{1} << 32)) {
    return absl::InvalidArgumentError(
        StrCat("--", option, " takes a size such as 300M or 2G, not '", Printable(text), "'"));
  }
  return number << (has_unit ? 10 * (unit + 1) : 0);
}

absl::Status ReadMaxMemory(const Arguments& arguments, Settings& settings) {
  if (!arguments.Has(kMaxMemory.name)) return absl::OkStatus();
  TELLTALE_ASSIGN_OR_RETURN(settings.max_memory,
                            ParseSize(kMaxMemory.name, arguments.Value(kMaxMemory)));
  return absl::OkStatus();
}

absl::Status ReadLimits(const Arguments& arguments, Settings& settings) {
  for (const std::string& text : arguments.Values(kLimit)) {
    const size_t equals = text.find('=');
    const std::string_view what = std::string_view(text).substr(0, equals);
    if (equals == std::string::npos || (what != "record" && what != "tags")) {
      return absl::InvalidArgumentError(
          StrCat("--limit is record=SIZE or tags=N, not '", Printable(text), "'"));
    }
    TELLTALE_ASSIGN_OR_RETURN(const uint64_t size,
                              ParseSize(kLimit.name, std::string_view(text).substr(equals + 1)));
    (what == "record" ? settings.max_record_bytes : settings.max_tags) = size;
  }
  return absl::OkStatus();
}

absl::Status ReadJobs(const Arguments& arguments, Settings& settings) {
  if (!arguments.Has(kJobs.name)) return absl::OkStatus();
  const std::string text = arguments.Value(kJobs);
  uint32_t jobs = 0;
  if (!absl::SimpleAtoi(text, &jobs) || jobs == 0 || jobs > 1024) {
    return absl::InvalidArgumentError(
        StrCat("--jobs is a number from 1 to 1024, not '", Printable(text), "'"));
  }
  settings.jobs = jobs;
  return absl::OkStatus();
}

absl::Status ReadFrom(const Arguments& arguments, Settings& settings) {
  settings.from = arguments.Value(kFrom);
  if (settings.from.empty() || formats::FindFormat(settings.from) != nullptr) {
    return absl::OkStatus();
  }
  std::vector<std::string_view> ids;
  std::string list;
  for (const formats::Format* format : formats::AllFormats()) {
    ids.push_back(format->id);
    StrAppend(&list, list.empty() ? "" : ", ", format->id);
  }
  const std::string hint = DidYouMean(settings.from, ids);
  return absl::InvalidArgumentError(StrCat("no format is called '", Printable(settings.from), "'",
                                           hint.empty() ? StrCat("; known are: ", list) : hint));
}

std::optional<diagnosis::Severity> ReadFailOn(const Arguments& arguments) {
  const std::string text = arguments.Value(kFailOn);
  for (const auto severity :
       {diagnosis::Severity::kInfo, diagnosis::Severity::kWarning, diagnosis::Severity::kError}) {
    if (text == diagnosis::SeverityName(severity)) return severity;
  }
  return std::nullopt;
}

}  // namespace

Settings ReadPresentation(const Arguments& arguments) {
  Settings settings;
  const std::string format = arguments.Value(kFormatOfReport);
  for (size_t i = 0; i < std::size(kDiagnosisFormats); ++i) {
    if (format == kDiagnosisFormats[i]) settings.format = static_cast<ReportFormat>(i);
  }
  settings.quiet = arguments.Has(kQuiet.name);
  settings.verbose = arguments.Has(kVerbose.name) && !settings.quiet;
  settings.text.detail = settings.quiet     ? report::Detail::kBrief
                         : settings.verbose ? report::Detail::kVerbose
                                            : report::Detail::kNormal;
  settings.text.width = TerminalWidth();
  settings.text.color = ColorFor(arguments.Value(kColor));
  return settings;
}

absl::StatusOr<Settings> ReadSettings(const Arguments& arguments) {
  Settings settings = ReadPresentation(arguments);
  settings.fail_on = ReadFailOn(arguments);
  TELLTALE_RETURN_IF_ERROR(ReadFrom(arguments, settings));
  TELLTALE_RETURN_IF_ERROR(ReadJobs(arguments, settings));
  TELLTALE_RETURN_IF_ERROR(ReadMaxMemory(arguments, settings));
  TELLTALE_RETURN_IF_ERROR(ReadLimits(arguments, settings));
  TELLTALE_RETURN_IF_ERROR(ReadSelection(arguments, settings));
  TELLTALE_RETURN_IF_ERROR(ReadConfig(arguments, settings));
  TELLTALE_RETURN_IF_ERROR(ReadRoles(arguments, settings));
  TELLTALE_RETURN_IF_ERROR(ReadParams(arguments, settings));
  return settings;
}

}  // namespace telltale::cli
