#include "lib/formats/format.h"
#include "lib/formats/table/kind.h"
#include "lib/formats/table/read_tables.h"

namespace telltale::formats {
namespace table {
namespace {

constexpr std::string_view kId = "hf-trainer";

Claim Sniff(const SniffInput& input) { return SniffKind(input, Kind::kHfTrainer); }

absl::StatusOr<model::Experiment> Read(const std::string& path, const ReadOptions& options) {
  return ReadTables(path, options, Kind::kHfTrainer, kId);
}

}  // namespace
}  // namespace table

extern const Format hf_trainer_format;
const Format hf_trainer_format{
    .id = table::kId,
    .summary = "trainer_state.json of Hugging Face's Trainer",
    .sniff = table::Sniff,
    .read = table::Read,
};

}  // namespace telltale::formats
