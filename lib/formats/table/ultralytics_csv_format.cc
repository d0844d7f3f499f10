#include "lib/formats/format.h"
#include "lib/formats/table/kind.h"
#include "lib/formats/table/read_tables.h"

namespace telltale::formats {
namespace table {
namespace {

constexpr std::string_view kId = "ultralytics-csv";

Claim Sniff(const SniffInput& input) { return SniffKind(input, Kind::kUltralytics); }

absl::StatusOr<model::Experiment> Read(const std::string& path, const ReadOptions& options) {
  return ReadTables(path, options, Kind::kUltralytics, kId);
}

}  // namespace
}  // namespace table

extern const Format ultralytics_csv_format;
const Format ultralytics_csv_format{
    .id = table::kId,
    .summary = "results.csv of Ultralytics YOLO, with args.yaml",
    .sniff = table::Sniff,
    .read = table::Read,
};

}  // namespace telltale::formats
