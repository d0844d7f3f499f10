#include "tools/telltale/load.h"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <utility>

#include "lib/base/parallel.h"
#include "lib/base/status_util.h"
#include "lib/diagnosis/engine.h"
#include "lib/formats/format.h"
#include "tools/telltale/exit_code.h"
#include "tools/telltale/progress.h"
#include "tools/telltale/terminal.h"

namespace telltale::cli {
namespace {

ProgressBar::When WhenFor(const Settings& settings) {
  return settings.quiet ? ProgressBar::When::kNever : ProgressBar::When::kOnTerminal;
}

// Runs of which --include and --exclude left nothing are not what the user asked about.
void DropEmptyRuns(model::Experiment& experiment) {
  std::erase_if(experiment.runs, [](const model::Run& run) {
    return !run.written_by_telltale && run.series.empty();
  });
}

}  // namespace

absl::StatusOr<Loaded> Load(const std::string& path, const Settings& settings, Depth depth) {
  const formats::Format* format = formats::FindFormat(settings.from);
  if (format == nullptr) {
    TELLTALE_ASSIGN_OR_RETURN(format, formats::Detect(path));
  }
  ProgressBar progress(WhenFor(settings), "reading", Unit::kBytes);
  const formats::ReadOptions options{.jobs = settings.jobs,
                                     .verify_only = depth == Depth::kChecksumsOnly,
                                     .select = settings.select,
                                     .progress = [&](const formats::Progress& p) {
                                       progress.Update(p.bytes_done, p.bytes_total);
                                     }};
  Loaded loaded;
  TELLTALE_ASSIGN_OR_RETURN(loaded.experiment, format->read(path, options));
  if (settings.select) DropEmptyRuns(loaded.experiment);
  loaded.grouping = model::GroupRuns(loaded.experiment, settings.config.grouping);
  return loaded;
}

void Diagnose(Loaded& loaded, const Settings& settings, const std::function<bool(size_t)>& ready) {
  const auto& training_runs = loaded.grouping.training_runs;
  loaded.diagnoses.resize(training_runs.size());
  ProgressBar progress(WhenFor(settings), "diagnosing", Unit::kTrainingRuns);
  std::mutex mutex;
  std::vector<bool> done(training_runs.size());
  size_t next = 0;
  std::atomic<bool> stopped = false;
  ParallelFor(training_runs.size(), settings.jobs, [&](size_t i) {
    if (stopped) return;
    loaded.diagnoses[i] =
        diagnosis::Diagnose(loaded.experiment, training_runs[i], settings.config.diagnosis);
    const std::lock_guard lock(mutex);
    done[i] = true;
    if (next < done.size() && done[next]) progress.Clear();
    for (; next < done.size() && done[next] && !stopped; ++next) stopped = !ready(next);
    progress.Update(next, done.size());
  });
  for (const model::Group& group : loaded.grouping.groups) {
    if (stopped) break;
    loaded.group_findings.push_back(diagnosis::DiagnoseGroup(
        loaded.experiment, loaded.grouping, group, loaded.diagnoses, settings.config.diagnosis));
  }
  loaded.group_findings.resize(loaded.grouping.groups.size());
}

void Tally::Take(const Loaded& loaded, const Settings& settings) {
  const auto& problems = loaded.experiment.problems;
  damaged = damaged || std::any_of(problems.begin(), problems.end(),
                                   [](const Problem& problem) { return IsDamage(problem.kind); });
  if (!settings.fail_on) return;
  const auto reaches = [&](const diagnosis::Finding& finding) {
    return finding.severity >= *settings.fail_on;
  };
  for (const auto& diagnosis : loaded.diagnoses) {
    findings =
        findings || std::any_of(diagnosis.findings.begin(), diagnosis.findings.end(), reaches);
  }
  for (const auto& group : loaded.group_findings) {
    findings = findings || std::any_of(group.begin(), group.end(), reaches);
  }
}

int Tally::exit_code() const {
  if (failed) return kFailed;
  if (findings) return kFindings;
  return damaged ? kDamaged : kDone;
}

std::vector<Loaded> LoadAll(const std::vector<std::string>& paths, const Settings& settings,
                            Depth depth, Tally& tally) {
  std::vector<Loaded> loaded;
  for (const std::string& path : paths) {
    auto one = Load(path, settings, depth);
    if (!one.ok()) {
      Fail(one.status());
      tally.failed = true;
      continue;
    }
    tally.Take(*one, settings);
    loaded.push_back(*std::move(one));
  }
  return loaded;
}

}  // namespace telltale::cli
