#include "lib/formats/format.h"
#include "lib/formats/table/kind.h"
#include "lib/formats/table/read_tables.h"
#include "lib/formats/table/write_table.h"

namespace telltale::formats {
namespace table {
namespace {

constexpr std::string_view kId = "csv";

Claim Sniff(const SniffInput& input) { return SniffKind(input, Kind::kCsv); }

absl::StatusOr<model::Experiment> Read(const std::string& path, const ReadOptions& options) {
  return ReadTables(path, options, Kind::kCsv, kId);
}

bool Claims(std::string_view destination) {
  return destination.ends_with(".csv") || destination.ends_with(".tsv");
}

absl::StatusOr<Written> Write(const model::Experiment& experiment, const std::string& destination,
                              const WriteOptions& /*options*/) {
  return WriteTable(experiment, destination, Kind::kCsv);
}

constexpr Sink kSink{
    .capacity = {.typed_params = true, .params = true, .tags = true, .notes = true},
    .claims = Claims,
    .fit_tag = FitName,
    .fit_run = FitName,
    .write = Write};

}  // namespace
}  // namespace table

extern const Format csv_format;
const Format csv_format{
    .id = table::kId,
    .summary =
        "Long table: a row a point, with columns run, tag, step, wall_time, value (CSV, TSV)",
    .sniff = table::Sniff,
    .read = table::Read,
    .sink = &table::kSink,
};

}  // namespace telltale::formats
