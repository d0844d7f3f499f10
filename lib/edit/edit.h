// Copies of event files in which something is changed: tags, runs, steps, wall times, restarts.
// Summaries of every kind go through it; what an edit does not touch stays byte for byte.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "lib/base/problem.h"
#include "lib/convert/rename.h"
#include "lib/edit/change_counts.h"
#include "lib/edit/pattern.h"

namespace telltale::edit {

// A run that was begun again: another event file, or a SessionLog START inside of one.
enum class Restarts : uint8_t {
  kKeep,
  kMerge,  // one file a run; what a later start logged takes the place of what came before
  kSplit,  // each start becomes a run of its own: "<run>/1", "<run>/2", ...
};

// In the order in which they are applied.
struct EditOptions {
  // A run or a tag stays where it matches one of `keep`, or there is none about runs, or none about
  // tags and plugins; and none of `drop`.
  std::vector<Pattern> keep = {};
  std::vector<Pattern> drop = {};
  bool slim = false;  // only scalars and texts stay
  int64_t first_step = std::numeric_limits<int64_t>::min();
  int64_t last_step = std::numeric_limits<int64_t>::max();
  Restarts restarts = Restarts::kKeep;
  bool merge_files = false;  // the files of a run become one, in the order of wall times
  size_t points = 0;         // at least 3; of each scalar tag of a run at most so many stay. 0: all
  std::vector<convert::RenameRule> rename_runs = {};
  std::vector<convert::RenameRule> rename_tags = {};
  // step * scale_steps + shift_steps, rounded: of values that match one of `only`, or of all.
  std::vector<Pattern> only = {};
  double scale_steps = 1;
  int64_t shift_steps = 0;
  // Seconds since the run's first event * scale_time, and `shift_time` seconds later.
  double scale_time = 1;
  double shift_time = 0;
  bool fix_clocks = false;  // wall times are finite and never go back within a run
  bool dry_run = false;     // nothing is written
  size_t jobs = 0;          // threads; 0: one per core
};

// What of a tag gave way to a later start of the run.
struct Overlap {
  std::string tag = {};
  int64_t first_step = 0;
  int64_t last_step = 0;
  uint64_t values = 0;
};

struct EditedRun {
  std::string run = {};                   // as it was found; "." for the source itself
  std::vector<std::string> read = {};     // its files
  std::vector<std::string> written = {};  // relative to the destination; none: it was left out
  uint64_t records_in = 0;
  uint64_t records_out = 0;
  uint64_t values_in = 0;
  uint64_t values_out = 0;
  ChangeCounts changes = {};           // what was done, in words, and how often
  std::vector<Overlap> overlaps = {};  // by tag
  std::vector<Problem> problems = {};  // what could not be read
};

struct EditReport {
  std::vector<EditedRun> runs = {};
};

// Edits the event files at or below `source` into the directory `destination`, which is there
// completely or not at all; one that an earlier edit wrote is replaced. Records that cannot be read
// are problems, and left out. Errors: NotFound where there are no event files; AlreadyExists where
// something else stands at the destination; InvalidArgument where source and destination lie in
// each other, two tags or two files would have one name, a .wandb file is met, or a factor or shift
// is not finite.
absl::StatusOr<EditReport> Edit(const std::string& source, const std::string& destination,
                                const EditOptions& options);

}  // namespace telltale::edit
