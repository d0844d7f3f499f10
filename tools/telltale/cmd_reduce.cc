#include <re2/re2.h>

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "lib/base/str.h"
#include "lib/base/text.h"
#include "lib/base/version.h"
#include "lib/edit/reduce.h"
#include "lib/model/training_run.h"
#include "lib/report/number.h"
#include "tools/telltale/command.h"
#include "tools/telltale/exit_code.h"
#include "tools/telltale/load.h"
#include "tools/telltale/options.h"
#include "tools/telltale/terminal.h"

namespace telltale::cli {
namespace {

using nlohmann::ordered_json;
using report::Count;

constexpr Option kAll{.name = "all", .help = "Make one group of all training runs"};
constexpr Option kBy{.name = "by",
                     .argument = "REGEX",
                     .help =
                         "Group training runs by what the first group of REGEX finds in their "
                         "names, as in '(.*)/seed'"};
constexpr std::string_view kStepChoices[] = {"interpolate", "all", "any"};
constexpr Option kSteps{.name = "steps",
                        .argument = "HOW",
                        .help =
                            "interpolate: within half of the runs at least; all: steps that all "
                            "have; any: over those that have it",
                        .completes = Completes::kChoice,
                        .choices = kStepChoices,
                        .initial = "interpolate"};
constexpr Option kDryRun{
    .letter = 'n', .name = "dry-run", .help = "Say what would be written; write nothing"};
constexpr std::string_view kFormats[] = {"text", "json"};
constexpr Option kFormat{.letter = 'f',
                         .name = "format",
                         .argument = "FORMAT",
                         .help = "text or json",
                         .completes = Completes::kChoice,
                         .choices = kFormats,
                         .initial = "text"};

// Which training runs are reduced together: what the user says, else the groups that were found.
absl::StatusOr<std::vector<model::Group>> GroupsOf(const Loaded& loaded,
                                                   const Arguments& arguments) {
  const auto& training_runs = loaded.grouping.training_runs;
  if (arguments.Has(kBy.name)) {
    const std::string text = arguments.Value(kBy);
    const re2::RE2 pattern(text, re2::RE2::Quiet);
    if (!pattern.ok() || pattern.NumberOfCapturingGroups() < 1) {
      return absl::InvalidArgumentError(
          StrCat("--by: '", Printable(text),
                 "': ", pattern.ok() ? "has no group in parentheses" : Printable(pattern.error())));
    }
    std::map<std::string, model::Group> found;
    for (size_t i = 0; i < training_runs.size(); ++i) {
      std::string name;
      if (!re2::RE2::PartialMatch(training_runs[i].name, pattern, &name)) continue;
      found[name].training_runs.push_back(i);
    }
    std::vector<model::Group> groups;
    for (auto& [name, group] : found) {
      group.name = name;
      if (group.training_runs.size() > 1) groups.push_back(std::move(group));
    }
    return groups;
  }
  if (!arguments.Has(kAll.name)) return loaded.grouping.groups;
  model::Group all{.name = "all"};
  for (size_t i = 0; i < training_runs.size(); ++i) all.training_runs.push_back(i);
  return std::vector<model::Group>{all};
}

std::string JsonOf(const std::vector<edit::ReducedGroup>& groups, bool dry_run) {
  ordered_json json = {
      {"schema", "telltale.reduce/1"}, {"version", Version()}, {"dry_run", dry_run}};
  ordered_json& list = json["groups"] = ordered_json::array();
  for (const edit::ReducedGroup& group : groups) {
    ordered_json tags = ordered_json::array();
    for (const edit::ReducedTag& tag : group.tags) {
      tags.push_back({{"run", tag.run},
                      {"tag", tag.tag},
                      {"training_runs", tag.members},
                      {"points", tag.points},
                      {"left_out", tag.left_out}});
    }
    list.push_back(
        {{"name", group.name}, {"training_runs", group.training_runs}, {"tags", std::move(tags)}});
  }
  return PrintableJson(json.dump(2, ' ', false, ordered_json::error_handler_t::replace)) + "\n";
}

std::string TextOf(const edit::ReducedGroup& group) {
  std::string out =
      StrCat(Printable(group.name), "  ", Count(group.training_runs.size(), "training run"), "\n");
  for (const edit::ReducedTag& tag : group.tags) {
    StrAppend(&out, "  ", Printable(tag.run), tag.run.empty() ? "" : ":", Printable(tag.tag), "  ",
              Count(tag.points, "point"), " of ", Count(tag.members, "training run"));
    if (tag.left_out > 0) {
      StrAppend(&out, "; ", Count(tag.left_out, "point"), " not finite, left out");
    }
    out += "\n";
  }
  return out;
}

int Run(const Arguments& arguments) {
  const auto settings = ReadSettings(arguments);
  if (!settings.ok()) return Fail(settings.status());
  const std::string& source = arguments.positional()[0];
  const std::string& destination = arguments.positional()[1];
  const auto loaded = Load(source, *settings);
  if (!loaded.ok()) return Fail(loaded.status());
  const auto groups = GroupsOf(*loaded, arguments);
  if (!groups.ok()) return Fail(groups.status());
  if (groups->empty()) {
    return Fail(absl::NotFoundError(
        StrCat(Printable(source),
               ": no group of training runs here; --all takes all of them, --by REGEX "
               "says which belong together")));
  }
  const std::string how = arguments.Value(kSteps);
  const edit::ReduceOptions options{.steps = how == "all"   ? model::StepsOf::kAll
                                             : how == "any" ? model::StepsOf::kAny
                                                            : model::StepsOf::kInterpolated,
                                    .dry_run = arguments.Has(kDryRun.name)};
  const auto reduced =
      edit::ReduceGroups(loaded->experiment, loaded->grouping, *groups, destination, options);
  if (!reduced.ok()) return Fail(reduced.status());
  Output output;
  if (settings->format == ReportFormat::kJson) {
    output.Write(JsonOf(*reduced, options.dry_run));
  } else {
    for (const edit::ReducedGroup& group : *reduced) {
      if (!settings->quiet) output.Write(TextOf(group));
    }
    output.Write(StrCat(options.dry_run ? "would write " : "wrote ",
                        Count(reduced->size(), "group"), " to ", Printable(destination), "\n"));
  }
  if (!output.status().ok()) return Fail(output.status());
  Tally tally;
  tally.Take(loaded->experiment.problems);
  return tally.exit_code();
}

constexpr const Option* kWhich[] = {&kAll, &kBy, &kSteps};
constexpr const Option* kOutput[] = {&kDryRun, &kFormat};
constexpr OptionGroup kOwnGroups[] = {{"What is reduced", kWhich}, {"What is written", kOutput}};
constexpr const OptionGroup* kGroups[] = {&kOwnGroups[0], &kOwnGroups[1], &kInputOptions,
                                          &kMeaningOptions, &kGeneralOptions};
constexpr Example kExamples[] = {
    {"telltale reduce logs reduced", "each group of seeds or of a sweep that is found"},
    {"telltale reduce logs reduced --by '(.*)_seed'", "training runs that share what is before"},
};

}  // namespace

extern const Command cmd_reduce;
constexpr Command cmd_reduce{
    .name = "reduce",
    .rank = 10,
    .summary = "Write means and spreads of groups of training runs",
    .operands = "SRC DST",
    .description =
        "Writes for each group of training runs below SRC event files with the mean, the standard "
        "deviation, the least, the greatest and the median of each tag, and a layout for "
        "TensorBoard's Custom Scalars tab that draws the mean within its deviation. All points "
        "are used, whatever steps they have. DST is there completely or not at all.",
    .fewest = 2,
    .most = 2,
    .completes = Completes::kDirectory,
    .groups = kGroups,
    .examples = kExamples,
    .run = Run};

}  // namespace telltale::cli
