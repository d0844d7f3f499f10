#include "lib/formats/format.h"
#include "lib/formats/table/kind.h"
#include "lib/formats/table/read_tables.h"

namespace telltale::formats {
namespace table {
namespace {

constexpr std::string_view kId = "keras-csv";

Claim Sniff(const SniffInput& input) { return SniffKind(input, Kind::kKeras); }

absl::StatusOr<model::Experiment> Read(const std::string& path, const ReadOptions& options) {
  return ReadTables(path, options, Kind::kKeras, kId);
}

}  // namespace
}  // namespace table

extern const Format keras_csv_format;
const Format keras_csv_format{
    .id = table::kId,
    .summary = "CSV of Keras' CSVLogger",
    .sniff = table::Sniff,
    .read = table::Read,
};

}  // namespace telltale::formats
