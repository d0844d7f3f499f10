// The options that commands share, and what they amount to.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "lib/config/config.h"
#include "lib/diagnosis/finding.h"
#include "lib/report/text.h"
#include "tools/telltale/command.h"

namespace telltale::cli {

extern const Option kHelp, kQuiet, kVerbose, kColor;
extern const Option kFormatOfReport, kFormatOfDiagnosis, kFormatOfTable;
extern const Option kFrom, kInclude, kExclude, kJobs, kLimit;
extern const Option kRole, kParam, kNoGroup, kConfig, kNoConfig;
extern const Option kFailOn, kMaxMemory;

// The usual groups, for a command's table.
extern const OptionGroup kInputOptions, kMeaningOptions, kGeneralOptions;

enum class ReportFormat { kText, kJson, kJsonl, kMarkdown, kHtml, kSarif, kJunit };

struct Settings {
  ReportFormat format = ReportFormat::kText;
  report::TextOptions text = {};
  bool quiet = false;
  bool verbose = false;
  std::string from = {};  // id of a format; empty: detected
  std::function<bool(std::string_view run, std::string_view tag)> select = {};
  size_t jobs = 0;
  uint64_t max_record_bytes = 0;  // 0: as is usual
  size_t max_tags = 0;            // the same
  uint64_t max_memory = 0;        // bytes; 0: as is usual
  config::Config config = {};
  std::optional<diagnosis::Severity> fail_on = {};
};

// Only how results are printed: --format, --color, --quiet, --verbose.
Settings ReadPresentation(const Arguments& arguments);

// Reads the options that the command has, and the configuration that they name. InvalidArgument:
// wrong usage. Other errors: a file could not be read.
absl::StatusOr<Settings> ReadSettings(const Arguments& arguments);

}  // namespace telltale::cli
