#include "tools/telltale/load.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "tools/telltale/exit_code.h"
#include "tools/telltale/progress.h"
#include "tools/telltale/terminal.h"

namespace telltale::cli {
namespace {

// Of --max-memory this share may be bytes of files that are read at a time; the rest is for their
// points, for what diagnosis says of them, and for what is kept of every training run.
constexpr uint64_t kMemoryForBytes = 6;

}  // namespace

ProgressBar::When WhenFor(const Settings& settings) {
  return settings.quiet ? ProgressBar::When::kNever : ProgressBar::When::kOnTerminal;
}

workflow::LoadOptions LoadOptionsFor(const Settings& settings, ProgressBar& progress) {
  workflow::LoadOptions options;
  options.from = settings.from;
  options.grouping = settings.config.grouping;
  options.read.jobs = settings.jobs;
  options.read.select = settings.select;
  if (settings.max_record_bytes > 0) options.read.max_record_bytes = settings.max_record_bytes;
  if (settings.max_tags > 0) options.read.max_tags = settings.max_tags;
  options.read.progress = [&progress](const formats::Progress& p) {
    progress.Update(p.bytes_done, p.bytes_total);
  };
  return options;
}

workflow::PartsOptions PartsOptionsFor(const Settings& settings, ProgressBar& progress) {
  workflow::PartsOptions options;
  options.load = LoadOptionsFor(settings, progress);
  options.rules = settings.config.diagnosis;
  options.jobs = settings.jobs;
  if (settings.max_memory > 0) options.bytes_at_once = settings.max_memory / kMemoryForBytes;
  return options;
}

absl::StatusOr<Loaded> Load(const std::string& path, const Settings& settings, Depth depth) {
  ProgressBar progress(WhenFor(settings), "reading", Unit::kBytes);
  workflow::LoadOptions options = LoadOptionsFor(settings, progress);
  options.read.verify_only = depth == Depth::kChecksumsOnly;
  return workflow::Load(path, options);
}

void Diagnose(Loaded& loaded, const Settings& settings, const std::function<bool(size_t)>& ready) {
  ProgressBar progress(WhenFor(settings), "diagnosing", Unit::kTrainingRuns);
  workflow::Diagnose(
      loaded, {.rules = settings.config.diagnosis, .jobs = settings.jobs, .ready = [&](size_t i) {
                 progress.Clear();
                 const bool go_on = ready(i);
                 progress.Update(i + 1, loaded.grouping.training_runs.size());
                 return go_on;
               }});
}

void Tally::Take(std::span<const Problem> problems) {
  damaged = damaged || std::any_of(problems.begin(), problems.end(),
                                   [](const Problem& problem) { return IsDamage(problem.kind); });
}

void Tally::Take(std::span<const diagnosis::Finding> found, const Settings& settings) {
  if (!settings.fail_on) return;
  findings =
      findings || std::any_of(found.begin(), found.end(), [&](const diagnosis::Finding& finding) {
        return finding.severity >= *settings.fail_on;
      });
}

void Tally::Take(const Loaded& loaded, const Settings& settings) {
  Take(loaded.experiment.problems);
  for (const auto& diagnosis : loaded.diagnoses) Take(diagnosis.findings, settings);
  for (const auto& group : loaded.group_findings) Take(group, settings);
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
