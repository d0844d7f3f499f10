#include "lib/annotate/annotate.h"

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "lib/annotate/content.h"
#include "lib/annotate/destination.h"
#include "lib/annotate/tracker_notes.h"
#include "lib/base/status_util.h"
#include "lib/base/str.h"
#include "lib/formats/format.h"
#include "lib/io/atomic_file.h"
#include "lib/io/safe_path.h"
#include "lib/model/run_names.h"

namespace telltale::annotate {
namespace {

namespace fs = std::filesystem;

absl::Status Check(const report::PathReport& path) {
  if (path.diagnoses.size() == path.grouping.training_runs.size()) return absl::OkStatus();
  return absl::InvalidArgumentError(
      StrCat(path.experiment.path, ": ", path.grouping.training_runs.size(), " training runs but ",
             path.diagnoses.size(), " diagnoses"));
}

bool Holds(const std::string& file, const std::string& bytes) {
  std::error_code error;
  if (fs::file_size(file, error) != bytes.size() || error) return false;
  std::ifstream stream(file, std::ios::binary);
  return std::equal(std::istreambuf_iterator<char>(stream), {}, bytes.begin(), bytes.end());
}

// Removes `files` and the directories that are empty then, except that of `kept`; the first
// failure, if any.
absl::Status Remove(const std::vector<std::string>& files, const std::string& kept,
                    std::vector<std::string>& removed) {
  absl::Status status;
  for (const std::string& file : files) {
    std::error_code error;
    if (file == kept) continue;
    if (fs::remove(file, error)) {
      removed.push_back(file);
      const fs::path directory = fs::path(file).parent_path();
      if (directory != fs::path(kept).parent_path()) fs::remove(directory, error);
    } else if (error && status.ok()) {
      status = ErrnoStatus(error.value(), file, "cannot remove this older annotation");
    }
  }
  return status;
}

// Writes the annotation and then removes what it replaces, so that there is one at every moment.
absl::Status Write(const report::RunReport& report, const Destination& destination,
                   Annotation& annotation) {
  TELLTALE_ASSIGN_OR_RETURN(std::vector<std::string> older, OlderAnnotations(destination));
  TELLTALE_ASSIGN_OR_RETURN(const Content content, MakeContent(report));
  const std::string file = StrCat(destination.directory, "/", content.file_name);
  annotation.file = file;
  annotation.texts = content.texts;
  annotation.curves = content.curves;

  const bool ours = std::find(older.begin(), older.end(), file) != older.end();
  std::error_code ignored;
  if (!ours && fs::exists(fs::symlink_status(file, ignored))) {
    return absl::FailedPreconditionError(StrCat(file, ": is there and is not Telltale's"));
  }
  const bool unchanged = ours && Holds(file, content.bytes);
  if (!unchanged) TELLTALE_RETURN_IF_ERROR(io::WriteFileAtomically(file, content.bytes));

  const std::vector<std::string> obsolete = ObsoleteAnnotations(destination);
  const bool replaced = !older.empty() || !obsolete.empty();
  older.insert(older.end(), obsolete.begin(), obsolete.end());
  annotation.outcome = unchanged  ? Outcome::kUnchanged
                       : replaced ? Outcome::kReplaced
                                  : Outcome::kWritten;
  annotation.why = Remove(older, file, annotation.removed);
  return absl::OkStatus();
}

}  // namespace

// Each destination can be used once.
class Annotator::Impl {
 public:
  Impl(AnnotateOptions options, size_t paths) : options_(std::move(options)), paths_(paths) {}

  std::vector<Annotation> Run(const report::PathReport& part, size_t path) {
    if (!AsEventFiles(part)) return AnnotateOtherwise(part, path);
    CountSessions(part.grouping);
    std::vector<Annotation> annotations(part.grouping.training_runs.size());
    for (size_t i = 0; i < annotations.size(); ++i) {
      Annotation& annotation = annotations[i];
      annotation.path = path;
      annotation.training_run = i;
      absl::Status status = AnnotateOne(part, annotation);
      if (status.ok()) continue;
      annotation.outcome = Outcome::kFailed;
      annotation.why = WithAdvice(status);
    }
    return annotations;
  }

