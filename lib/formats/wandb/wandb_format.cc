#include <algorithm>
#include <string>
#include <string_view>

#include "lib/formats/format.h"
#include "lib/formats/wandb/read_files.h"

namespace telltale::formats {
namespace wandb {
namespace {

constexpr std::string_view kSignature = kMagic.substr(0, 4);
constexpr size_t kMostDepth = 3;  // project/wandb/run-.../run-id.wandb

Claim SniffFile(std::string_view path, std::string_view head) {
  if (head.starts_with(kSignature)) return Claim::kYes;
  return path.ends_with(kSuffix) ? Claim::kMaybe : Claim::kNo;
}

Claim Sniff(const SniffInput& input) {
  if (!input.directory) return SniffFile(input.path, input.head);
  Claim claim = Claim::kNo;
  size_t looked = 0;
  for (const std::string& file : input.files) {
    if (!file.ends_with(kSuffix)) continue;
    claim = Claim::kMaybe;
    const auto depth = static_cast<size_t>(std::count(file.begin(), file.end(), '/'));
    constexpr size_t kMostLooks = 16;
    if (depth > kMostDepth || ++looked > kMostLooks) break;
    if (SniffFile(file, input.head_of(file)) == Claim::kYes) return Claim::kYes;
  }
  return claim;
}

}  // namespace
}  // namespace wandb

extern const Format wandb_format;
const Format wandb_format{
    .id = "wandb",
    .summary = "Weights & Biases runs (.wandb files, run directories, wandb/)",
    .sniff = wandb::Sniff,
    .read = wandb::ReadFiles,
};

}  // namespace telltale::formats
