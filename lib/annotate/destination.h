// Where the annotation of a training run goes.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "lib/model/experiment.h"
#include "lib/model/training_run.h"

namespace telltale::annotate {

struct Destination {
  std::string root = {};  // no symbolic link may lead out of it
  std::string directory =
      {};  // "<training run>/telltale", of a session "<training run>/telltale#2"
  // Directories whose annotations this one makes obsolete, besides its own: of sessions that are no
  // more, or of the time before there were several.
  std::vector<std::string> obsolete = {};
};

// Of one training run of `experiment`, whose home holds `sessions` of them (0 where they are not
// numbered): beside the logs, or where `out_dir` is not empty below it, at
// the same relative path; a training run that is `experiment.path` itself stands there under its
// name. Sessions share a directory and must not share an annotation. Fails with InvalidArgument
// when a name cannot be a path.
absl::StatusOr<Destination> DestinationOf(const model::Experiment& experiment,
                                          const model::TrainingRun& training_run, uint32_t sessions,
                                          const std::string& out_dir);

// The event files in `destination.directory` that Telltale wrote, sorted by name. Fails with
// FailedPrecondition when it would be wrong to write there: a symbolic link leads away, or there
// are event files and none of them is Telltale's, so that the directory is a run of somebody's.
absl::StatusOr<std::vector<std::string>> OlderAnnotations(const Destination& destination);

// The event files in the obsolete directories that Telltale wrote. Links are not followed and what
// cannot be read is left out.
std::vector<std::string> ObsoleteAnnotations(const Destination& destination);

}  // namespace telltale::annotate
