#include <algorithm>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "lib/base/bytes.h"
#include "lib/base/crc32c.h"
#include "lib/base/status_util.h"
#include "lib/base/str.h"
#include "lib/formats/format.h"
#include "lib/formats/tensorboard/event_file.h"
#include "lib/formats/tensorboard/read_files.h"
#include "lib/formats/tensorboard/sessions.h"
#include "lib/formats/tensorboard/sink.h"
#include "lib/io/walk.h"
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

void MergeDirectories(const std::string& root, const std::vector<io::FoundFile>& found,
                      std::vector<EventFile> files, model::Experiment& experiment) {
  for (size_t i = 0; i < found.size();) {
    std::vector<EventFile> together;
    const size_t first = i;
    for (; i < found.size() && found[i].directory == found[first].directory; ++i) {
      for (Problem& problem : files[i].problems) experiment.problems.push_back(std::move(problem));
      together.push_back(std::move(files[i]));
    }
    const std::string& directory = found[first].directory;
    const std::string path =
        directory == "." ? root : StrCat(root, root.ends_with('/') ? "" : "/", directory);
    for (model::Run& run : MergeFiles(directory, path, std::move(together), experiment.problems)) {
      experiment.runs.push_back(std::move(run));
    }
  }
}

absl::StatusOr<model::Experiment> Read(const std::string& path, const ReadOptions& options) {
  model::Experiment experiment{.format = "tensorboard", .path = path};
  const io::WalkOptions walk{.on_error = [&](const std::string& where, const absl::Status& why) {
    experiment.problems.push_back({.path = where,
                                   .kind = ProblemKind::kUnreadableFile,
                                   .message = std::string(why.message())});
  }};
  TELLTALE_ASSIGN_OR_RETURN(std::vector<io::FoundFile> found,
                            io::Walk(path, IsEventFileName, walk));
  if (found.empty()) {
    // A single file that the user named is read whatever its name is.
    TELLTALE_ASSIGN_OR_RETURN(found, io::Walk(
                                         path, [](const std::string&) { return true; }, walk));
    if (found.size() != 1 || found.front().path != path) {
      return absl::NotFoundError(
          StrCat(path, ": no event files (names with \"tfevents\") here or below"));
    }
  }
  std::vector<EventFile> files = ReadFiles(found, options);
  if (options.cancelled && options.cancelled()) {
    return absl::CancelledError(StrCat(path, ": the read was cancelled"));
  }
  MergeDirectories(path, found, std::move(files), experiment);
  std::sort(experiment.runs.begin(), experiment.runs.end(),
            [](const model::Run& a, const model::Run& b) {
              return std::tie(a.name, a.session) < std::tie(b.name, b.session);
            });
  SortProblems(experiment.problems);
  return experiment;
}

}  // namespace
}  // namespace tensorboard

extern const Format tensorboard_format;
const Format tensorboard_format{
    .id = "tensorboard",
    .summary = "TensorBoard event files (a log directory, a run directory or one file)",
    .sniff = tensorboard::Sniff,
    .read = tensorboard::Read,
    .sink = &tensorboard::kSink,
};

}  // namespace telltale::formats
