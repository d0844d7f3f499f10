// Writes what diagnosis says where people look: one extra TensorBoard run for each training run.
//
//   <training run>/telltale/events.out.tfevents.<unix time>.telltale_<checksum>
//
//   text     telltale/diagnosis               verdict, findings, evidence, remedies, as Markdown
//   text     telltale/findings/<id>           one finding
//   scalar   telltale/generalization_gap ...  Diagnosis::curves
//   scalar   telltale/findings/<id>/active    1 on the steps of the finding, else 0
//   layout   custom_scalars__config__         train, validation and gap in one chart
//
// A tag is either text or scalar in TensorBoard: with both under one name its default loader shows
// neither or only the first, and the other answers with an error (2.21, tried in either order and
// with two files). So the curve has a tag below the text's, and the text's as its display name.
//
// Logs of other trackers get what their tracker shows (lib/formats/notes.h), or a page of Markdown
// beside them (lib/annotate/tracker_notes.h), unless the annotations go elsewhere: then they are
// event files as well.
//
// Sessions "name#1", "name#2" of one directory go to "<directory>/telltale#1" and so on.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "lib/report/report.h"

namespace telltale::annotate {

struct AnnotateOptions {
  // Annotations go below this directory, at the relative paths of the training runs (each path's
  // below its own name where several are given), as event files, and nothing is written beside the
  // logs. Empty: where the tracker of the logs shows them.
  std::string out_dir = {};
};

enum class Outcome {
  kWritten,    // there was none before
  kReplaced,   // an older annotation is gone
  kUnchanged,  // the annotation there already says this; the file was not touched
  kFailed,     // nothing was written for this training run, and nothing of it was changed
};

// What became of one training run.
struct Annotation {
  size_t path = 0;          // index into the reports given
  size_t training_run = 0;  // index into its grouping.training_runs
  Outcome outcome = Outcome::kFailed;
  std::string file = {};  // as the user would type it; empty where no place for it could be told
  std::vector<std::string> removed = {};  // older annotations of Telltale's that were in the way
  size_t texts = 0;                       // tags of text in the file
  size_t curves = 0;                      // tags of scalars in the file
  // Of kFailed: the path, the reason and what to do. Otherwise an older annotation that could not
  // be removed, so that TensorBoard shows both.
  absl::Status why = {};
};

struct AnnotateResult {
  std::vector<Annotation> annotations = {};  // one for each training run, in the order given
  size_t Count(Outcome outcome) const;
};

// Annotates training runs as they come, so that those of many paths, or of parts of one, need not
// be in memory together. Each one is annotated completely or not at all, and one that fails does
// not keep the others from being annotated. The same input gives the same bytes. No file is changed
// or removed but those that say that Telltale wrote them; of a tracker's database, tags, notes and
// alerts of Telltale's.
class Annotator {
 public:
  // `paths`: how many the user gave.
  Annotator(AnnotateOptions options, size_t paths);
  Annotator(Annotator&&) noexcept;
  ~Annotator();

  // The annotations of the training runs of `part`, in their order: all that path number `path`
  // holds, or a part in which no session of a directory is missing (workflow/diagnose_parts.h).
  // Annotation::training_run counts within the part. InvalidArgument, and nothing is written, when
  // the report is not consistent.
  absl::StatusOr<std::vector<Annotation>> Annotate(const report::PathReport& part, size_t path);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

// The same of all training runs of `paths`. Fails as a whole only before anything is written.
absl::StatusOr<AnnotateResult> Annotate(std::span<const report::PathReport> paths,
                                        const AnnotateOptions& options = {});

}  // namespace telltale::annotate
