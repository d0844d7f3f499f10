#include <string>
#include <utility>

#include "lib/base/bytes.h"
#include "lib/base/crc32c.h"
#include "lib/base/status_util.h"
#include "lib/base/str.h"
#include "lib/formats/format.h"
#include "lib/formats/tensorboard/event_file.h"
#include "lib/formats/tensorboard/parts.h"
#include "lib/formats/tensorboard/read_logs.h"
#include "lib/formats/tensorboard/sink.h"
#include "lib/records/tfrecord_format.h"

namespace telltale::formats {
namespace tensorboard {
namespace {

// Trackers keep event files among their own: MLflow below a run's artifacts/, W&B below wandb/.
// There they say nothing about what the directory as a whole is.
bool BelongsToAnotherTracker(std::string_view file) {
  const std::string path = StrCat("/", file);
  return path.find("/artifacts/") != std::string::npos || path.find("/wandb/") != std::string::npos;
}

Claim SniffDirectory(const SniffInput& input) {
  for (const std::string& file : input.files) {
    if (IsEventFileName(std::string_view(file).substr(file.rfind('/') + 1)) &&
        !BelongsToAnotherTracker(file)) {
      return Claim::kYes;
    }
  }
  return Claim::kMaybe;  // they may stand deeper than anybody looked
}

Claim Sniff(const SniffInput& input) {
  if (input.directory) return SniffDirectory(input);
  const std::string_view name = input.path.substr(input.path.rfind('/') + 1);
  const bool named = IsEventFileName(name);
  if (input.head.size() >= records::kTfRecordHeaderBytes) {
    const auto stored =
        LoadLittleEndian<uint32_t>(input.head.data() + records::kTfRecordLengthBytes);
    if (stored == MaskedCrc32c(input.head.substr(0, records::kTfRecordLengthBytes))) {
      return named ? Claim::kYes : Claim::kMaybe;
    }
  }
  return named ? Claim::kMaybe : Claim::kNo;
}

absl::StatusOr<model::Experiment> Read(const std::string& path, const ReadOptions& options) {
  TELLTALE_ASSIGN_OR_RETURN(FoundLogs logs, FindLogs(path));
  return ReadLogs(path, logs.files, std::move(logs.problems), options);
}

}  // namespace
}  // namespace tensorboard

extern const Format tensorboard_format;
const Format tensorboard_format{
    .id = "tensorboard",
    .summary = "TensorBoard event files (a log directory, a run directory or one file)",
    .sniff = tensorboard::Sniff,
    .read = tensorboard::Read,
    .divide = tensorboard::Divide,
    .sink = &tensorboard::kSink,
};

}  // namespace telltale::formats
