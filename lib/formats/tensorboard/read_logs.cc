#include "lib/formats/tensorboard/read_logs.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "lib/base/status_util.h"
#include "lib/base/str.h"
#include "lib/formats/tensorboard/event_file.h"
#include "lib/formats/tensorboard/read_files.h"
#include "lib/formats/tensorboard/sessions.h"

namespace telltale::formats::tensorboard {
namespace {

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

}  // namespace

absl::StatusOr<FoundLogs> FindLogs(const std::string& path) {
  FoundLogs logs;
  const io::WalkOptions walk{.on_error = [&](const std::string& where, const absl::Status& why) {
    logs.problems.push_back({.path = where,
                             .kind = ProblemKind::kUnreadableFile,
                             .message = std::string(why.message())});
  }};
  TELLTALE_ASSIGN_OR_RETURN(logs.files, io::Walk(path, IsEventFileName, walk));
  if (!logs.files.empty()) return logs;
  // A single file that the user named is read whatever its name is.
  TELLTALE_ASSIGN_OR_RETURN(logs.files, io::Walk(
                                            path, [](const std::string&) { return true; }, walk));
  if (logs.files.size() == 1 && logs.files.front().path == path) return logs;
  return absl::NotFoundError(
      StrCat(path, ": no event files (names with \"tfevents\") here or below"));
}

absl::StatusOr<model::Experiment> ReadLogs(const std::string& path,
                                           const std::vector<io::FoundFile>& files,
                                           std::vector<Problem> problems,
                                           const ReadOptions& options) {
  model::Experiment experiment{.format = "tensorboard", .path = path};
  experiment.problems = std::move(problems);
  std::vector<EventFile> read = ReadFiles(files, options);
  if (options.cancelled && options.cancelled()) {
    return absl::CancelledError(StrCat(path, ": the read was cancelled"));
  }
  MergeDirectories(path, files, std::move(read), experiment);
  std::sort(experiment.runs.begin(), experiment.runs.end(),
            [](const model::Run& a, const model::Run& b) {
              return std::tie(a.name, a.session) < std::tie(b.name, b.session);
            });
  SortProblems(experiment.problems);
  return experiment;
}

}  // namespace telltale::formats::tensorboard
