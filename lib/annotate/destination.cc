#include "lib/annotate/destination.h"

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <string_view>
#include <system_error>

#include "absl/strings/numbers.h"
#include "lib/base/status_util.h"
#include "lib/base/str.h"
#include "lib/formats/tensorboard/own_writer.h"
#include "lib/io/safe_path.h"
#include "lib/model/run_names.h"

namespace telltale::annotate {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kDirectory = "telltale";
constexpr std::string_view kSessionPrefix = "telltale#";

// The directory that `path` is, or that the file `path` stands in.
std::string DirectoryOf(const std::string& path) {
  std::error_code ignored;
  if (!fs::is_regular_file(path, ignored)) return path;
  const std::string parent = fs::path(path).parent_path().string();
  return parent.empty() ? "." : parent;
}

// The number of a directory that holds the annotation of a session, or 0.
uint32_t SessionOfDirectory(std::string_view name) {
  uint32_t session = 0;
  if (!name.starts_with(kSessionPrefix)) return 0;
  return absl::SimpleAtoi(ToAbsl(name.substr(kSessionPrefix.size())), &session) ? session : 0;
}

std::vector<std::string> ObsoleteDirectories(const std::string& home, uint32_t session,
                                             uint32_t sessions) {
  std::vector<std::string> obsolete;
  std::error_code error;
  for (fs::directory_iterator entry(home, error), end; !error && entry != end;
       entry.increment(error)) {
    const std::string name = entry->path().filename().string();
    const bool before_there_were_several = session > 0 && name == kDirectory;
    if (before_there_were_several || SessionOfDirectory(name) > sessions) {
      obsolete.push_back(StrCat(home, home.ends_with('/') ? "" : "/", name));
    }
  }
  std::sort(obsolete.begin(), obsolete.end());
  return obsolete;
}

// The event files in one directory, sorted; fails when it is there and cannot be listed.
absl::StatusOr<std::vector<std::string>> EventFiles(const std::string& directory) {
  std::vector<std::string> files;
  std::error_code error;
  fs::directory_iterator entry(directory, error);
  if (error == std::errc::no_such_file_or_directory) return files;
  for (const fs::directory_iterator end; !error && entry != end; entry.increment(error)) {
    const std::string name = entry->path().filename().string();
    if (name.find("tfevents") != std::string::npos) files.push_back(StrCat(directory, "/", name));
  }
  if (error) return ErrnoStatus(error.value(), directory, "cannot list");
  std::sort(files.begin(), files.end());
  return files;
}

bool IsOwn(const std::string& file) {
  std::error_code error;
  return fs::is_regular_file(file, error) &&
         formats::tensorboard::IsOwnEventFile(file).value_or(false);
}

bool IsLink(const std::string& path) {
  std::error_code ignored;
  return fs::is_symlink(path, ignored);
}

}  // namespace

absl::StatusOr<Destination> DestinationOf(const model::Experiment& experiment,
                                          const model::TrainingRun& training_run, uint32_t sessions,
                                          const std::string& out_dir) {
  Destination destination;
  std::string relative = training_run.home;
  if (out_dir.empty()) {
    destination.root = DirectoryOf(experiment.path);
  } else {
    destination.root = out_dir;
    if (relative == ".") relative = model::NameOfPath(experiment.path);
  }
  TELLTALE_ASSIGN_OR_RETURN(const std::string home, io::JoinBelow(destination.root, relative));
  TELLTALE_ASSIGN_OR_RETURN(
      destination.directory,
      io::JoinBelow(home, training_run.session == 0
                              ? std::string(kDirectory)
                              : StrCat(kSessionPrefix, training_run.session)));
  destination.obsolete = ObsoleteDirectories(home, training_run.session, sessions);
  return destination;
}

absl::StatusOr<std::vector<std::string>> OlderAnnotations(const Destination& destination) {
  const std::string& directory = destination.directory;
  TELLTALE_RETURN_IF_ERROR(io::CheckBelow(destination.root, directory));
  if (IsLink(directory)) {
    return absl::FailedPreconditionError(
        StrCat(directory, ": is a symbolic link, so it is not Telltale's own directory"));
  }
  TELLTALE_ASSIGN_OR_RETURN(const std::vector<std::string> files, EventFiles(directory));
  std::vector<std::string> own;
  std::copy_if(files.begin(), files.end(), std::back_inserter(own), IsOwn);
  if (own.empty() && !files.empty()) {
    return absl::FailedPreconditionError(
        StrCat(directory, ": is a run that Telltale did not write (", files.front(),
               "), and TensorBoard would mix the annotation into it"));
  }
  return own;
}

std::vector<std::string> ObsoleteAnnotations(const Destination& destination) {
  std::vector<std::string> own;
  for (const std::string& directory : destination.obsolete) {
    if (IsLink(directory)) continue;
    const auto files = EventFiles(directory);
    if (!files.ok()) continue;
    std::copy_if(files->begin(), files->end(), std::back_inserter(own), IsOwn);
  }
  return own;
}

}  // namespace telltale::annotate
