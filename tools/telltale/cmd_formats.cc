#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "lib/base/str.h"
#include "lib/base/text.h"
#include "lib/base/version.h"
#include "lib/formats/format.h"
#include "lib/report/style.h"
#include "tools/telltale/command.h"
#include "tools/telltale/exit_code.h"
#include "tools/telltale/options.h"
#include "tools/telltale/terminal.h"

namespace telltale::cli {
namespace {

// What a format cannot hold as it comes, in words; empty where it holds everything.
std::vector<std::string> Limits(const formats::Capacity& capacity) {
  std::vector<std::string> limits;
  const auto add = [&](std::string text) { limits.push_back(std::move(text)); };
  if (!capacity.float64) add("values of 32 bits");
  if (!capacity.negative_zero) add("-0 is 0");
  if (!capacity.greatest_double) add("the greatest double is infinity");
  if (!capacity.wall_times) add("no wall times");
  if (capacity.time_unit > 0)
    add(absl::StrFormat("wall times in units of %g s", capacity.time_unit));
  if (!capacity.time_a_point) add("one wall time a step");
  if (!capacity.repeated_points) add("a point once");
  if (!capacity.custom_axes) add("no x axes besides the step");
  if (capacity.tags_are_paths) add("no loss beside loss/x");
  if (!capacity.opaque) add("no images or histograms");
  if (!capacity.texts) add("texts as tags");
  if (!capacity.params) {
    add("no hyper-parameters");
  } else if (!capacity.typed_params) {
    add("hyper-parameters as text");
  }
  if (!capacity.tags) add("tags and note as a text");
  return limits;
}

std::string_view Access(const formats::Format& format) {
  return format.sink == nullptr ? "read" : "read, write";
}

std::string Text(const report::TextOptions& options, bool verbose) {
  const report::Painter paint(options.color);
  size_t width = 0;
  for (const auto* format : formats::AllFormats()) width = std::max(width, format->id.size());
  std::string out;
  for (const auto* format : formats::AllFormats()) {
    StrAppend(&out, paint(report::Ink::kBold, report::PadEnd(format->id, width)), "  ",
              report::PadEnd(Access(*format), 11), "  ", format->summary, "\n");
    if (!verbose || format->sink == nullptr) continue;
    const std::string limits = absl::StrJoin(Limits(format->sink->capacity), "; ");
    out +=
        report::Hanging(std::string(width + 15, ' '), limits.empty() ? "holds everything" : limits,
                        options.width, paint, report::Ink::kDim);
  }
  return out;
}

std::string Json() {
  nlohmann::ordered_json json;
  json["schema"] = "telltale.formats/1";
  json["version"] = Version();
  json["formats"] = nlohmann::ordered_json::array();
  for (const auto* format : formats::AllFormats()) {
    nlohmann::ordered_json each{{"id", format->id}, {"summary", format->summary}};
    each["writable"] = format->sink != nullptr;
    each["annotated_in_place"] = format->write_notes != nullptr || format->id == "tensorboard";
    each["limits"] = format->sink == nullptr
                         ? nlohmann::ordered_json(nullptr)
                         : nlohmann::ordered_json(Limits(format->sink->capacity));
    json["formats"].push_back(std::move(each));
  }
  return json.dump(2) + "\n";
}

std::string Markdown() {
  std::string out =
      "| format | | what it is | what it cannot hold as it comes |\n| --- | --- | --- | --- |\n";
  for (const auto* format : formats::AllFormats()) {
    const std::string limits =
        format->sink == nullptr ? "" : absl::StrJoin(Limits(format->sink->capacity), "; ");
    StrAppend(&out, "| ", MarkdownCode(format->id), " | ", Access(*format), " | ",
              EscapeMarkdown(format->summary), " | ", EscapeMarkdown(limits), " |\n");
  }
  return out;
}

int Run(const Arguments& arguments) {
  const Settings settings = ReadPresentation(arguments);
  Output output;
  output.Write(settings.format == ReportFormat::kJson ? Json()
               : settings.format == ReportFormat::kMarkdown
                   ? Markdown()
                   : Text(settings.text, settings.verbose));
  return output.status().ok() ? static_cast<int>(kDone) : Fail(output.status());
}

constexpr const Option* kOptions[] = {&kFormatOfTable, &kColor, &kVerbose, &kHelp};
constexpr OptionGroup kOwn{"Options", kOptions};
constexpr const OptionGroup* kGroups[] = {&kOwn};

}  // namespace

extern const Command cmd_formats;
constexpr Command cmd_formats{
    .name = "formats",
    .rank = 21,
    .summary = "List the formats that can be read and written",
    .operands = "",
    .description =
        "Lists the formats that PATH may be in, and those that `telltale convert` writes; with "
        "--verbose also what each cannot hold as it comes. Formats are found out by looking; "
        "--from "
        "of the other commands says it outright.",
    .groups = kGroups,
    .run = Run};

}  // namespace telltale::cli
