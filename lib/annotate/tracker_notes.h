// Annotations where the tracker has a place of its own for them: MLflow's tags and notes, W&B's
// notes, Trackio's alerts. And for files that have none, a page beside them.
#pragma once

#include <cstddef>
#include <vector>

#include "absl/status/statusor.h"
#include "lib/annotate/annotate.h"
#include "lib/formats/format.h"
#include "lib/report/report.h"

namespace telltale::annotate {

// One annotation for each training run of `report`, in their order, written with
// `format.write_notes`. A training run of several runs is noted at each of them. `path` is what
// Annotation::path is to be. Fails as a whole only before anything is written.
absl::StatusOr<std::vector<Annotation>> NoteInTracker(const formats::Format& format,
                                                      const report::PathReport& report,
                                                      size_t path);

// The same as Markdown files beside what was read: "metrics.csv.telltale.md" with all training runs
// of metrics.csv, or "telltale.md" in a directory that is a run. A file of that name that Telltale
// did not write is left alone, and is an error of its training runs.
std::vector<Annotation> WritePages(const report::PathReport& report, size_t path);

}  // namespace telltale::annotate
