#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>

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

std::string Text(const report::TextOptions& options) {
  const report::Painter paint(options.color);
  size_t width = 0;
  for (const auto* format : formats::AllFormats()) width = std::max(width, format->id.size());
  std::string out;
  for (const auto* format : formats::AllFormats()) {
    StrAppend(&out, paint(report::Ink::kBold, report::PadEnd(format->id, width)), "  ",
              format->summary, "\n");
  }
  return out;
}

std::string Json() {
  nlohmann::ordered_json json;
  json["schema"] = "telltale.formats/1";
  json["version"] = Version();
  json["formats"] = nlohmann::ordered_json::array();
  for (const auto* format : formats::AllFormats()) {
    json["formats"].push_back({{"id", format->id}, {"summary", format->summary}});
  }
  return json.dump(2) + "\n";
}

std::string Markdown() {
  std::string out = "| format | what it is |\n| --- | --- |\n";
  for (const auto* format : formats::AllFormats()) {
    StrAppend(&out, "| ", MarkdownCode(format->id), " | ", EscapeMarkdown(format->summary), " |\n");
  }
  return out;
}

int Run(const Arguments& arguments) {
  const Settings settings = ReadPresentation(arguments);
  Output output;
  output.Write(settings.format == ReportFormat::kJson       ? Json()
               : settings.format == ReportFormat::kMarkdown ? Markdown()
                                                            : Text(settings.text));
  return output.status().ok() ? static_cast<int>(kDone) : Fail(output.status());
}

constexpr const Option* kOptions[] = {&kFormatOfTable, &kColor, &kHelp};
constexpr OptionGroup kOwn{"Options", kOptions};
constexpr const OptionGroup* kGroups[] = {&kOwn};

}  // namespace

extern const Command cmd_formats;
constexpr Command cmd_formats{
    .name = "formats",
    .rank = 7,
    .summary = "List the formats that can be read",
    .operands = "",
    .description =
        "Lists the formats that PATH may be in. They are found out by looking; --from of "
        "the other commands says it outright.",
    .groups = kGroups,
    .run = Run};

}  // namespace telltale::cli
