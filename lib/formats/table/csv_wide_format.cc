#include "lib/formats/format.h"
#include "lib/formats/table/kind.h"
#include "lib/formats/table/read_tables.h"
#include "lib/formats/table/write_table.h"

namespace telltale::formats {
namespace table {
namespace {

constexpr std::string_view kId = "csv-wide";

Claim Sniff(const SniffInput& input) { return SniffKind(input, Kind::kCsvWide); }

absl::StatusOr<model::Experiment> Read(const std::string& path, const ReadOptions& options) {
  return ReadTables(path, options, Kind::kCsvWide, kId);
}

// A ".csv" is a long one unless --to says otherwise.
bool Claims(std::string_view /*destination*/) { return false; }

absl::StatusOr<Written> Write(const model::Experiment& experiment, const std::string& destination,
                              const WriteOptions& /*options*/) {
  return WriteTable(experiment, destination, Kind::kCsvWide);
}

constexpr Sink kSink{.capacity = {.time_a_point = false,
                                  .typed_params = true,
                                  .params = true,
                                  .tags = true,
                                  .notes = true},
                     .claims = Claims,
                     .fit_tag = FitColumn,
                     .fit_run = FitName,
                     .write = Write};

}  // namespace
}  // namespace table

extern const Format csv_wide_format;
const Format csv_wide_format{
    .id = table::kId,
    .summary = "Wide table: a row a step, a column a tag (CSV, TSV), as scripts write them",
    .sniff = table::Sniff,
    .read = table::Read,
    .sink = &table::kSink,
};

}  // namespace telltale::formats