 private:
  // Beside logs of other trackers TensorBoard would not look for them.
  bool AsEventFiles(const report::PathReport& path) const {
    return !options_.out_dir.empty() || path.experiment.format == "tensorboard";
  }

  static std::vector<Annotation> AnnotateOtherwise(const report::PathReport& part, size_t path) {
    const formats::Format* format = formats::FindFormat(part.experiment.format);
    if (format == nullptr || format->write_notes == nullptr) return WritePages(part, path);
    auto noted = NoteInTracker(*format, part, path);
    if (noted.ok()) return *std::move(noted);
    std::vector<Annotation> failed;
    for (size_t i = 0; i < part.grouping.training_runs.size(); ++i) {
      failed.push_back({.path = path, .training_run = i, .why = noted.status()});
    }
    return failed;
  }

  void CountSessions(const model::Grouping& grouping) {
    sessions_.clear();
    for (const model::TrainingRun& training_run : grouping.training_runs) {
      uint32_t& sessions = sessions_[ToAbsl(training_run.home)];
      sessions = std::max(sessions, training_run.session);
    }
  }

  absl::Status AnnotateOne(const report::PathReport& path, Annotation& annotation) {
    const model::TrainingRun& training_run = path.grouping.training_runs[annotation.training_run];
    TELLTALE_ASSIGN_OR_RETURN(const std::string out_dir, OutDirectory(path, training_run));
    TELLTALE_ASSIGN_OR_RETURN(const Destination destination,
                              DestinationOf(path.experiment, training_run,
                                            sessions_[ToAbsl(training_run.home)], out_dir));
    const auto [it, is_new] = taken_.try_emplace(destination.directory, training_run.path);
    if (!is_new) {
      return absl::AlreadyExistsError(StrCat(destination.directory, ": the annotations of ",
                                             it->second, " and of ", training_run.path,
                                             " would both go there"));
    }
    return Write({path.experiment, training_run, path.diagnoses[annotation.training_run]},
                 destination, annotation);
  }

  // Two paths may hold training runs of the same names, so each has a directory of its own.
  absl::StatusOr<std::string> OutDirectory(const report::PathReport& path,
                                           const model::TrainingRun& training_run) const {
    if (options_.out_dir.empty() || paths_ == 1 || training_run.home == ".") {
      return options_.out_dir;
    }
    return io::JoinBelow(options_.out_dir, model::NameOfPath(path.experiment.path));
  }

  absl::Status WithAdvice(const absl::Status& status) const {
    if (!options_.out_dir.empty()) return status;
    return {status.code(),
            StrCat(ToStd(status.message()), "; --out DIR writes annotations elsewhere")};
  }

  const AnnotateOptions options_;
  const size_t paths_;
  absl::flat_hash_map<absl::string_view, uint32_t> sessions_;  // by home, of the present part
  absl::flat_hash_map<std::string, std::string> taken_;        // directory -> whose
};

Annotator::Annotator(AnnotateOptions options, size_t paths)
    : impl_(std::make_unique<Impl>(std::move(options), paths)) {}
Annotator::Annotator(Annotator&&) noexcept = default;
Annotator::~Annotator() = default;

absl::StatusOr<std::vector<Annotation>> Annotator::Annotate(const report::PathReport& part,
                                                            size_t path) {
  TELLTALE_RETURN_IF_ERROR(Check(part));
  return impl_->Run(part, path);
}

size_t AnnotateResult::Count(Outcome outcome) const {
  return static_cast<size_t>(
      std::count_if(annotations.begin(), annotations.end(),
                    [&](const Annotation& each) { return each.outcome == outcome; }));
}

absl::StatusOr<AnnotateResult> Annotate(std::span<const report::PathReport> paths,
                                        const AnnotateOptions& options) {
  // All of them before anything is written: a caller's mistake must not show halfway.
  for (const report::PathReport& path : paths) TELLTALE_RETURN_IF_ERROR(Check(path));
  Annotator annotator(options, paths.size());
  AnnotateResult result;
  for (size_t i = 0; i < paths.size(); ++i) {
    TELLTALE_ASSIGN_OR_RETURN(std::vector<Annotation> added, annotator.Annotate(paths[i], i));
    std::move(added.begin(), added.end(), std::back_inserter(result.annotations));
  }
  return result;
}

}  // namespace telltale::annotate
