#include "lib/formats/format.h"
#include "lib/formats/table/kind.h"
#include "lib/formats/table/read_tables.h"

namespace telltale::formats {
namespace table {
namespace {

constexpr std::string_view kId = "wandb-export";

Claim Sniff(const SniffInput& input) { return SniffKind(input, Kind::kWandbExport); }

absl::StatusOr<model::Experiment> Read(const std::string& path, const ReadOptions& options) {
  return ReadTables(path, options, Kind::kWandbExport, kId);
}

}  // namespace
}  // namespace table

extern const Format wandb_export_format;
const Format wandb_export_format{
    .id = table::kId,
    .summary = "What W&B exports: a history as CSV or JSON, the CSV of a panel",
    .sniff = table::Sniff,
    .read = table::Read,
};

}  // namespace telltale::formats
