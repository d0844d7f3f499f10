#include "lib/formats/format.h"
#include "lib/formats/table/kind.h"
#include "lib/formats/table/read_tables.h"

namespace telltale::formats {
namespace table {
namespace {

constexpr std::string_view kId = "lightning-csv";

Claim Sniff(const SniffInput& input) { return SniffKind(input, Kind::kLightning); }

absl::StatusOr<model::Experiment> Read(const std::string& path, const ReadOptions& options) {
  return ReadTables(path, options, Kind::kLightning, kId);
}

}  // namespace
}  // namespace table

extern const Format lightning_csv_format;
const Format lightning_csv_format{
    .id = table::kId,
    .summary = "metrics.csv of Lightning's CSVLogger, with hparams.yaml",
    .sniff = table::Sniff,
    .read = table::Read,
};

}  // namespace telltale::formats
