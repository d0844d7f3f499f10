#include "lib/formats/format.h"
#include "lib/formats/table/kind.h"
#include "lib/formats/table/read_tables.h"

namespace telltale::formats {
namespace table {
namespace {

constexpr std::string_view kId = "dvclive";

Claim Sniff(const SniffInput& input) { return SniffKind(input, Kind::kDvclive); }

absl::StatusOr<model::Experiment> Read(const std::string& path, const ReadOptions& options) {
  return ReadTables(path, options, Kind::kDvclive, kId);
}

}  // namespace
}  // namespace table

extern const Format dvclive_format;
const Format dvclive_format{
    .id = table::kId,
    .summary = "plots/metrics/ of DVCLive, with params.yaml",
    .sniff = table::Sniff,
    .read = table::Read,
};

}  // namespace telltale::formats
