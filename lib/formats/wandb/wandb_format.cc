#include <algorithm>
#include <string>
#include <string_view>

#include "lib/formats/format.h"
#include "lib/formats/wandb/names.h"
#include "lib/formats/wandb/notes.h"
#include "lib/formats/wandb/read_files.h"
#include "lib/formats/wandb/write_runs.h"

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

bool Claims(std::string_view destination) {
  while (destination.ends_with('/')) destination.remove_suffix(1);
  return destination.substr(destination.rfind('/') + 1) == "wandb";
}

constexpr Sink kSink{.capacity = {.time_a_point = false,
                                  .odd_wall_times = false,
                                  .custom_axes = true,
                                  .typed_params = true,
                                  .params = true,
                                  .tags = true,
                                  .notes = true},
                     .claims = Claims,
                     .fit_tag = FitTag,
                     .fit_run = FitRunName,
                     .write = WriteRuns};

}  // namespace
}  // namespace wandb

extern const Format wandb_format;
const Format wandb_format{
    .id = "wandb",
    .summary = "Weights & Biases runs (.wandb files, run directories, wandb/)",
    .sniff = wandb::Sniff,
    .read = wandb::ReadFiles,
    .sink = &wandb::kSink,
    .write_notes = wandb::WriteNotes,
    .notes_shown =
        "after `wandb sync` of the new directories (offline-run-...-telltale): each run's notes, "
        "and "
        "telltale.verdict and telltale.findings in its summary",
};

}  // namespace telltale::formats
