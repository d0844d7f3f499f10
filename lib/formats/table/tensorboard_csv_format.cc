#include "lib/formats/format.h"
#include "lib/formats/table/kind.h"
#include "lib/formats/table/read_tables.h"

namespace telltale::formats {
namespace table {
namespace {

constexpr std::string_view kId = "tensorboard-csv";

Claim Sniff(const SniffInput& input) { return SniffKind(input, Kind::kTensorBoard); }

absl::StatusOr<model::Experiment> Read(const std::string& path, const ReadOptions& options) {
  return ReadTables(path, options, Kind::kTensorBoard, kId);
}

}  // namespace
}  // namespace table

extern const Format tensorboard_csv_format;
const Format tensorboard_csv_format{
    .id = table::kId,
    .summary = "CSV or JSON that TensorBoard's page offers for download",
    .sniff = table::Sniff,
    .read = table::Read,
};

}  // namespace telltale::formats
