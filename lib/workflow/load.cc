#include "lib/workflow/load.h"

#include <atomic>
#include <mutex>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "lib/base/nearest.h"
#include "lib/base/parallel.h"
#include "lib/base/status_util.h"
#include "lib/base/str.h"
#include "lib/base/text.h"
#include "lib/model/same_content.h"

namespace telltale::workflow {
namespace {

// What was said before of training runs that have not changed since.
class Memory {
 public:
  explicit Memory(const EarlierDiagnosis* earlier) : earlier_(earlier) {
    if (earlier == nullptr) return;
    const auto& training_runs = earlier->grouping.training_runs;
    for (size_t i = 0; i < training_runs.size() && i < earlier->diagnoses.size(); ++i) {
      index_.emplace(training_runs[i].name, i);
    }
  }

  const diagnosis::Diagnosis* Find(const model::Experiment& experiment,
                                   const model::TrainingRun& training_run) const {
    const auto found = index_.find(training_run.name);
    if (found == index_.end()) return nullptr;
    const bool same =
        model::SameContent(earlier_->experiment, earlier_->grouping.training_runs[found->second],
                           experiment, training_run);
    return same ? &earlier_->diagnoses[found->second] : nullptr;
  }

 private:
  const EarlierDiagnosis* earlier_;
  absl::flat_hash_map<std::string, size_t> index_;
};

}  // namespace

void DropEmptyRuns(model::Experiment& experiment) {
  std::erase_if(experiment.runs, [](const model::Run& run) {
    return !run.written_by_telltale && run.series.empty();
  });
}

absl::StatusOr<const formats::Format*> FormatOf(const std::string& path, const std::string& from) {
  if (from.empty()) return formats::Detect(path);
  if (const formats::Format* format = formats::FindFormat(from)) return format;
  std::vector<std::string_view> ids;
  for (const formats::Format* format : formats::AllFormats()) ids.push_back(format->id);
  return absl::InvalidArgumentError(
      StrCat("no format is called '", Printable(from), "'", DidYouMean(from, ids)));
}

absl::StatusOr<Loaded> Load(const std::string& path, const LoadOptions& options) {
  TELLTALE_ASSIGN_OR_RETURN(const formats::Format* format, FormatOf(path, options.from));
  Loaded loaded;
  TELLTALE_ASSIGN_OR_RETURN(loaded.experiment, format->read(path, options.read));
  if (options.read.select) DropEmptyRuns(loaded.experiment);
  loaded.grouping = model::GroupRuns(loaded.experiment, options.grouping);
  return loaded;
}

bool Diagnose(const model::Experiment& experiment, const model::Grouping& grouping,
              const DiagnoseOptions& options, Diagnoses diagnoses) {
  const auto& training_runs = grouping.training_runs;
  diagnoses.training_runs.assign(training_runs.size(), {});
  diagnoses.groups.assign(grouping.groups.size(), {});
  std::vector<diagnosis::MemberFacts> own_facts;
  auto& facts = diagnoses.facts != nullptr ? *diagnoses.facts : own_facts;
  facts.assign(training_runs.size(), {});
  std::vector<bool> compared(training_runs.size(), diagnoses.facts != nullptr);
  for (const model::Group& group : grouping.groups) {
    for (const size_t member : group.training_runs) compared[member] = true;
  }
  const Memory memory(options.earlier);
  std::mutex mutex;
  std::vector<bool> done(training_runs.size());
  size_t next = 0;
  std::atomic<bool> stopped = false;
  ParallelFor(training_runs.size(), options.jobs, [&](size_t i) {
    if (stopped) return;
    const model::TrainingRun& training_run = training_runs[i];
    const diagnosis::Diagnosis* known = memory.Find(experiment, training_run);
    diagnosis::Diagnosis& diagnosis = diagnoses.training_runs[i];
    diagnosis =
        known != nullptr ? *known : diagnosis::Diagnose(experiment, training_run, options.rules);
    if (compared[i]) facts[i] = diagnosis::FactsOf(experiment, training_run, diagnosis);
    if (!options.ready) return;
    const std::lock_guard lock(mutex);
    done[i] = true;
    for (; next < done.size() && done[next] && !stopped; ++next) stopped = !options.ready(next);
  });
  for (size_t i = 0; i < grouping.groups.size() && !stopped; ++i) {
    diagnoses.groups[i] =
        diagnosis::DiagnoseGroup(grouping, grouping.groups[i], facts, options.rules);
  }
  return !stopped;
}

bool Diagnose(Loaded& loaded, const DiagnoseOptions& options) {
  return Diagnose(loaded.experiment, loaded.grouping, options,
                  {loaded.diagnoses, loaded.group_findings});
}

}  // namespace telltale::workflow
