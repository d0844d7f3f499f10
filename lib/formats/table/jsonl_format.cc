#include "lib/formats/format.h"
#include "lib/formats/table/kind.h"
#include "lib/formats/table/read_tables.h"
#include "lib/formats/table/write_table.h"

namespace telltale::formats {
namespace table {
namespace {

constexpr std::string_view kId = "jsonl";

Claim Sniff(const SniffInput& input) { return SniffKind(input, Kind::kJsonl); }

absl::StatusOr<model::Experiment> Read(const std::string& path, const ReadOptions& options) {
  return ReadTables(path, options, Kind::kJsonl, kId);
}

bool Claims(std::string_view destination) {
  return destination.ends_with(".jsonl") || destination.ends_with(".ndjson");
}

absl::StatusOr<Written> Write(const model::Experiment& experiment, const std::string& destination,
                              const WriteOptions& /*options*/) {
  return WriteTable(experiment, destination, Kind::kJsonl);
}

constexpr Sink kSink{
    .capacity = {.typed_params = true, .params = true, .tags = true, .notes = true},
    .claims = Claims,
    .fit_tag = FitName,
    .fit_run = FitName,
    .write = Write};

}  // namespace
}  // namespace table

extern const Format jsonl_format;
const Format jsonl_format{
    .id = table::kId,
    .summary = "JSON Lines, or an array of objects: a point each, or a step each",
    .sniff = table::Sniff,
    .read = table::Read,
    .sink = &table::kSink,
};

}  // namespace telltale::formats
